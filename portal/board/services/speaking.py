"""The words that customers use, a week at a time; a word that only few use could be a name, and is not kept."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.board.models import BoardWord
from portal.board.services.pacing import is_due, note_done
from portal.core.models import TypedText
from portal.core.terms import folded
from portal.ratings.models import Rating
from portal.tickets.models import Ticket

ENOUGH = 3
"""So many tickets of a week use a word before it is kept."""
_WEEK = timedelta(days=7)
_MOST_TICKETS = 20_000
_HOUR = timedelta(hours=1)
_EMPTY = frozenset(
    "的了在是我不有和就都而及与着或一个没很也到说要去你会看好自己这那们吗呢吧啊被把给让请能可以对从向但又还再已太很最更等"
)
"""Characters that join others without saying anything: words end at them."""
_EMPTY_WORDS = frozenset(
    {"the", "and", "for", "not", "with", "when", "are", "was", "can", "that", "this", "has", "have"}
)
_LATIN = re.compile(r"[a-z]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_JOINS = re.compile(f"[{''.join(sorted(_EMPTY))}]")
_LENGTHS = range(2, 5)


def count_words(session: Session, *, zone: ZoneInfo, at: datetime) -> None:
    """Count the words of this week and the last one anew, once an hour, from the texts that are still there."""
    if not is_due(session, "words", every=_HOUR, at=at):
        return
    note_done(session, "words", at=at)
    today = at.astimezone(zone).date()
    for begin in (today - timedelta(days=today.weekday()) - _WEEK, today - timedelta(days=today.weekday())):
        _count_week(session, begin, zone)


def _count_week(session: Session, begin: date, zone: ZoneInfo) -> None:
    found: dict[tuple[str, str], Counter[str]] = {}
    for product, module, texts in _texts(session, begin, zone):
        words = {"", *said_in(texts)}
        for scope in dict.fromkeys((("", ""), (product, ""), (product, module))):
            found.setdefault(scope, Counter()).update(words)
    session.execute(delete(BoardWord).where(BoardWord.week == begin))
    rows = [
        {"week": begin, "product_code": product, "module_code": module, "word": word, "count": count}
        for (product, module), counted in found.items()
        for word, count in counted.items()
        if count >= ENOUGH or not word
    ]
    if rows:
        session.execute(insert(BoardWord), rows)


def _texts(session: Session, begin: date, zone: ZoneInfo) -> Iterator[tuple[str, str, str]]:
    """Yield what customers wrote about each ticket that was opened in a week, and with its ratings."""
    first, last = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (begin, begin + _WEEK))
    rows = session.execute(
        select(Ticket.id, Ticket.product_code, Ticket.module_code, TypedText.body)
        .join(TypedText, TypedText.id == Ticket.title_id)
        .where(Ticket.opened_at >= first, Ticket.opened_at < last, Ticket.organisation_id.is_not(None))
        .order_by(Ticket.opened_at)
        .limit(_MOST_TICKETS)
    ).all()
    said: dict[object, list[str]] = {}
    rated = (
        select(Rating.ticket_id, TypedText.body)
        .join(TypedText, TypedText.id == Rating.text_id)
        .join(Ticket, Ticket.id == Rating.ticket_id)
        .where(Ticket.opened_at >= first, Ticket.opened_at < last)
        .limit(_MOST_TICKETS)
    )
    for ticket_id, body in session.execute(rated):
        said.setdefault(ticket_id, []).append(body)
    for row in rows:
        yield row.product_code, row.module_code, "\n".join((row.body, *said.get(row.id, ())))


def said_in(text: str) -> set[str]:
    """Return the words of a text: Latin ones, and what may be a Chinese one, two to four characters on end."""
    plain = folded(text)
    found = {word for word in _LATIN.findall(plain) if word not in _EMPTY_WORDS}
    for run in _HAN.findall(plain):
        for piece in _JOINS.split(run):
            for length in _LENGTHS:
                found.update(piece[place : place + length] for place in range(len(piece) - length + 1))
    return found
