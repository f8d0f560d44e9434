"""What is written down about a visit."""

import unicodedata
from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.phrasebook.forms import WordedForm
from portal.tickets.services.actions import Agreed
from portal.ui.forms import OnceForm, clean
from portal.visits.services import Report

ROWS = (1, 2, 3)
_YEARS = range(2000, 3000)
_LONG = Length(max=20_000, message=_l("Keep it under 20,000 characters."))
_SHORT = Length(max=500, message=_l("Keep it under 500 characters."))


class VisitForm(WordedForm, OnceForm):
    """The day, who came, what was found, and up to three things that were agreed."""

    READ_BY_CUSTOMERS = ("found", "action_1", "action_2", "action_3")
    visited_on = StringField(_l("Day of the visit"), filters=[clean], validators=[DataRequired(_l("Enter the day."))])
    who = StringField(
        _l("Who came"), filters=[clean], validators=[DataRequired(_l("Enter the names of those who came.")), _SHORT]
    )
    found = TextAreaField(
        _l("What was found and done"),
        filters=[clean],
        validators=[DataRequired(_l("Write what was found and done; the customer reads it.")), _LONG],
    )
    action_1 = StringField(_l("Agreed, first"), filters=[clean], validators=[_SHORT])
    due_1 = StringField(_l("Done by"), filters=[clean])
    action_2 = StringField(_l("Agreed, second"), filters=[clean], validators=[_SHORT])
    due_2 = StringField(_l("Done by"), filters=[clean])
    action_3 = StringField(_l("Agreed, third"), filters=[clean], validators=[_SHORT])
    due_3 = StringField(_l("Done by"), filters=[clean])

    def validate_visited_on(self, field: Field) -> None:
        """Take a day."""
        if field.data and read_day(field.data) is None:
            raise ValidationError(_("Enter a day, for example 2026-04-30."))

    def check_actions(self) -> bool:
        """Whether each thing agreed has its day, and each day its words; says beside the field what is missing."""
        for words, due in self._rows():
            if words.data and read_day(due.data) is None:
                due.errors = [_("Enter the day by which it is done, for example 2026-04-30.")]
            elif due.data and not words.data:
                words.errors = [_("Write what was agreed for this day, or empty the day.")]
        return not any(field.errors for pair in self._rows() for field in pair)

    def report(self) -> Report:
        """Return what was written down, once everything is there."""
        agreed = [(words.data, read_day(due.data)) for words, due in self._rows() if words.data]
        actions = [Agreed(words, due) for words, due in agreed if due]
        day = read_day(self.visited_on.data)
        if day is None:
            raise ValueError("a visit is reported after its form was checked")
        return Report(day, self.who.data, self.found.data, actions)

    def refuse(self, error: DomainError) -> None:
        """Say beside a field what the rules refused."""
        if error.code == "not-yet":
            self.visited_on.errors = [_("This day is still to come. Enter the day on which you were there.")]
        elif error.code == "due-has-passed":
            self.due_1.errors = [_("One of these days has passed. Enter days that are still to come.")]
        else:
            self.found.errors = [_("This can't be done with the ticket as it now stands. Look at its state above.")]

    def _rows(self) -> Iterator[tuple[Field, Field]]:
        for number in ROWS:
            yield self[f"action_{number}"], self[f"due_{number}"]


def read_day(typed: str | None) -> date | None:
    """Return a day, however its digits were typed; None where it can't be read or is far away."""
    try:
        day = date.fromisoformat(unicodedata.normalize("NFKC", typed or "").strip())
    except ValueError:
        return None
    return day if day.year in _YEARS else None
