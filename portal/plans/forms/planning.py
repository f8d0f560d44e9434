"""Writing a plan: who does what, within which time."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.plans.forms.words import LONGEST, cut, kind_words, refusal
from portal.plans.models import IncidentClass
from portal.plans.queries import PlanPage
from portal.plans.services import Plan, Role, Step
from portal.ui.forms import OnceForm

ROWS = (1, 2, 3, 4, 5)
_MOST_STEPS = 40
_STEP = re.compile(r"(\d{1,4})\D?\s+(\S.*)")
_SHORT = Length(max=160, message=_l("Keep it under 160 characters."))


def _who(label: str) -> SelectField:
    return SelectField(label, choices=[], validate_choice=False, filters=[cut])


def _duty(label: str) -> StringField:
    return StringField(label, filters=[cut], validators=[_SHORT])


class PlanForm(OnceForm):
    """Everything that a plan says."""

    name = StringField(_l("Name of the plan"), filters=[cut], validators=[DataRequired(_l("Enter a name.")), _SHORT])
    incident_class = SelectField(_l("What is it for?"), choices=[], validate_choice=False)
    assembly = StringField(_l("Everybody answers within (minutes)"), filters=[cut], default="15")
    cadence = StringField(_l("Customers hear every (minutes)"), filters=[cut], default="30")
    teller = _who(_l("Tells the customers, and does nothing else"))
    teller_next = _who(_l("Called next"))
    duty_1, who_1, next_1 = _duty(_l("Job")), _who(_l("Who")), _who(_l("Called next"))
    duty_2, who_2, next_2 = _duty(_l("Job")), _who(_l("Who")), _who(_l("Called next"))
    duty_3, who_3, next_3 = _duty(_l("Job")), _who(_l("Who")), _who(_l("Called next"))
    duty_4, who_4, next_4 = _duty(_l("Job")), _who(_l("Who")), _who(_l("Called next"))
    duty_5, who_5, next_5 = _duty(_l("Job")), _who(_l("Who")), _who(_l("Called next"))
    steps = TextAreaField(
        _l("Checklist"), filters=[cut], validators=[Length(max=LONGEST, message=_l("Keep it under 20,000 characters."))]
    )
    contacts = SelectMultipleField(_l("Who is part of it at the organisation"), choices=[], validate_choice=False)

    def offer(self, agents: Sequence[tuple[UUID, str]], contacts: Sequence[tuple[UUID, str]]) -> None:
        """Fill in whom the plan may name."""
        self.incident_class.choices = list(kind_words().items())
        people = [("", "–"), *((str(each), name) for each, name in agents)]
        for field in (self.teller, self.teller_next, *(row[place] for row in self.rows() for place in (1, 2))):
            field.choices = people
        self.contacts.choices = [(str(each), name) for each, name in contacts]

    def rows(self) -> Iterator[tuple[Field, Field, Field]]:
        """Yield the fields of each job."""
        for number in ROWS:
            yield self[f"duty_{number}"], self[f"who_{number}"], self[f"next_{number}"]

    def fill(self, plan: PlanPage) -> None:
        """Show a plan as it is."""
        self.name.data, self.incident_class.data = plan.name, plan.incident_class.value
        self.assembly.data, self.cadence.data = str(plan.assembly_minutes), str(plan.cadence_minutes)
        others = [each for each in plan.roles if not each.tells_customers]
        for (duty, who, after), role in zip(self.rows(), others, strict=False):
            duty.data, who.data, after.data = role.duty, str(role.agent_id), str(role.substitute_id or "")
        for role in plan.roles:
            if role.tells_customers:
                self.teller.data, self.teller_next.data = str(role.agent_id), str(role.substitute_id or "")
        self.steps.data = "\n".join(f"{each.within_minutes} {each.words}" for each in plan.steps)
        self.contacts.data = [str(each.contact_id) for each in plan.contacts]

    def validate_incident_class(self, field: Field) -> None:
        """Take one of the classes."""
        if field.data not in set(IncidentClass):
            raise ValidationError(_("Choose what the plan is for."))

    def validate_assembly(self, field: Field) -> None:
        """Take minutes."""
        _require_minutes(field, most=240)

    def validate_cadence(self, field: Field) -> None:
        """Take minutes."""
        _require_minutes(field, most=1440)

    def validate_teller(self, field: Field) -> None:
        """Take one of those who are offered."""
        if not self._offered(field):
            raise ValidationError(_("Choose one person who tells the customers."))

    def validate_steps(self, field: Field) -> None:
        """Take a line a step, each with its minutes."""
        for number, line in enumerate(_lines(field.data), start=1):
            match = _STEP.fullmatch(line)
            if match is None or len(match[2]) > 300 or number > _MOST_STEPS:
                raise ValidationError(
                    _(
                        "Look at line %(number)s. Write the minutes, then what is done: 15 Call the hospital.",
                        number=number,
                    )
                )

    def check_rows(self) -> bool:
        """Whether each job has somebody; says beside the field what is missing."""
        for duty, who, _after in self.rows():
            if duty.data and not self._offered(who):
                who.errors = [_("Choose who does this.")]
            elif who.data and not duty.data:
                duty.errors = [_("Write what they do, or choose nobody.")]
        return not any(field.errors for row in self.rows() for field in row)

    def plan(self, organisation_id: UUID | None) -> Plan:
        """Return what was written, once everything is there."""
        offered = {value for value, _name in self.contacts.choices}
        steps = [_STEP.fullmatch(line) for line in _lines(self.steps.data)]
        return Plan(
            name=self.name.data,
            incident_class=IncidentClass(self.incident_class.data),
            organisation_id=organisation_id,
            assembly_minutes=_minutes(self.assembly.data) or 15,
            cadence_minutes=_minutes(self.cadence.data) or 30,
            roles=list(self._roles()),
            steps=[Step(match[2].strip(), int(match[1])) for match in steps if match],
            contacts=[UUID(each) for each in self.contacts.data or () if each in offered],
        )

    def refuse(self, error: DomainError) -> None:
        """Say beside a field what the rules refused."""
        self.teller.errors = [refusal(error)]

    def _roles(self) -> Iterator[Role]:
        teller = self._offered(self.teller)
        if teller:
            yield Role("", teller, self._offered(self.teller_next), tells_customers=True)
        for duty, who, after in self.rows():
            agent_id = self._offered(who)
            if duty.data and agent_id:
                yield Role(duty.data, agent_id, self._offered(after))

    def _offered(self, field: Field) -> UUID | None:
        known = {value for value, _name in field.choices}
        return UUID(field.data) if field.data and field.data in known else None


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _minutes(typed: str | None) -> int | None:
    narrow = unicodedata.normalize("NFKC", typed or "").strip()
    return int(narrow) if narrow.isascii() and narrow.isdecimal() and len(narrow) < 5 else None


def _require_minutes(field: Field, *, most: int) -> None:
    found = _minutes(field.data)
    if found is None or not 1 <= found <= most:
        raise ValidationError(_("Enter minutes, from 1 to %(most)s.", most=most))
