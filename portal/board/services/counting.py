"""Counting what has changed: each ticket's marks are taken back and made anew, and the sums follow them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.board.models import BoardCursor, BoardFigure, BoardMark, BoardSeen, BoardWordUse
from portal.board.services.folding import marks_of
from portal.core.db import new_id
from portal.ratings.models import Rating
from portal.tickets.models import Event, Ticket

_AT_ONCE = 500
"""How many events one transaction looks at."""
_STRAGGLE = 120_000
"""Milliseconds: what was written longer ago than this has been committed, or never will be."""
_FIRST = UUID(int=0)
_RULES = 4
"""What a ticket adds, and which words it uses; one more whenever that changes, and everything is counted anew."""
Key = tuple[str, str, date, str]
"""The kind of a scope, which one, the day, the measure."""


def count_changes(session: Session, *, zone: ZoneInfo) -> bool:
    """Count the tickets to which something has happened since, some at a time; returns whether there is more."""
    if not _is_by_these_rules(session):
        rebuild(session)
    rows = _next_events(session)
    ids = list(dict.fromkeys([each.ticket_id for each in rows] if rows else _stragglers(session)))
    if ids:
        _count(session, ids, zone)
    if rows:
        _move(session, "events", rows[-1].id)
    return len(rows) == _AT_ONCE


def rebuild(session: Session) -> None:
    """Forget every figure; the passes that follow count everything anew."""
    for table in (BoardMark, BoardFigure, BoardSeen, BoardWordUse, BoardCursor):
        session.execute(delete(table))
    _move(session, "rules", UUID(int=_RULES))


def is_all_counted(session: Session) -> bool:
    """Whether everything that has happened so far is in the figures."""
    return _is_by_these_rules(session) and not _next_events(session)


def _is_by_these_rules(session: Session) -> bool:
    row = session.get(BoardCursor, "rules")
    return row is not None and row.place.int == _RULES


def _next_events(session: Session) -> Sequence[Any]:
    place = session.get(BoardCursor, "events")
    rows = select(Event.id, Event.ticket_id).where(Event.id > (place.place if place else _FIRST))
    return session.execute(rows.order_by(Event.id).limit(_AT_ONCE)).all()


def _stragglers(session: Session) -> list[UUID]:
    """Return the tickets whose latest change was committed after later ones had been looked at, or that were rated."""
    sure = session.get(BoardCursor, "sure")
    since, floor = sure.place if sure else _FIRST, _floor()
    late = (
        select(Event.ticket_id)
        .join(Ticket, Ticket.id == Event.ticket_id)
        .outerjoin(BoardSeen, BoardSeen.ticket_id == Ticket.id)
        .where(Event.id > since, or_(BoardSeen.last_seq.is_(None), BoardSeen.last_seq != Ticket.last_seq))
        .limit(_AT_ONCE)
    )
    rated = (
        select(Rating.ticket_id)
        .outerjoin(BoardSeen, BoardSeen.ticket_id == Rating.ticket_id)
        .where(Rating.id > since)
        .group_by(Rating.ticket_id, BoardSeen.ratings)
        .having(or_(BoardSeen.ratings.is_(None), BoardSeen.ratings < func.count()))
        .limit(_AT_ONCE)
    )
    found = [*session.scalars(late), *session.scalars(rated)]
    if not found and floor > since:
        _move(session, "sure", floor)
    return found


def _floor() -> UUID:
    """Return the smallest id that may still be written: ids begin with the millisecond of their making."""
    return UUID(int=((new_id().int >> 80) - _STRAGGLE) << 80)


def _move(session: Session, name: str, place: UUID) -> None:
    row = session.get(BoardCursor, name)
    if row is None:
        session.add(BoardCursor(name=name, place=place))
    else:
        row.place = place
    session.flush()


def _count(session: Session, ids: Sequence[UUID], zone: ZoneInfo) -> None:
    changes: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for row in session.execute(select(BoardMark.__table__).where(BoardMark.ticket_id.in_(ids))).mappings():
        _add(changes, dict(row), -1)
    session.execute(delete(BoardMark).where(BoardMark.ticket_id.in_(ids)))
    made = _new_marks(session, ids, zone)
    for each in made:
        _add(changes, each, 1)
    if made:
        session.execute(insert(BoardMark), made)
    add_up(session, {key: amounts for key, amounts in changes.items() if any(amounts)})
    _note_seen(session, ids)


def _new_marks(session: Session, ids: Sequence[UUID], zone: ZoneInfo) -> list[dict[str, Any]]:
    marks = marks_of(session, ids, zone=zone)
    about = session.execute(
        select(Ticket.id, Ticket.organisation_id, Ticket.product_code, Ticket.module_code, Ticket.team).where(
            Ticket.id.in_(marks)
        )
    ).mappings()
    return [
        {
            "id": new_id(),
            "ticket_id": row["id"],
            **{name: value for name, value in row.items() if name != "id"},
            "day": mark.day,
            "measure": mark.measure,
            "count": mark.count,
            "total": mark.total,
        }
        for row in about
        for mark in marks[row["id"]]
    ]


def scopes_of(mark: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield every scope that a mark counts in; what a ticket doesn't name has none."""
    organisation, product, module = mark["organisation_id"].hex, mark["product_code"], mark["module_code"]
    yield "all", ""
    yield "organisation", organisation
    if mark["team"]:
        yield "team", mark["team"]
    if product:
        yield "product", product
        yield "both", f"{organisation}/{product}"
    if product and module:
        yield "module", f"{product}/{module}"


def _add(changes: dict[Key, list[int]], mark: Mapping[str, Any], sign: int) -> None:
    for kind, scope in scopes_of(mark):
        amounts = changes[kind, scope, mark["day"], mark["measure"]]
        amounts[0] += sign * mark["count"]
        amounts[1] += sign * mark["total"]


def add_up(session: Session, changes: Mapping[Key, Sequence[int]]) -> None:
    """Add changes to the sums of their days."""
    if not changes:
        return
    names = ("scope_kind", "scope", "day", "measure")
    rows = [
        {**dict(zip(names, key, strict=True)), "count": amounts[0], "total": amounts[1]}
        for key, amounts in sorted(changes.items())
    ]
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    new = dialect.insert(BoardFigure)
    summed = {name: getattr(BoardFigure, name) + new.excluded[name] for name in ("count", "total")}
    session.execute(new.on_conflict_do_update(index_elements=list(names), set_=summed), rows)


def _note_seen(session: Session, ids: Sequence[UUID]) -> None:
    session.execute(delete(BoardSeen).where(BoardSeen.ticket_id.in_(ids)))
    rated = select(Rating.ticket_id, func.count()).where(Rating.ticket_id.in_(ids)).group_by(Rating.ticket_id)
    ratings: dict[UUID, int] = {row[0]: row[1] for row in session.execute(rated)}
    rows = session.execute(select(Ticket.id, Ticket.last_seq).where(Ticket.id.in_(ids))).all()
    seen = [{"ticket_id": row.id, "last_seq": row.last_seq, "ratings": ratings.get(row.id, 0)} for row in rows]
    if seen:
        session.execute(insert(BoardSeen), seen)
