"""The words that customers use, a week at a time; a word that only few use could be a name, and is not kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.orm import Session

from portal.board.models import BoardWordUse
from portal.board.queries.figures import KINDS
from portal.board.queries.saying import Stretch, names_in, segmenter_of, texts_in
from portal.board.services.counting import scopes_of
from portal.board.services.pacing import is_due, last_done, note_done
from portal.tickets.models import Ticket

ENOUGH = 3
"""So many tickets of eight weeks in a row use a word before it is kept."""
WEEKS_TOGETHER = 8
"""As many as the board holds against each other when it is opened: four, and the four before."""
_WEEK = timedelta(days=7)
_HOUR = timedelta(hours=1)
_AT_ONCE = 4
"""So many weeks that were never counted are counted in one transaction."""
_NAME = "words"
ScopeKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What one ticket says: in which week, in which scopes, and with which words."""

    week: int
    """How many weeks after the first that is looked at."""
    scopes: tuple[ScopeKey, ...]
    words: tuple[str, ...]


def count_words(session: Session, *, zone: ZoneInfo, at: datetime) -> bool:
    """Count the words of the latest weeks anew, once an hour; returns whether there are later ones to be counted.

    It goes on where it stopped, so that a worker that was away, or that counts by new rules, catches up.
    """
    if not is_due(session, _NAME, every=_HOUR, at=at):
        return False
    this_week = _monday(at, zone)
    begins = last_done(session, _NAME) or session.scalar(select(func.min(Ticket.opened_at))) or at
    first = min(_monday(begins, zone), this_week)
    last = min(first + (_AT_ONCE - 1) * _WEEK, this_week)
    _count_weeks(session, first, last, zone)
    is_all = last == this_week
    note_done(session, _NAME, at=at if is_all else Stretch.of_days(last + _WEEK, last + _WEEK, zone).begin)
    return not is_all


def _monday(at: datetime, zone: ZoneInfo) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def _count_weeks(session: Session, first: date, last: date, zone: ZoneInfo) -> None:
    """Write the words of some weeks and the seven before them anew: with a later one, an earlier may be enough."""
    written_from = first - (WEEKS_TOGETHER - 1) * _WEEK
    read_from = written_from - (WEEKS_TOGETHER - 1) * _WEEK
    written = and_(BoardWordUse.scope_kind.in_(KINDS), BoardWordUse.week >= written_from, BoardWordUse.week <= last)
    session.execute(delete(BoardWordUse).where(written))
    rows = [
        {"scope_kind": kind, "scope": scope, "week": week, "word": word, "count": count}
        for (kind, scope), said in _by_scope(_said(session, read_from, last + _WEEK, zone)).items()
        for word, counts in uses(said).items()
        for week, count in ((read_from + number * _WEEK, count) for number, count in counts.items())
        if week >= written_from
    ]
    if rows:
        session.connection().execute(insert(BoardWordUse), rows)


def _said(session: Session, first: date, after: date, zone: ZoneInfo) -> Iterator[Said]:
    """Yield what each ticket says, but for the names of people; each word is held once, however often it is said."""
    stretch = Stretch.of_days(first, after, zone)
    segmenter, names = segmenter_of(session), names_in(session, stretch)
    held: dict[str, str] = {}
    scopes: dict[tuple[ScopeKey, ...], tuple[ScopeKey, ...]] = {}
    for opened_at, about, text in texts_in(session, stretch):
        theirs = tuple(scopes_of(about))
        words = tuple(held.setdefault(word, word) for word in set(segmenter.words(text)) - names)
        yield Said((opened_at.astimezone(zone).date() - first).days // 7, scopes.setdefault(theirs, theirs), words)


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
