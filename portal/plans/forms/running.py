"""What is written while a plan runs, and afterwards."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import Field

from portal.core.errors import DomainError
from portal.phrasebook.forms import WordedForm
from portal.plans.forms.texts import TextsForm, paragraph
from portal.plans.forms.words import cut, refusal
from portal.plans.services import Agreed, Lessons, News
from portal.ui.forms import OnceForm
from portal.visits.forms import read_day

ROWS = (1, 2, 3)
_ALL, _ONE = "all", "one"
_YES = "yes"


class AnswerForm(OnceForm):
    """That somebody is there, and whether they tell the customers from now on."""

    takes_over = HiddenField(filters=[cut])

    @property
    def is_taking_over(self) -> bool:
        """Whether they tell the customers from now on."""
        return bool(self.takes_over.data == _YES)


class TellForm(TextsForm):
    """What the customers are told."""

    words = paragraph(_l("What the customers read"), _l("Write what the customers read."))
    reach = SelectField(_l("Who reads it"), choices=[], validate_choice=False)

    def offer(self, *, others: int, is_for_everybody: bool) -> None:
        """Offer to tell everybody who has the same problem; a plan of one organisation tells only that one at first."""
        every = ngettext(
            "This customer, and %(num)d other ticket about it",
            "This customer, and %(num)d other tickets about it",
            others,
        )
        self.reach.choices = [(_ALL, every), (_ONE, _l("Only this customer"))]
        if not self.reach.raw_data:
            self.reach.data = _ALL if is_for_everybody else _ONE

    def news(self) -> News:
        """Return what is told, and to whom."""
        return News(self.words.data, self.in_other, self.reach.data == _ALL)

    def refuse(self, error: DomainError) -> None:
        """Say what the rules refused."""
        self.words.errors = [refusal(error)]


class NoteForm(OnceForm):
    """A line for the log."""

    note = paragraph(_l("For the log"), _l("Write what happened."))

    def refuse(self, error: DomainError) -> None:
        """Say what the rules refused."""
        self.note.errors = [refusal(error)]


class LookBackForm(WordedForm, OnceForm):
    """What was learned, and up to three things that are done because of it; customers read all of it."""

    READ_BY_CUSTOMERS = ("summary", "cause", "prevention", *(f"action_{each}" for each in ROWS))
    summary = paragraph(_l("What happened"), _l("Write what happened."))
    cause = paragraph(_l("Why it happened"), _l("Write why it happened."))
    prevention = paragraph(_l("What keeps it from happening again"), _l("Write what keeps it from happening again."))
    action_1, due_1 = StringField(_l("Done, first"), filters=[cut]), StringField(_l("Done by"), filters=[cut])
    action_2, due_2 = StringField(_l("Done, second"), filters=[cut]), StringField(_l("Done by"), filters=[cut])
    action_3, due_3 = StringField(_l("Done, third"), filters=[cut]), StringField(_l("Done by"), filters=[cut])

    def rows(self) -> Iterator[tuple[Field, Field]]:
        """Yield the fields of each thing that is done."""
        for number in ROWS:
            yield self[f"action_{number}"], self[f"due_{number}"]

    def check_actions(self) -> bool:
        """Whether each thing has its day, and each day its words; says beside the field what is missing."""
        for words, due in self.rows():
            if words.data and read_day(due.data) is None:
                due.errors = [_("Enter the day by which it is done, for example 2026-04-30.")]
            elif due.data and not words.data:
                words.errors = [_("Write what is done by this day, or empty the day.")]
        return not any(field.errors for pair in self.rows() for field in pair)

    def lessons(self) -> Lessons:
        """Return what was learned, once everything is there."""
        read = [(words.data, read_day(due.data)) for words, due in self.rows() if words.data]
        actions = [Agreed(words, due) for words, due in read if due]
        return Lessons(self.cause.data, self.prevention.data, self.summary.data, actions)

    def refuse(self, error: DomainError) -> None:
        """Say beside a field what the rules refused."""
        field = self.due_1 if error.code == "due-has-passed" else self.cause
        field.errors = [refusal(error)]
