"""A month of reports made up by a seed: outbreaks that are known, and everything that only looks like one.

``python -m tests.portal.incidents.history`` prints the figures of docs/surges.md.
"""

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from portal.incidents.surge import Change, Happening, Key, Release, Report, SurgeState, Watch, replay

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 30
ORGANISATIONS = [f"organisation-{number}" for number in range(400)]
PLACES = [Key(f"p{product}", f"m{module}", fault) for product in range(4) for module in range(6)
          for fault in ("slow", "error", "wrong", "print")]  # fmt: skip
OFTEN = list(accumulate(1 / (rank + 10) for rank in range(len(PLACES))))
"""The commonest trouble is one report in twenty-four."""
SEEDS = range(1, 21)
_LATE = timedelta(minutes=30)
"""How long after its last report an outbreak may still be noticed."""


@dataclass(frozen=True)
class Outbreak:
    """Something that really happened at many places."""

    key: Key
    begins_at: datetime
    ends_at: datetime
    kind: str

    def explains(self, change: Change) -> bool:
        """Whether something that was suspected is this."""
        return change.key.coarse == self.key and self.begins_at <= change.at <= self.ends_at + _LATE


@dataclass
class History:
    """A month, and what was true in it."""

    random: Random
    happenings: list[Happening] = field(default_factory=list)
    outbreaks: list[Outbreak] = field(default_factory=list)

    def report(self, at: datetime, organisation: str, key: Key, *, stopped: bool = False, known: bool = True) -> None:
        """Add a report."""
        self.happenings.append(Report(at, organisation, key, stopped, known))

    def moment(self) -> datetime:
        """Return a working minute."""
        day = self.random.randrange(DAYS)
        return BEGIN + timedelta(days=day, hours=1, seconds=self.random.randrange(8 * 3600))

    def spread(self, key: Key, number: int, minutes: float, kind: str, *, stopped: float = 0.0) -> None:
        """Let something break out at so many organisations; each reports it some minutes later."""
        at, mark = self.moment(), f"e{self.random.randrange(10**6)}"
        if self.random.random() < 0.6:
            self.happenings.append(Release(at - timedelta(hours=self.random.uniform(0.2, 20)), key.product, mark))
        last = at
        for each in self.random.sample(ORGANISATIONS, number):
            moment = at + timedelta(minutes=self.random.expovariate(1 / minutes))
            last = max(last, moment)
            own = key._replace(fingerprint=mark) if self.random.random() < 0.7 else key
            for again in range(1 + (self.random.random() < 0.3)):
                has_stopped = self.random.random() < stopped
                self.report(moment + timedelta(minutes=9 * again), each, own, stopped=has_stopped)
        if kind:
            self.outbreaks.append(Outbreak(key, at, last, kind))


def a_month(seed: int) -> History:
    """Return a month: 600 reports on a working day and twice that on Monday mornings, and what lies among them."""
    history = History(Random(seed))
    _add_everyday(history)
    _add_false_alarms(history)
    for _ in range(8):
        history.spread(history.random.choice(PLACES), history.random.randint(25, 90), 25, "wide")
    for _ in range(4):
        history.spread(history.random.choice(PLACES), history.random.randint(14, 24), 20, "middling")
    for _ in range(4):
        history.spread(history.random.choice(PLACES), history.random.randint(6, 12), 12, "stopped", stopped=0.8)
    for _ in range(3):
        history.spread(history.random.choice(PLACES), history.random.randint(12, 16), 60, "slow")
    history.happenings.sort(key=lambda each: each.at)
    return history


def _add_everyday(history: History) -> None:
    for day in range(DAYS):
        date = BEGIN + timedelta(days=day)
        is_off = date.weekday() > 4
        for _ in range(60 if is_off else 600):
            _add_one(history, date + timedelta(hours=history.random.gauss(4, 2.5)))
        if date.weekday() == 0:
            for _ in range(150):  # Monday between nine and ten in Beijing
                _add_one(history, date + timedelta(hours=1 + history.random.random()))


def _add_one(history: History, at: datetime) -> None:
    place = history.random.choices(PLACES, cum_weights=OFTEN)[0]
    mark = history.random.choice(("", "", f"e{history.random.randrange(40)}"))
    organisation = history.random.choice(ORGANISATIONS)
    history.report(at, organisation, place._replace(fingerprint=mark), stopped=history.random.random() < 0.02)


def _add_false_alarms(history: History) -> None:
    for _ in range(12):  # one organisation that reports the same again and again
        at, key, shouting = history.moment(), history.random.choice(PLACES), history.random.choice(ORGANISATIONS)
        for number in range(30):
            history.report(at + timedelta(seconds=40 * number), shouting, key, stopped=True)
    for _ in range(4):  # many whom nobody has verified
        at, key = history.moment(), history.random.choice(PLACES)
        for number in range(40):
            history.report(at + timedelta(seconds=20 * number), f"unknown-{number}", key, known=False)
    for _ in range(10):  # the same small trouble at some places, over an afternoon
        history.spread(history.random.choice(PLACES), history.random.randint(5, 8), 90, "")


@dataclass(frozen=True)
class Figures:
    """How well the rule did in a month."""

    reports: int
    suspected: int
    right: int
    outbreaks: dict[str, tuple[int, int]]
    """By kind: how many were noticed, of how many."""
    minutes: list[float]
    """From the first report of an outbreak to when it was noticed."""


def figures(history: History) -> Figures:
    """Return what the rule notices of a month, beside what was true."""
    found = [each for each in replay(history.happenings, Watch()) if each.state is SurgeState.SUSPECTED]
    right = [each for each in found if any(one.explains(each) for one in history.outbreaks)]
    outbreaks: dict[str, tuple[int, int]] = {}
    minutes = []
    for one in history.outbreaks:
        first = next((each for each in right if one.explains(each)), None)
        noticed, total = outbreaks.get(one.kind, (0, 0))
        outbreaks[one.kind] = (noticed + (first is not None), total + 1)
        if first:
            minutes.append((first.at - one.begins_at) / timedelta(minutes=1))
    reports = sum(isinstance(each, Report) for each in history.happenings)
    return Figures(reports, len(found), len(right), outbreaks, minutes)


def together(all_of_them: Sequence[Figures]) -> dict[str, object]:
    """Return the figures of several months as one line."""
    kinds = sorted({kind for each in all_of_them for kind in each.outbreaks})
    of_kind = {
        kind: [sum(each.outbreaks.get(kind, (0, 0))[place] for each in all_of_them) for place in (0, 1)]
        for kind in kinds
    }
    noticed, total = (sum(each[place] for each in of_kind.values()) for place in (0, 1))
    suspected, right = sum(each.suspected for each in all_of_them), sum(each.right for each in all_of_them)
    minutes = sorted(minute for each in all_of_them for minute in each.minutes)
    return {
        "reports": sum(each.reports for each in all_of_them),
        "suspected": suspected,
        "precision": round(right / suspected, 3),
        "recall": round(noticed / total, 3),
        "by_kind": of_kind,
        "median_minutes": round(statistics.median(minutes), 1),
        "slowest_tenth_minutes": round(minutes[len(minutes) * 9 // 10], 1),
    }


def months(seeds: Sequence[int] = SEEDS) -> Iterator[Figures]:
    """Yield the figures of each seed's month."""
    for seed in seeds:
        yield figures(a_month(seed))


if __name__ == "__main__":
    print(json.dumps(together(list(months())), indent=2))  # noqa: T201 (this is what it is for)
