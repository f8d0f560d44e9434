"""What people fill in about how it went."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.ratings.models import CallOutcome, RatingKind
from portal.ratings.permissions import SCORES
from portal.tickets.forms import MOST_CHARACTERS, WordsForm
from portal.ui.forms import OnceForm, PortalForm, clean


class RatingForm(WordsForm):
    """One answer, and words where somebody has some."""

    kind = SelectField(choices=[each.value for each in RatingKind], validators=[InputRequired()])
    score = IntegerField(validators=[InputRequired(_l("Please choose one of the answers first."))])


def _typed(text: str | None) -> str:
    return clean((text or "")[:MOST_CHARACTERS])


def _fits(_form: PortalForm, field: TextAreaField) -> None:
    if any(len(each) > MOST_CHARACTERS for each in field.raw_data or ()):
        raise ValidationError(_l("The first 20,000 characters are kept here. Please shorten your text."))


class CallForm(OnceForm):
    """How a call went."""

    outcome = RadioField(
        _l("Did you reach the customer?"),
        choices=[each.value for each in CallOutcome],
        validators=[InputRequired(_l("Choose whether you reached the customer."))],
    )
    stars = SelectField(
        _l("Stars that the customer gave on the phone"),
        choices=["", *(str(each) for each in SCORES[RatingKind.STARS])],
        validators=[Optional()],
    )
    words = TextAreaField(_l("What the customer said, for colleagues"), filters=[_typed], validators=[_fits])
    apology = TextAreaField(_l("What we are sorry for"), filters=[_typed], validators=[_fits])
