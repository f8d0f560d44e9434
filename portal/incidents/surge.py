"""The surge rule: how many different organisations report the same within half an hour. Values in, values out.

A window ends at the moment that is looked at and is as long as the rule says; a report that is as old as the window
counts no more. Reports are counted under two keys: the fine one with the fingerprint of the error text, where there is
one, and the coarse one without. While a fine one is suspected, the coarse one above it isn't.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from heapq import heappop, heappush
from typing import NamedTuple

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class SurgeState(StrEnum):
    """What the rule says of a key."""

    SUSPECTED = "suspected"
    QUIET = "quiet"


class Key(NamedTuple):
    """What reports are alike by; without a fingerprint it is the coarse key."""

    product: str
    module: str
    fault: str
    """The fault type, or which questionnaire was asked where it has none."""
    fingerprint: str = ""

    @property
    def coarse(self) -> "Key":
        """The key without its fingerprint."""
        return self._replace(fingerprint="")


@dataclass(frozen=True, slots=True)
class Report:
    """One ticket, as far as the rule looks at it."""

    at: datetime
    organisation: str
    key: Key
    has_stopped: bool = False
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """A version that went out."""

    at: datetime
    product: str
    version: str

    @property
    def day(self) -> date | None:
        """The day on which it went out, where nobody said at what time: days are kept as their midnight in UTC."""
        at = self.at.astimezone(UTC)
        return at.date() if at.time() == time() else None


Happening = Report | Release


@dataclass(frozen=True, slots=True)
class Change:
    """A key that is suspected from now on, or quiet again."""

    at: datetime
    key: Key
    organisations: int
    release: Release | None
    state: SurgeState


@dataclass(frozen=True, slots=True)
class Rule:
    """When a key is suspected, and when it is quiet again: at half of what raised it, so that it doesn't flicker."""

    window: timedelta = timedelta(minutes=30)
    organisations: int = 10
    stopped: int = 4
    """As many organisations whose work has stopped are enough."""
    release_within: timedelta = timedelta(hours=24)

    def is_many(self, all_of_them: int, stopped: int) -> bool:
        """Whether so many are a surge."""
        return all_of_them >= self.organisations or stopped >= self.stopped

    def is_few(self, all_of_them: int, stopped: int) -> bool:
        """Whether so few are well below a surge."""
        return all_of_them * 2 <= self.organisations and stopped * 2 <= self.stopped


DEFAULT = Rule()


@dataclass(slots=True)
class Counted:
    """Who has reported one key within the window, and when last."""

    all: dict[str, datetime] = field(default_factory=dict)
    stopped: dict[str, datetime] = field(default_factory=dict)
    is_suspected: bool = False
    fine_ones: int = 0
    """How many finer keys are suspected, of a coarse one."""

    def add(self, report: Report) -> None:
        """Count a report; an organisation counts once, until its latest report is too old."""
        for kept, counts in ((self.all, True), (self.stopped, report.has_stopped)):
            if counts:
                kept[report.organisation] = max(report.at, kept.get(report.organisation, _LONG_AGO))

    def drop(self, organisation: str, until: datetime) -> None:
        """Forget an organisation whose latest report is not newer than this."""
        for kept in (self.all, self.stopped):
            if organisation in kept and kept[organisation] <= until:
                del kept[organisation]

    @property
    def is_empty(self) -> bool:
        """Whether nothing needs to be remembered."""
        return not (self.all or self.is_suspected or self.fine_ones)


