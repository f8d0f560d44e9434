"""The words that customers use, a week at a time; a word that only few use could be a name, and is not kept.

Taking texts apart takes seconds, so it is done without holding up whoever writes: what is found is written afterwards,
in a transaction of its own that touches no more than what has changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from portal.board.models import BoardWordUse
from portal.board.queries.figures import KINDS
from portal.board.queries.saying import Stretch, names_in, segmenter_of, texts_in
from portal.board.services.counting import scopes_of
from portal.board.services.pacing import is_due, last_done, note_done
from portal.outbox import services as outbox
from portal.tickets.models import Ticket

ENOUGH = 3
"""So many tickets of eight weeks in a row use a word before it is kept."""
WEEKS_TOGETHER = 8
"""As many as the board holds against each other when it is opened: four, and the four before."""
WORDS_JOB = "board-words"
_WEEK = timedelta(days=7)
_HOUR = timedelta(hours=1)
_AT_ONCE = 4
"""So many weeks that were never counted are counted at once."""
_ROWS = 10_000
"""So many are written in one transaction."""
_NAME = "words"
ScopeKey = tuple[str, str]


class UseKey(NamedTuple):
    """A word in a scope and a week; the empty word stands for all tickets."""

    scope_kind: str
    scope: str
    week: date
    word: str


Uses = Mapping[UseKey, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What one ticket says: in which week, in which scopes, and with which words."""

    week: int
    """How many weeks after the first that is looked at."""
    scopes: tuple[ScopeKey, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundWords:
    """What a count found that is other than what is kept."""

    since: datetime | None
    """Up to where it had been counted before."""
    up_to: datetime | None
    """Up to where it is counted once this is kept; None where more belongs to it."""
    gone: frozenset[UseKey]
    new: Uses

    def in_parts(self) -> "Iterator[FoundWords]":
        """Yield it in parts that each take a moment to be written, so that nobody waits long for them."""
        keys = [*self.gone, *self.new]
        for begin in range(0, max(len(keys), 1), _ROWS):
            part = keys[begin : begin + _ROWS]
            new = {key: self.new[key] for key in part if key in self.new}
            up_to = self.up_to if begin + _ROWS >= len(keys) else None
            yield FoundWords(self.since, up_to, self.gone.intersection(part), new)


def ask_for_words(session: Session, *, at: datetime) -> None:
    """Have the words counted once an hour, or the next weeks where earlier ones were counted last."""
    if is_due(session, _NAME, every=_HOUR, at=at):
        last = last_done(session, _NAME)
        since = last.isoformat() if last else ""
        outbox.add_job(session, WORDS_JOB, {}, dedupe_key=f"{WORDS_JOB}:{since}:{at:%Y-%m-%dT%H}", at=at)


def find_words(session: Session, *, zone: ZoneInfo, at: datetime) -> FoundWords | None:
    """Count the words of the latest weeks anew; None where that was done within the hour.

    It goes on where it stopped, so that a worker that was away, or that counts by new rules, catches up.
    """
    if not is_due(session, _NAME, every=_HOUR, at=at):
        return None
    since, this_week = last_done(session, _NAME), _monday(at, zone)
    begins = since or session.scalar(select(func.min(Ticket.opened_at))) or at
    first = min(_monday(begins, zone), this_week)
    last = min(first + (_AT_ONCE - 1) * _WEEK, this_week)
    counted = _count_weeks(session, first, last, zone)
    kept = _kept(session, first, last)
    return FoundWords(
        since,
        at if last == this_week else Stretch.of_days(last + _WEEK, last + _WEEK, zone).begin,
        frozenset(kept.keys() - counted.keys()),
        {key: number for key, number in counted.items() if kept.get(key) != number},
    )


def keep_words(session: Session, found: FoundWords) -> bool:
    """Write what a count found, or a part of it; nothing is written where another count has come between."""
    if last_done(session, _NAME) != found.since:
        return False
    connection = session.connection()
    old = [{f"old_{name}": value for name, value in each._asdict().items()} for each in (*found.gone, *found.new)]
    if old:
        names = UseKey._fields
        which = and_(*(getattr(BoardWordUse, name) == bindparam(f"old_{name}") for name in names))
        connection.execute(delete(BoardWordUse).where(which), old)
    if found.new:
        connection.execute(insert(BoardWordUse), [{**key._asdict(), "count": n} for key, n in found.new.items()])
    if found.up_to is not None:
        note_done(session, _NAME, at=found.up_to)
    return True


def _monday(at: datetime, zone: ZoneInfo) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def _written_from(first: date) -> date:
    """Return the first week that is written with some weeks: with a later one, an earlier may be enough."""
    return first - (WEEKS_TOGETHER - 1) * _WEEK


def _kept(session: Session, first: date, last: date) -> Uses:
    rows = select(*(getattr(BoardWordUse, name) for name in (*UseKey._fields, "count"))).where(_is_of(first, last))
    return {UseKey(*key): number for *key, number in session.execute(rows)}


def _is_of(first: date, last: date) -> ColumnElement[bool]:
    within = and_(BoardWordUse.week >= _written_from(first), BoardWordUse.week <= last)
    return and_(BoardWordUse.scope_kind.in_(KINDS), within)


def _count_weeks(session: Session, first: date, last: date, zone: ZoneInfo) -> Uses:
    """Count the words of some weeks and the seven before them, from the texts of seven more."""
    written_from = _written_from(first)
    read_from = _written_from(written_from)
    return {
        UseKey(kind, scope, week, word): count
        for (kind, scope), said in _by_scope(_said(session, read_from, last, zone)).items()
        for word, counts in uses(said).items()
        for week, count in ((read_from + number * _WEEK, count) for number, count in counts.items())
        if week >= written_from
    }


def _said(session: Session, first: date, last: date, zone: ZoneInfo) -> Iterator[Said]:
    """Yield what each ticket says, but for the names of people; each word is held once, however often it is said."""
    segmenter, names = segmenter_of(session), names_in(session, Stretch.of_days(first, last + _WEEK, zone))
    held: dict[str, str] = {}
    scopes: dict[tuple[ScopeKey, ...], tuple[ScopeKey, ...]] = {}
    for number in range((last - first).days // 7 + 1):
        week = first + number * _WEEK
        for about, text in texts_in(session, Stretch.of_days(week, week + _WEEK, zone)):
            theirs = tuple(scopes_of(about))
            words = tuple(held.setdefault(word, word) for word in set(segmenter.words(text)) - names)
            yield Said(number, scopes.setdefault(theirs, theirs), words)


def _by_scope(said: Iterable[Said]) -> dict[ScopeKey, list[Said]]:
    found: dict[ScopeKey, list[Said]] = defaultdict(list)
    for each in said:
        for scope in each.scopes:
            found[scope].append(each)
    return found


def uses(said: Sequence[Said]) -> dict[str, dict[int, int]]:
    """Return how many tickets of each week use each word that may be kept; the empty word stands for all tickets."""
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for each in said:
        for word in ("", *each.words):
            counted[word][each.week] += 1
    return {word: counts if not word else _enough(counts) for word, counts in counted.items()}


def _enough(counts: Counter[int]) -> dict[int, int]:
    """Return the weeks that are among any eight in a row in which enough tickets use a word."""
    if counts.total() < ENOUGH:
        return {}
    together = [{week for week in counts if first <= week < first + WEEKS_TOGETHER} for first in counts]
    kept = set().union(*(weeks for weeks in together if sum(counts[each] for each in weeks) >= ENOUGH))
    return {week: counts[week] for week in kept}
