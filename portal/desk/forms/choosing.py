"""Forms of the queue: keeping a view of it, and doing one thing with many tickets."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.desk.forms.base import cut, fits
from portal.desk.forms.moving import read_moment
from portal.phrasebook.forms import WordedForm
from portal.teams.models import Team
from portal.teams.queries import Candidate
from portal.ui import languages
from portal.ui.forms import OnceForm, PortalForm

NOBODY = "nobody"
"""What is chosen where a ticket is to belong to a team alone."""


class FilterForm(PortalForm):
    """The name of a view of the queue."""

    name = StringField(
        _l("Name of this view"),
        filters=[cut],
        validators=[
            DataRequired(_l("Enter a name for this view.")),
            Length(max=60, message=_l("Keep it under 60 characters.")),
        ],
    )

    def refuse(self, error: DomainError) -> None:
        """Say that there are enough."""
        self.name.errors = [_("You have 20 views already. Remove one that you don’t need any more.")]

    def done(self) -> str:
        """Say what has happened."""
        return str(_("Kept. You find it above the queue."))


class ManyForm(OnceForm):
    """Something done with many tickets; which ones stands beside it."""


class ManyToForm(ManyForm):
    """Giving many tickets to a colleague, or to whom the rule names."""

    taker = SelectField(_l("Give them to"), choices=[], validate_choice=False)

    def offer(self, rule: str, agents: Sequence[tuple[str, str]]) -> None:
        """Offer the rule first, then everybody by name."""
        self.taker.choices = [("", "–"), (rule, str(_("Whom the rule names, each by itself"))), *agents]

    def validate_taker(self, field: Field) -> None:
        """Take one of those who are offered."""
        if not field.data or field.data not in dict(self.taker.choices):
            raise ValidationError(_("Choose who takes them."))


class ManyJoinForm(ManyForm):
    """The code of the notice about a common problem."""

    code = StringField(
        _l("Code of the notice"),
        filters=[cut],
        validators=[
            DataRequired(_l("Enter the code of the notice, as it stands above its title.")),
            Length(max=60, message=_l("Keep it under 60 characters.")),
        ],
    )

    def refuse_code(self) -> None:
        """Say that there is no such notice."""
        self.code.errors = [_("No notice has this code. It stands above the notice’s title.")]


class ManyUpdateForm(WordedForm, ManyForm):
    """One update for the customers of many tickets, with the time by which they hear again."""

    READ_BY_CUSTOMERS = ("body",)
    body = TextAreaField(
        _l("What the customers read"),
        filters=[cut],
        validators=[DataRequired(_l("Write what the customers are to read.")), fits],
    )
    next_by = StringField(_l("Next update by"), filters=[cut])

    def validate_next_by(self, field: Field) -> None:
        """Take a day and a time, or nothing."""
        if field.data and self.promised_by is None:
            raise ValidationError(_("Enter a day and a time, for example 2026-04-30 16:00."))

    @property
    def promised_by(self) -> datetime | None:
        """When the customers hear again at the latest, as the agent's clock shows it."""
        wall = read_moment(self.next_by.data)
        return wall.replace(tzinfo=languages.current_zone()).astimezone(UTC) if wall else None


class GivingForm(OnceForm):
    """Who takes a ticket, and which team it belongs to."""

    taker = SelectField(_l("Give it to"), choices=[], validate_choice=False)
    team = SelectField(_l("Team"), choices=[], validate_choice=False)

    def offer(self, candidates: Sequence[Candidate], teams: Sequence[Team], *, has_rule: bool) -> None:
        """Offer the rule first, then everybody who may see the ticket, then nobody."""
        rule = [("rule", str(_("Whom the rule names")))] if has_rule else []
        people = [(str(each.agent_id), each.name) for each in candidates]
        self.taker.choices = [("", "–"), *rule, *people, (NOBODY, str(_("Nobody, only the team")))]
        self.team.choices = [("", str(_("As it is"))), *((each.name, each.name) for each in teams)]

    def validate_taker(self, field: Field) -> None:
        """Take one of those who are offered."""
        if not field.data or field.data not in dict(self.taker.choices):
            raise ValidationError(_("Choose who takes it."))

    def validate_team(self, field: Field) -> None:
        """Take one of the teams there are."""
        if field.data not in dict(self.team.choices):
            raise ValidationError(_("Choose one of these teams."))

    def refuse(self) -> None:
        """Say that nobody can take it any more."""
        self.taker.errors = [_("The ticket has ended, so nobody takes it any more.")]

    def done(self) -> str:
        """Say what has happened."""
        return str(_("It is given. The conversation says to whom and why."))
