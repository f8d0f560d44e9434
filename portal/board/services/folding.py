"""What tickets add to the figures: a fold of what happened to them, the same whenever it is done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session, aliased

from portal.board.queries.lengths import counted_as
from portal.ratings.models import Rating, RatingKind
from portal.tickets.models import (
    UPDATES,
    Audience,
    Event,
    EventKind,
    Outcome,
    Promise,
    PromiseOutcome,
    Ticket,
    TicketState,
)

REPEATS_WITHIN = timedelta(days=90)
_MINUTE = timedelta(minutes=1)
_STAGES: Mapping[str, str] = {
    TicketState.NEW: "received",
    TicketState.TRIAGED: "received",
    TicketState.IN_PROGRESS: "working",
    TicketState.WAITING_INTERNAL: "working",
    TicketState.WAITING_VENDOR: "working",
    TicketState.WAITING_CUSTOMER: "you",
    TicketState.FIX_SCHEDULED: "planned",
    TicketState.RESOLVED: "solved",
}
"""The states as customers see them; what is over takes no time any more."""
_ENTERED: Mapping[str, str] = {
    EventKind.RESOLVED: TicketState.RESOLVED,
    EventKind.REOPENED: TicketState.IN_PROGRESS,
    EventKind.CONFIRMED: TicketState.CLOSED,
    EventKind.CLOSED: TicketState.CLOSED,
    EventKind.CANCELLED: TicketState.CANCELLED,
}
_MOVED_ON: Mapping[str, frozenset[str]] = {
    "received": frozenset({EventKind.UPDATED, EventKind.VISITED}),
    "you": frozenset({EventKind.REPLIED, EventKind.DESCRIBED, EventKind.ESCALATED}),
}
"""What takes a ticket up without naming a state: our first words, and what a customer who was asked does about it."""
_PROMOTES, _DETRACTS = 9, 6
"""From so many points up somebody recommends us; up to so many they advise against."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a ticket adds to one figure of one day."""

    day: date
    measure: str
    count: int = 1
    total: int = 0


def marks_of(session: Session, ticket_ids: Sequence[UUID], *, zone: ZoneInfo) -> dict[UUID, list[Mark]]:
    """Return what each ticket adds, in a fixed number of statements; one that nobody has verified adds nothing."""
    tickets = session.execute(
        select(Ticket.id, Ticket.opened_at).where(Ticket.id.in_(ticket_ids), Ticket.organisation_id.is_not(None))
    ).all()
    happened, promised, rated = (
        _events(session, ticket_ids),
        _promises(session, ticket_ids),
        _ratings(session, ticket_ids),
    )
    repeated = _repeated(session, ticket_ids)
    found: dict[UUID, list[Mark]] = {}
    for row in tickets:
        moments = [("opened", row.opened_at, 0), *([("repeat", row.opened_at, 0)] if row.id in repeated else [])]
        moments += [*_of_events(happened[row.id]), *promised[row.id], *rated[row.id]]
        found[row.id] = _added_up(moments, zone)
    return found


Moment = tuple[str, datetime, int]
"""A measure, when, and its minutes or points."""


def _added_up(moments: Iterable[Moment], zone: ZoneInfo) -> list[Mark]:
    sums: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])
    for measure, at, amount in moments:
        day = at.astimezone(zone).date()
        for name, added in ((measure, amount), *(((counted_as(measure, amount), 0),) if _is_length(measure) else ())):
            entry = sums[day, name]
            entry[0] += 1
            entry[1] += added
    return [Mark(day, measure, *entry) for (day, measure), entry in sorted(sums.items())]


def _is_length(measure: str) -> bool:
    return measure == "first_reply" or measure.startswith("stage:")


def _of_events(events: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[Moment]:
    stage, since = "received", events[0].at if events else None
    told = [each for each in events if each.kind in UPDATES and each.audience == Audience.CUSTOMER]
    if told and since is not None:
        yield "first_reply", told[0].at, _minutes(since, told[0].at)
    for event in events:
        state = event.facts.get("state") or _ENTERED.get(event.kind)
        if not state and event.kind in _MOVED_ON.get(stage, ()):
            state = TicketState.IN_PROGRESS
        entered = _STAGES.get(state, "over") if state else stage
        if since is not None and entered != stage:
            if stage != "over":
                yield f"stage:{stage}", event.at, _minutes(since, event.at)
            stage, since = entered, event.at
    yield from _of_endings(events, told)


def _of_endings(events: Sequence[Row[*tuple[Any, ...]]], told: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[Moment]:
    reopened = [each for each in events if each.kind == EventKind.REOPENED]
    solved = [each for each in events if each.kind == EventKind.RESOLVED]
    yield from (("reopened", each.at, 0) for each in reopened)
    if solved:
        yield "resolved", solved[0].at, _minutes(events[0].at, solved[0].at)
        if not reopened and told and told[0].seq == solved[0].seq:
            yield "first_contact", solved[0].at, 0


def _minutes(begin: datetime, end: datetime) -> int:
    return int((end - begin) / _MINUTE)


def _events(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Row[*tuple[Any, ...]]]]:
    rows = session.execute(
        select(Event.ticket_id, Event.seq, Event.kind, Event.audience, Event.facts, Event.at)
        .where(Event.ticket_id.in_(ids))
        .order_by(Event.ticket_id, Event.seq)
    )
    found: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _promises(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Moment]]:
    rows = session.execute(
        select(Promise.ticket_id, Promise.due_at, PromiseOutcome.outcome)
        .join(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
        .where(Promise.ticket_id.in_(ids), PromiseOutcome.outcome != Outcome.SUPERSEDED)
    )
    found: dict[UUID, list[Moment]] = defaultdict(list)
    for ticket_id, due_at, outcome in rows:
        found[ticket_id].append((str(outcome), due_at, 0))
    return found


def _ratings(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Moment]]:
    rows = session.execute(
        select(Rating.ticket_id, Rating.kind, Rating.score, Rating.at).where(Rating.ticket_id.in_(ids))
    )
    found: dict[UUID, list[Moment]] = defaultdict(list)
    for ticket_id, kind, score, at in rows:
        found[ticket_id].append((str(kind), at, score))
        if kind == RatingKind.RECOMMEND and score >= _PROMOTES:
            found[ticket_id].append(("promoter", at, 0))
        if kind == RatingKind.RECOMMEND and score <= _DETRACTS:
            found[ticket_id].append(("detractor", at, 0))
    return found


def _repeated(session: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Return the tickets whose organisation had reported the same fault of the same module within 90 days before."""
    earlier = aliased(Ticket)
    same = and_(
        earlier.organisation_id == Ticket.organisation_id,
        earlier.opened_at < Ticket.opened_at,
        earlier.product_code == Ticket.product_code,
        earlier.module_code == Ticket.module_code,
        earlier.fault_type == Ticket.fault_type,
    )
    rows = session.execute(
        select(Ticket.id, Ticket.opened_at, earlier.opened_at)
        .join(earlier, same)
        .where(Ticket.id.in_(ids), Ticket.module_code != "", Ticket.fault_type != "")
    )
    return {ticket_id for ticket_id, opened_at, before in rows if opened_at - before <= REPEATS_WITHIN}
