"""What every form on a ticket has: the version that the agent saw, and the words for what the rules refuse."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from portal.core.errors import DomainError
from portal.ui.forms import OnceForm, PortalForm, clean

MOST_CHARACTERS = 20_000


class TicketForm(OnceForm):
    """Something done to a ticket that the agent has seen in a certain version."""

    version = HiddenField()
    has_refused = False
    """Whether something that came with it can't be taken."""

    @property
    def seen_version(self) -> int:
        """The version that the page was made of; one that can't be is older than all."""
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1

    def refuse(self, error: DomainError) -> None:
        """Say beside a field what a rule of tickets refused, and what to do instead."""
        field_name, words = self.words_for(error)
        field = getattr(self, field_name or "version")
        field.errors = [words]

    def words_for(self, error: DomainError) -> tuple[str, str]:
        """Return the name of the field that a refusal belongs to, or none, and its words."""
        return "", str(_("This can't be done with the ticket as it now stands. Look at its state above."))


def cut(text: str | None) -> str:
    """Return what was typed as a database can hold it, and not more than a page can show again."""
    return clean((text or "")[:MOST_CHARACTERS])


def fits(_form: PortalForm, field: Field) -> None:
    """Refuse what was too long to be kept whole; the page shows how far it was kept."""
    if any(len(each) > MOST_CHARACTERS for each in field.raw_data or ()):
        raise ValidationError(_l("The first 20,000 characters are kept here. Please shorten your text."))
