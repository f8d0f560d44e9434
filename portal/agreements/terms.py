"""Calendars and policies as values: which days differ, for which tickets, and which times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from portal.agreements.models import DayKind
from portal.core.calendar import Calendar, Interval

PRIORITIES = ("P1", "P2", "P3", "P4")
DEFAULT = "default"
"""The name of the policy that fits every ticket, so that none is without a promise."""


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A day of a calendar that has hours of its own."""

    day: date
    kind: DayKind
    intervals: tuple[Interval, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a ticket decides on its policy."""

    priority: str
    product: str = ""
    channel: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """For which tickets a policy is; an empty set leaves the choice open."""

    tier: frozenset[str] = frozenset()
    priority: frozenset[str] = frozenset()
    product: frozenset[str] = frozenset()
    channel: frozenset[str] = frozenset()

    def fit(self, subject: Subject) -> bool:
        """Whether a ticket is one of these."""
        named = ((getattr(self, each.name), getattr(subject, each.name)) for each in fields(self))
        return all(not wanted or value in wanted for wanted, value in named)

    def as_json(self) -> dict[str, list[str]]:
        """Return what is kept: the conditions that are named."""
        return {each.name: sorted(getattr(self, each.name)) for each in fields(self) if getattr(self, each.name)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Iterable[str]]) -> "Conditions":
        """Read what ``as_json`` returned."""
        return cls(**{name: frozenset(values) for name, values in kept.items()})


@dataclass(frozen=True, slots=True)
class Targets:
    """The times that a policy promises."""

    reply_working_minutes: int = 15
    reply_at_most: int = 60
    """Minutes by the clock on the wall, whatever the hour."""
    reply_within: Mapping[str, int] = field(default_factory=dict)
    """Minutes by the clock on the wall, where a priority has a time of its own."""
    updates_a_week: int = 2
    gap_working_days: int = 3
    resolution: Mapping[str, int] = field(default_factory=dict)
    """Working minutes to a solution, by priority; one that isn't named has no such clock."""

    def as_json(self) -> dict[str, Any]:
        """Return what is kept."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Targets":
        """Read what ``as_json`` returned."""
        return cls(**kept)


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of a policy."""

    name: str
    version: int = 1
    rank: int = 100
    is_on: bool = True
    conditions: Conditions = Conditions()
    targets: Targets = Targets()
    calendar: str = "cn-office"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What applies to a ticket: a version of a policy with a version of its calendar."""

    policy: Policy
    calendar: Calendar

    @property
    def source(self) -> str:
        """Both with their versions, as a promise keeps them."""
        return f"{self.policy.name}/{self.policy.version} {self.calendar.source}"


def applying(policies: Iterable[Policy], subject: Subject) -> Policy:
    """Return the first policy, by rank, that is on and fits; raises LookupError where there is no default."""
    for each in sorted(policies, key=lambda policy: (policy.rank, policy.name)):
        if each.is_on and each.conditions.fit(subject):
            return each
    raise LookupError("no policy fits every ticket; run: portal db upgrade")
