"""Forms whose words customers read: the phrasebook is asked before they are sent."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.fields import Field
from wtforms.validators import Length

from portal.desk.forms.base import TicketForm, cut
from portal.ui.forms import PortalForm


class WordedForm(PortalForm):
    """Something that customers read; an engineer's term in it stays only with a reason."""

    READ_BY_CUSTOMERS: Sequence[str] = ()
    """The names of the fields that they read."""
    wording = HiddenField(filters=[cut])
    """``instead`` where the phrasebook's words are to stand in place of the agent's."""
    kept_because = StringField(
        _l("Keep my words, because"),
        filters=[cut],
        validators=[Length(max=300, message=_l("Keep it under 300 characters."))],
    )

    @property
    def worded(self) -> list[Field]:
        """Return the fields that customers read."""
        return [self[name] for name in self.READ_BY_CUSTOMERS]

    def ask_for_plain_words(self) -> None:
        """Say that customers could stumble over some of the words."""
        self.kept_because.errors = [_("Take the plain words, change yours, or write why they should stay.")]


class WordedTicketForm(WordedForm, TicketForm):
    """Something done to a ticket with words that its customer reads."""

    def ask_for_plain_words(self) -> None:
        """Say that the customer could stumble over some of the words."""
        super().ask_for_plain_words()
        self.has_refused = True
