"""What stands out in the figures, by rule: what got worse, and words that have become frequent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.board.models import BoardWord
from portal.board.queries.figures import NONE, WEEK, Scope, Sums
from portal.board.queries.lengths import half_within

_ENOUGH = 10
"""Fewer than so many say nothing."""
_FALL, _RISE = 10.0, 5.0
"""By so many points of a hundred something gets worse before it is said."""
_TIMES = 2.0
_MOST_WORDS = 15
_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that stands out; ``kind`` says which words tell it."""

    kind: str
    """``kept``, ``reopened``, ``repeat``, ``first_reply`` or ``word``."""
    before: float
    now: float
    word: str = ""
    product: str = ""
    module: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A word, and how many of a hundred tickets use it, now and before."""

    word: str
    now: float
    before: float
    tickets: int


def share(part: int, whole: int) -> float:
    """Return how many of a hundred."""
    return 100 * part / whole if whole else 0.0


def kept_share(sums: Sums) -> float | None:
    """Return how many of a hundred promises were kept; None where none fell due."""
    kept, missed = sums.get("kept", NONE).number, sums.get("missed", NONE).number
    return share(kept, kept + missed) if kept + missed else None


def deflected_share(sums: Sums) -> float | None:
    """Return how many of a hundred who came with a problem needed no ticket; None where nobody came."""
    helped, opened = sums.get("deflected", NONE).number, sums.get("opened", NONE).number
    return share(helped, helped + opened) if helped + opened else None


def nps(sums: Sums) -> float | None:
    """Return how many more of a hundred recommend us than advise against; None where nobody was asked."""
    asked = sums.get("recommend", NONE).number
    more = sums.get("promoter", NONE).number - sums.get("detractor", NONE).number
    return 100 * more / asked if asked else None


def suggestions(now: Sums, before: Sums, words: Sequence[Suggestion]) -> list[Suggestion]:
    """Return what got worse from some weeks to the next, and the words that have become frequent."""
    return [*_worse(now, before), *words]


def _worse(now: Sums, before: Sums) -> Iterator[Suggestion]:
    kept, was = kept_share(now), kept_share(before)
    fell_due = now.get("kept", NONE).number + now.get("missed", NONE).number
    if kept is not None and was is not None and fell_due >= _ENOUGH and was - kept >= _FALL:
        yield Suggestion("kept", was, kept)
    for measure, whole in (("reopened", "resolved"), ("repeat", "opened")):
        rate, earlier = _rate(now, measure, whole), _rate(before, measure, whole)
        if now.get(whole, NONE).number >= _ENOUGH and rate - earlier >= _RISE:
            yield Suggestion(measure, earlier, rate)
    reply, slower = half_within_of(before, "first_reply"), half_within_of(now, "first_reply")
    if reply and slower and now["first_reply"].number >= _ENOUGH and slower >= _TIMES * reply:
        yield Suggestion("first_reply", reply, slower)


def half_within_of(sums: Sums, measure: str) -> int | None:
    """Return the minutes within which half of a figure's lengths lie; None where there are none."""
    return half_within({name: each.number for name, each in sums.items()}, measure)


def _rate(sums: Sums, measure: str, whole: str) -> float:
    return share(sums.get(measure, NONE).number, sums.get(whole, NONE).number)


def words_said(session: Session, scope: Scope, begin: date, weeks: int) -> list[Said]:
    """Return the words that customers use most in some weeks, with how often they did in as many before."""
    product, _, module = scope.key.partition("/") if scope.kind in ("product", "module") else ("", "", "")
    now = _counted(session, product, module, begin, begin + weeks * WEEK)
    before = _counted(session, product, module, begin - weeks * WEEK, begin)
    words = sorted(whole_words(now), key=lambda word: (-now[word], word))[:_MOST_WORDS]
    whole, earlier = now.get("", 0), before.get("", 0)
    return [Said(each, share(now[each], whole), share(before.get(each, 0), earlier), now[each]) for each in words]


def whole_words(counted: Mapping[str, int]) -> set[str]:
    """Return the words that stand for themselves: what is nearly always part of a longer one is left out."""
    kept = {word for word in counted if word}
    for word in counted:
        if len(word) > 2 and not word.isascii():
            kept -= {part for part in (word[1:], word[:-1]) if counted.get(part, 0) * _NEARLY <= counted[word]}
    return kept


def _counted(session: Session, product: str, module: str, begin: date, end: date) -> Mapping[str, int]:
    rows = session.execute(
        select(BoardWord.word, func.sum(BoardWord.count))
        .where(BoardWord.week >= begin, BoardWord.week < end)
        .where(BoardWord.product_code == product, BoardWord.module_code == module)
        .group_by(BoardWord.word)
    )
    return {word: int(count) for word, count in rows}


def rising_words(
    session: Session, middle: date, weeks: int, *, products: frozenset[str] | None = None
) -> list[Suggestion]:
    """Return the words of each module that have become frequent: from 2 to 9 of a hundred tickets, say."""
    begin, end = middle - weeks * WEEK, middle + weeks * WEEK
    number = func.sum(BoardWord.count)
    rows = session.execute(
        select(
            BoardWord.product_code,
            BoardWord.module_code,
            BoardWord.word,
            func.coalesce(number.filter(BoardWord.week >= middle), 0),
            func.coalesce(number.filter(BoardWord.week < middle), 0),
        )
        .where(BoardWord.week >= begin, BoardWord.week < end, BoardWord.module_code != "")
        .group_by(BoardWord.product_code, BoardWord.module_code, BoardWord.word)
    ).all()
    whole = {(row[0], row[1]): (int(row[3]), int(row[4])) for row in rows if not row[2]}
    by_module: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        by_module.setdefault((row[0], row[1]), {})[row[2]] = int(row[3])
    telling = {about: whole_words(counted) for about, counted in by_module.items()}
    found = []
    for product, module, word, now, before in rows:
        of_now, of_before = whole.get((product, module), (0, 0))
        risen, was = share(int(now), of_now), share(int(before), of_before)
        is_theirs = products is None or product in products
        if (
            word in telling[product, module]
            and is_theirs
            and of_before
            and now >= _ENOUGH // 2
            and risen - was >= _RISE
            and risen >= _TIMES * was
        ):
            found.append(Suggestion("word", was, risen, word, product, module))
    return sorted(found, key=lambda each: (each.before - each.now, each.word))[:5]
