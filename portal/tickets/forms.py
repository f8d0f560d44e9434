"""What customers can write on a ticket's pages."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, MultipleFileField, SelectField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, ValidationError

from intake.redaction import redact
from portal.ui.forms import OnceForm, PortalForm, clean

MOST_CHARACTERS = 20_000


def _masked(text: str | None) -> str:
    """Return what was typed without secrets: they are taken out before anything is stored or shown again."""
    return redact(clean((text or "")[:MOST_CHARACTERS])).text


def _fits(_form: PortalForm, field: Field) -> None:
    """Refuse what was too long to be kept whole; the page shows how far it was kept."""
    if any(len(each) > MOST_CHARACTERS for each in field.raw_data or ()):
        raise ValidationError(
            _l("The first 20,000 characters are kept here. Please shorten your text, or add the whole of it as a file.")
        )


class ReplyForm(OnceForm):
    """What the customer adds, with files."""

    body = TextAreaField(_l("Your message"), filters=[_masked], validators=[_fits])
    files = MultipleFileField(_l("Pictures or files"))
    about = SelectField(_l("What it is about"), validate_choice=False)
    kept_at: datetime | None = None
    """When this was last kept, where it was begun earlier."""

    def __init__(self, *args: object, parts: Sequence[tuple[str, str]] = (), **kwargs: object) -> None:
        """Offer the parts of the description that a message can be about; a part that isn't there is none."""
        super().__init__(*args, **kwargs)
        self.about.choices = [("", str(_("The whole of it"))), *parts]
        if self.about.data not in dict(parts):
            self.about.data = ""


class WordsForm(OnceForm):
    """A few words that may be left out."""

    words = TextAreaField(_l("If it does not work: what do you see?"), filters=[_masked], validators=[_fits])


class EscalationForm(OnceForm):
    """What got worse."""

    words = TextAreaField(
        _l("What got worse?"),
        filters=[_masked],
        validators=[DataRequired(_l("Write in a few words what got worse.")), _fits],
    )
    has_work_stopped = BooleanField(_l("Work has stopped because of it"))


class ShareForm(OnceForm):
    """The colleague to let in."""

    contact = SelectField(_l("Colleague"), validators=[DataRequired(_l("Choose a colleague."))], validate_choice=False)
