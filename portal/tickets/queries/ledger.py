"""The ledger as plain lines: all that is needed to fold what was promised from what happened, and nobody's words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.orm import Session

from portal.agreements.models import CalendarException, PromisePolicy, WorkCalendar
from portal.tickets.queries.tables import agent, event, promise, promise_outcome, ticket

Line = dict[str, Any]
AT_ONCE = 500
FACTS = frozenset(
    {
        "channel", "fix_on", "from", "has_work_stopped", "is_emergency", "kind", "next_by", "next_due_at", "number",
        "priority", "reason", "state", "to", "under", "was", "actions_due", "was_due_at",
    }
)  # fmt: skip
"""Of an event's facts those that the ledger follows from; none of them names a person."""
_ended_by = event.alias("ended_by")


def ledger(session: Session, *, reference: str = "") -> Iterator[Line]:
    """Yield calendars and policies, then each ticket with its events and promises, the oldest first."""
    yield from _calendars(session)
    yield from _policies(session)
    for rows in _tickets(session, reference):
        ids = [row.id for row in rows]
        events, promises = _by_ticket(session, _events(ids)), _by_ticket(session, _promises(ids))
        for row in rows:
            yield _ticket_line(row)
            yield from (_event_line(row.reference, each) for each in events[row.id])
            yield from (_promise_line(row.reference, each) for each in promises[row.id])


def _calendars(session: Session) -> Iterator[Line]:
    days: dict[UUID, list[Line]] = defaultdict(list)
    for each in session.scalars(select(CalendarException).order_by(CalendarException.day)):
        days[each.calendar_id].append({"day": each.day.isoformat(), "kind": each.kind, "hours": each.intervals})
    for row in session.scalars(select(WorkCalendar).order_by(WorkCalendar.name, WorkCalendar.version)):
        yield {
            "type": "calendar",
            "calendar": f"{row.name}/{row.version}",
            "zone": row.zone,
            "weekly": row.weekly,
            "days": days[row.id],
        }


def _policies(session: Session) -> Iterator[Line]:
    for row in session.scalars(select(PromisePolicy).order_by(PromisePolicy.name, PromisePolicy.version)):
        yield {
            "type": "policy",
            "policy": f"{row.name}/{row.version}",
            "calendar": row.calendar,
            "rank": row.rank,
            "is_on": row.is_on,
            "conditions": row.conditions,
            "targets": row.targets,
        }


def _tickets(session: Session, reference: str) -> Iterator[Sequence[Row[Any]]]:
    """Yield the tickets some at a time, so that it makes no difference how many there are."""
    columns = (ticket.c[name] for name in ("id", "reference", "opened_at", "state", "product_code", "channel"))
    wanted = select(*columns).order_by(ticket.c.opened_at, ticket.c.id).limit(AT_ONCE)
    if reference:
        wanted = wanted.where(ticket.c.reference == reference)
    rows = session.execute(wanted).all()
    while rows:
        yield rows
        if len(rows) < AT_ONCE:
            return
        place = tuple_(rows[-1].opened_at, rows[-1].id)
        rows = session.execute(wanted.where(tuple_(ticket.c.opened_at, ticket.c.id) > place)).all()


def _events(ids: Sequence[UUID]) -> Select[Any]:
    names = ("ticket_id", "seq", "kind", "person_id", "audience", "facts", "at")
    return (
        select(*(event.c[name] for name in names), agent.c.id.label("agent_id"))
        .outerjoin(agent, agent.c.person_id == event.c.person_id)
        .where(event.c.ticket_id.in_(ids))
        .order_by(event.c.ticket_id, event.c.seq)
    )


def _promises(ids: Sequence[UUID]) -> Select[Any]:
    names = ("ticket_id", "kind", "due_at", "made_at", "source")
    return (
        select(
            *(promise.c[name] for name in names),
            event.c.seq.label("made_by_seq"),
            promise_outcome.c.outcome,
            promise_outcome.c.at.label("ended_at"),
            _ended_by.c.seq.label("ended_by_seq"),
        )
        .join(event, event.c.id == promise.c.event_id)
        .outerjoin(promise_outcome, promise_outcome.c.promise_id == promise.c.id)
        .outerjoin(_ended_by, _ended_by.c.id == promise_outcome.c.event_id)
        .where(promise.c.ticket_id.in_(ids))
        .order_by(promise.c.ticket_id, event.c.seq, promise.c.kind, promise.c.due_at.desc())
    )


def _by_ticket(session: Session, wanted: Select[Any]) -> dict[UUID, list[Row[Any]]]:
    found: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(wanted):
        found[row.ticket_id].append(row)
    return found


def _ticket_line(row: Row[Any]) -> Line:
    return {
        "type": "ticket",
        "ticket": row.reference,
        "opened_at": _moment(row.opened_at),
        "state": row.state,
        "product": row.product_code,
        "channel": row.channel,
    }


def _event_line(reference: str, row: Row[Any]) -> Line:
    return {
        "type": "event",
        "ticket": reference,
        "seq": row.seq,
        "kind": row.kind,
        "by": "clock" if row.person_id is None else "customer" if row.agent_id is None else "agent",
        "audience": row.audience,
        "at": _moment(row.at),
        "facts": _told(row.facts),
    }


def _told(facts: Mapping[str, Any]) -> Line:
    return {name: facts[name] for name in sorted(FACTS & facts.keys())}


def _promise_line(reference: str, row: Row[Any]) -> Line:
    return {
        "type": "promise",
        "ticket": reference,
        "kind": row.kind,
        "made_at": _moment(row.made_at),
        "made_by": row.made_by_seq,
        "source": row.source,
        "due_at": _moment(row.due_at),
        "outcome": row.outcome,
        "ended_at": _moment(row.ended_at) if row.ended_at else None,
        "ended_by": row.ended_by_seq,
    }


def _moment(at: datetime) -> str:
    return at.isoformat()
