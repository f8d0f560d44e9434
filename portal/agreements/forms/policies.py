"""A policy: for which tickets, and which times."""

import re
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from portal.agreements.forms.fields import NumberField
from portal.agreements.services import PolicyError
from portal.agreements.services.policies import LONGEST_MINUTES
from portal.agreements.terms import DEFAULT, PRIORITIES, Conditions, Policy, Targets
from portal.core.errors import StaleError
from portal.ui.forms import PortalForm, clean

_CODE = re.compile(r"[A-Za-z0-9][\w-]{0,59}")
_BETWEEN = re.compile(r"[,;、，；\s]+")
_MINUTES = NumberRange(1, LONGEST_MINUTES, _l("Write a number of minutes, at least 1."))
_FEW = NumberRange(1, 10, _l("Write a number from 1 to 10."))
_NEEDED = InputRequired(_l("Write a number."))


def _codes(text: str | None) -> list[str]:
    return [each for each in _BETWEEN.split(text or "") if each]


def _are_codes(_form: PortalForm, field: Field) -> None:
    if not all(_CODE.fullmatch(each) for each in _codes(field.data)):
        raise ValidationError(_l("Write codes, with commas between them."))


def _listed(label: str, description: str) -> StringField:
    checks = [Length(max=600), _are_codes]
    return StringField(label, description=description, filters=[clean], validators=checks)


def _minutes_of(label: str) -> NumberField:
    return NumberField(label, validators=[Optional(), _MINUTES])


class PolicyForm(PortalForm):
    """Everything that a policy says."""

    version = HiddenField()
    is_on = BooleanField(_l("This policy applies"))
    tier = _listed(_l("Only for organisations of these tiers"), _l("Empty: for every organisation."))
    priority = SelectMultipleField(_l("Only for these priorities"), choices=list(PRIORITIES))
    product = _listed(_l("Only for these products"), _l("Their codes; empty: for every product."))
    channel = _listed(_l("Only from these channels"), _l("portal, phone, call-back; empty: from anywhere."))
    calendar = SelectField(_l("Calendar"), filters=[clean], validate_choice=False)
    reply_working_minutes = NumberField(_l("First answer, in working minutes"), validators=[_NEEDED, _MINUTES])
    reply_at_most = NumberField(
        _l("and never more than so many minutes, day and night"), validators=[_NEEDED, _MINUTES]
    )
    updates_a_week = NumberField(_l("Updates a working week, at least"), validators=[_NEEDED, _FEW])
    gap_working_days = NumberField(_l("No gap longer than so many working days"), validators=[_NEEDED, _FEW])
    reply_p1 = _minutes_of(_l("First answer for P1, minutes day and night"))
    reply_p2 = _minutes_of(_l("First answer for P2, minutes day and night"))
    reply_p3 = _minutes_of(_l("First answer for P3, minutes day and night"))
    reply_p4 = _minutes_of(_l("First answer for P4, minutes day and night"))
    resolution_p1 = _minutes_of(_l("Solution for P1, working minutes"))
    resolution_p2 = _minutes_of(_l("Solution for P2, working minutes"))
    resolution_p3 = _minutes_of(_l("Solution for P3, working minutes"))
    resolution_p4 = _minutes_of(_l("Solution for P4, working minutes"))

    @property
    def seen(self) -> int:
        """The version that the page showed; one that can't be is older than all."""
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1

    def offer(self, calendars: Sequence[str]) -> None:
        """Let the calendars that there are be chosen."""
        self.calendar.choices = list(calendars)

    def show(self, policy: Policy) -> None:
        """Fill in what applies now."""
        self.version.data, self.is_on.data, self.calendar.data = str(policy.version), policy.is_on, policy.calendar
        conditions, targets = policy.conditions, policy.targets
        for name in ("tier", "product", "channel"):
            self[name].data = ", ".join(sorted(getattr(conditions, name)))
        self.priority.data = sorted(conditions.priority)
        for name in ("reply_working_minutes", "reply_at_most", "updates_a_week", "gap_working_days"):
            self[name].data = getattr(targets, name)
        for each in PRIORITIES:
            self[f"reply_{each.lower()}"].data = targets.reply_within.get(each)
            self[f"resolution_{each.lower()}"].data = targets.resolution.get(each)

    def policy(self, name: str, rank: int) -> Policy:
        """Return the policy's next version."""
        everything = name == DEFAULT
        return Policy(
            name=name,
            rank=rank,
            is_on=everything or bool(self.is_on.data),
            conditions=Conditions() if everything else self._conditions(),
            targets=self._targets(),
            calendar=self.calendar.data or "",
        )

    def refuse(self, error: PolicyError | StaleError) -> None:
        """Say what a rule of policies refused, and what to do instead."""
        words = {
            "changed-meanwhile": _(
                "Somebody has changed this policy while you were writing. Look at it and save again."
            ),
            "no-calendar": _("Choose a calendar."),
            "target-out-of-range": _("Write a number of minutes, at least 1."),
            "default-fits-all": _("This policy is for every ticket that no other fits."),
        }
        field = self.calendar if error.code == "no-calendar" else self.reply_working_minutes
        field.errors = [str(words[error.code])]

    def _conditions(self) -> Conditions:
        return Conditions(
            tier=frozenset(_codes(self.tier.data)),
            priority=frozenset(self.priority.data or ()),
            product=frozenset(_codes(self.product.data)),
            channel=frozenset(_codes(self.channel.data)),
        )

    def _targets(self) -> Targets:
        return Targets(
            reply_working_minutes=self.reply_working_minutes.data,
            reply_at_most=self.reply_at_most.data,
            reply_within=self._by_priority("reply"),
            updates_a_week=self.updates_a_week.data,
            gap_working_days=self.gap_working_days.data,
            resolution=self._by_priority("resolution"),
        )

    def _by_priority(self, what: str) -> dict[str, int]:
        found: Iterable[tuple[str, int | None]] = ((each, self[f"{what}_{each.lower()}"].data) for each in PRIORITIES)
        return {each: minutes for each, minutes in found if minutes}
