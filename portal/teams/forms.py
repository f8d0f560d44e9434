"""Forms of teams, skills and turns of duty."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.ui import languages
from portal.ui.forms import PortalForm, clean

_LONGEST_NOTE = 2000


def cut(text: str | None) -> str:
    """Return what was typed as a database can hold it, and not more than a page can show again."""
    return clean((text or "")[: _LONGEST_NOTE * 2])


class TeamForm(PortalForm):
    """A team's name, and who belongs to it."""

    name = StringField(
        _l("Name of the team"),
        filters=[cut],
        validators=[
            DataRequired(_l("Enter a name for the team.")),
            Length(max=60, message=_l("Keep it under 60 characters.")),
        ],
    )
    members = SelectMultipleField(_l("Who belongs to it"), choices=[], validate_choice=False)

    @property
    def chosen(self) -> list[UUID]:
        """The agents who were ticked, of those who are offered."""
        offered = {value for value, _name in self.members.choices}
        return [UUID(each) for each in dict.fromkeys(self.members.data or ()) if each in offered]

    def refuse(self, error: DomainError) -> None:
        """Say what is wrong with the name, or why the team can't go."""
        words = {
            "taken": _("Another team has this name. Choose another one."),
            "has-tickets": _("This team has open tickets. Give them to another team first."),
        }
        self.name.errors = [words[error.code]]


class SkillsForm(PortalForm):
    """Which products an agent knows, and which parts of them."""

    skills = SelectMultipleField(_l("What they know well"), choices=[], validate_choice=False)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The products and parts that were ticked, of those that are offered."""
        offered = {value for value, _name in self.skills.choices}
        ticked = [each.partition("/") for each in dict.fromkeys(self.skills.data or ()) if each in offered]
        return [(product, module) for product, _slash, module in ticked]


class DutyForm(PortalForm):
    """Who is on duty from when on, and what they should know."""

    agent = SelectField(_l("On duty next"), choices=[], validate_choice=False)
    begins = StringField(_l("From"), filters=[cut])
    note = TextAreaField(
        _l("What they should know"),
        filters=[cut],
        validators=[Length(max=_LONGEST_NOTE, message=_l("Keep it under 2,000 characters."))],
    )

    def offer(self, agents: Sequence[tuple[UUID, str]]) -> None:
        """Offer everybody who can sign in."""
        self.agent.choices = [("", "–"), *((str(each), name) for each, name in agents)]

    def validate_agent(self, field: Field) -> None:
        """Take one of those who are offered."""
        if not field.data or field.data not in dict(self.agent.choices):
            raise ValidationError(_("Choose who is on duty next."))

    def validate_begins(self, field: Field) -> None:
        """Take a day and a time, or nothing for now."""
        if field.data and self.from_at is None:
            raise ValidationError(_("Enter a day and a time, for example 2026-04-30 16:00."))

    @property
    def from_at(self) -> datetime | None:
        """When the turn begins; None for now."""
        narrow = unicodedata.normalize("NFKC", self.begins.data or "").strip()
        try:
            wall = datetime.fromisoformat(narrow).replace(tzinfo=languages.current_zone())
            return wall.astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def refuse(self, error: DomainError) -> None:
        """Say what is wrong with the time."""
        words = {
            "past": _("This time has passed. Leave it empty to hand over now."),
            "far": _("Plan at most a year ahead."),
        }
        self.begins.errors = [words[error.code]]
