"""Forms whose words the customer of a ticket reads."""

from portal.desk.forms.base import TicketForm
from portal.phrasebook.forms import WordedForm


class WordedTicketForm(WordedForm, TicketForm):
    """Something done to a ticket with words that its customer reads."""

    def ask_for_plain_words(self) -> None:
        """Say that the customer could stumble over some of the words."""
        super().ask_for_plain_words()
        self.has_refused = True