class Watch:
    """Counts reports as they come; each costs the logarithm of how many the window holds."""

    def __init__(self, rule: Rule = DEFAULT, suspected: Iterable[Key] = ()) -> None:
        """Begin, with what is suspected already."""
        self.rule = rule
        self.now = _LONG_AGO
        self._counted: dict[Key, Counted] = {}
        self._leaving: list[tuple[datetime, Key, str]] = []
        self._releases: dict[str, list[Release]] = {}
        for key in suspected:
            self._suspect(key, is_suspected=True)

    @property
    def has_suspected(self) -> bool:
        """Whether anything is suspected now."""
        return any(each.is_suspected for each in self._counted.values())

    def note_releases(self, releases: Iterable[Release]) -> None:
        """Know what went out."""
        for each in releases:
            self._releases.setdefault(each.product, []).append(each)

    def see(self, happenings: Iterable[Happening]) -> Iterator[Change]:
        """Count what happened, in order of time, and yield what changes because of it.

        What comes late counts by its own time, as if the clock stood still meanwhile.
        """
        for each in sorted(happenings, key=_place):
            yield from self.advance(each.at)
            if isinstance(each, Release):
                self.note_releases([each])
            elif self.recall(each):
                yield from self._judge(each.key)

    def recall(self, report: Report) -> bool:
        """Count a report without judging what that means; returns whether it counts at all."""
        leaves_at = report.at + self.rule.window
        if not report.is_verified or not report.organisation or leaves_at <= self.now:
            return False
        for key in {report.key, report.key.coarse}:
            self._counted.setdefault(key, Counted()).add(report)
            heappush(self._leaving, (leaves_at, key, report.organisation))
        return True

    def advance(self, at: datetime) -> Iterator[Change]:
        """Let the clock go on; yield what has become quiet, at the moment at which it did. It never goes back."""
        while self._leaving and self._leaving[0][0] <= at:
            moment = self._leaving[0][0]
            self.now = max(self.now, moment)
            for key in sorted(self._let_leave(moment)):
                yield from self._calm(key)
        self.now = max(self.now, at)

    def judge_all(self) -> Iterator[Change]:
        """Look at every key as of now, after reports were recalled."""
        for key in sorted(self._counted, reverse=True):  # the fine ones before the coarse one above them
            counted = self._counted.get(key)
            if counted is not None:
                yield from self._calm(key) if counted.is_suspected else self._judge(key)

    def counting(self) -> Iterator[tuple[Key, int, int]]:
        """Yield each key with how many organisations report it now, and for how many work has stopped."""
        for key, counted in self._counted.items():
            yield key, len(counted.all), len(counted.stopped)

    def _let_leave(self, moment: datetime) -> set[Key]:
        touched: set[Key] = set()
        while self._leaving and self._leaving[0][0] == moment:
            _, key, organisation = heappop(self._leaving)
            if key in self._counted:
                self._counted[key].drop(organisation, moment - self.rule.window)
                touched.add(key)
        return touched

    def _judge(self, key: Key) -> Iterator[Change]:
        """Raise what has become many: the fine key first, and the coarse one only where no fine one is suspected."""
        for each in dict.fromkeys((key, key.coarse)):
            counted = self._counted[each]
            is_many = self.rule.is_many(len(counted.all), len(counted.stopped))
            if counted.is_suspected or counted.fine_ones or not is_many:
                continue
            above = self._counted.get(each.coarse)
            if each.fingerprint and above and above.is_suspected:
                yield self._change(each.coarse, SurgeState.QUIET)
            yield self._change(each, SurgeState.SUSPECTED)

    def _calm(self, key: Key) -> Iterator[Change]:
        """Say that a key is quiet once it is well below; the coarse one above it may be what remains."""
        counted = self._counted.get(key)
        if counted is None:
            return
        if counted.is_suspected and self.rule.is_few(len(counted.all), len(counted.stopped)):
            yield self._change(key, SurgeState.QUIET)
            yield from self._judge(key.coarse)
        for each in {key, key.coarse}:
            if each in self._counted and self._counted[each].is_empty:
                del self._counted[each]

    def _change(self, key: Key, state: SurgeState) -> Change:
        self._suspect(key, is_suspected=state is SurgeState.SUSPECTED)
        return Change(self.now, key, len(self._counted[key].all), self._release_before(key.product), state)

    def _suspect(self, key: Key, *, is_suspected: bool) -> None:
        self._counted.setdefault(key, Counted()).is_suspected = is_suspected
        if key.fingerprint:
            above = self._counted.setdefault(key.coarse, Counted())
            above.fine_ones += 1 if is_suspected else -1

    def _release_before(self, product: str) -> Release | None:
        """Return the latest release of a product within the day before now."""
        recent = [each for each in self._releases.get(product, ()) if each.at > self.now - self.rule.release_within]
        self._releases[product] = recent
        return max((each for each in recent if each.at <= self.now), key=lambda each: each.at, default=None)


def replay(happenings: Iterable[Happening], watch: Watch) -> Iterator[Change]:
    """Yield what changes while things happen; those of one minute are put in order first."""
    held: list[Happening] = []
    minute = _LONG_AGO
    for each in happenings:
        this = each.at.replace(second=0, microsecond=0)
        if this > minute:
            yield from watch.see(held)
            yield from watch.advance(this)
            held, minute = [], this
        held.append(each)
    yield from watch.see(held)


def _place(each: Happening) -> tuple[datetime, bool, tuple[str, ...]]:
    """Return where something comes in a minute, however its lines are shuffled: by time, releases first."""
    if isinstance(each, Release):
        return each.at, False, (each.product, each.version)
    return each.at, True, (*each.key, each.organisation, str(each.has_stopped))
