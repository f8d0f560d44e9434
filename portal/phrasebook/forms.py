"""What the desk writes into the phrasebook."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from portal.core.i18n import LOCALES
from portal.ui.forms import PortalForm, clean

LONGEST_TERM = 60
LONGEST_SENTENCE = 300
_KEPT = 5000


def _kept(text: str | None) -> str:
    return clean((text or "")[:_KEPT])


class PhraseForm(PortalForm):
    """A term, and what customers are told instead."""

    language = SelectField(
        _l("Language"), choices=[SelectChoice(code, name) for code, name in LOCALES.items()], default="zh_Hans"
    )
    term = StringField(
        _l("Engineers’ term"),
        filters=[_kept],
        validators=[
            DataRequired(_l("Enter the term.")),
            Length(max=LONGEST_TERM, message=_l("Please shorten this to 60 characters.")),
        ],
    )
    sentence = TextAreaField(
        _l("What customers are told instead"),
        filters=[_kept],
        validators=[
            DataRequired(_l("Enter the words for customers.")),
            Length(max=LONGEST_SENTENCE, message=_l("Please shorten this to 300 characters.")),
        ],
    )


def kept(term: str) -> str:
    """Say that an entry is in the phrasebook."""
    return str(_("“%(term)s” is in the phrasebook.", term=term))


def dropped(term: str) -> str:
    """Say that an entry is out of the phrasebook."""
    return str(_("“%(term)s” is out of the phrasebook.", term=term))
