"""What agents choose before a notice is printed."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import DataRequired

from portal.core.i18n import LOCALES
from portal.notices.forms.options import options
from portal.ui.forms import OnceForm, PortalForm

ARRANGEMENTS = {
    "beside": _l("On one sheet, the first language large and the others beside it"),
    "apart": _l("A sheet of its own for each language"),
    "board": _l("One page in large type, for a notice board"),
}
_ONE_AT_LEAST = _l("Choose one language at least.")


class EditionForm(PortalForm):
    """In which languages a notice is printed, and how they stand to each other."""

    languages = SelectMultipleField(
        _l("Which languages?"),
        choices=options(LOCALES),
        validators=[DataRequired(_ONE_AT_LEAST)],
    )
    arrangement = RadioField(
        _l("How are they arranged?"),
        choices=options(ARRANGEMENTS),
        default="beside",
        validators=[DataRequired(_l("Choose how the languages are arranged."))],
    )


class BatchForm(OnceForm):
    """In which languages and how many files the copies for all organisations are printed."""

    languages = SelectMultipleField(
        _l("Which languages?"),
        choices=options(LOCALES),
        validators=[DataRequired(_ONE_AT_LEAST)],
    )
    shape = RadioField(
        _l("In how many files?"),
        choices=options(
            {
                "one": _l("All copies in one PDF, to be printed here"),
                "each": _l("A PDF for each organisation, together in one archive"),
            }
        ),
        default="one",
        validators=[DataRequired(_l("Choose in how many files."))],
    )
