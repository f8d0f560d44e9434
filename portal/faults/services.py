"""Changes of faults: opened, joined by tickets, moved on, and released together with their version."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Release
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.db import new_id
from portal.core.references import next_number
from portal.faults.models import Fault, FaultState, FaultStep, FaultTicket
from portal.faults.permissions import FaultError, require_step
from portal.faults.queries import known_issues_of
from portal.outbox.queries import is_told
from portal.tickets import services as tickets
from portal.tickets.models import Ticket, TicketState
from portal.tickets.permissions import TransitionError
from portal.tickets.services import Resolution

_AT_ONCE = 20
"""How many tickets one transaction moves on."""
_OVER = (TicketState.RESOLVED, TicketState.CLOSED, TicketState.DUPLICATE, TicketState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a fault goes, and what is said about it."""

    state: FaultState
    words: str = ""
    """For colleagues."""
    target_version: str = ""
    solution: Resolution | None = None
    """What the customers of its tickets will read when the version is out."""


def open_fault(session: Session, ticket: Ticket, *, title: str, by: Actor, at: datetime) -> Fault:
    """Open a fault for what a ticket is about; the ticket is its first one."""
    row = Fault(
        id=new_id(),
        reference=f"F-{at.year}-{next_number(session, f'fault-{at.year}'):04d}",
        title=title,
        product_code=ticket.product_code,
        module_code=ticket.module_code,
        fault_type=ticket.fault_type,
        state=FaultState.REPORTED,
        opened_by=by.person_id,
        opened_at=at,
        changed_at=at,
    )
    session.add(row)
    session.flush()
    _note(session, row, "", by=by, at=at)
    join(session, row, ticket, by=by, at=at)
    return row


def join(session: Session, fault: Fault, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Let a ticket wait for a fault to be mended; it waits for one at a time."""
    row = session.get(FaultTicket, ticket.id) or FaultTicket(ticket_id=ticket.id)
    if row.fault_id == fault.id:
        return
    row.fault_id, row.added_by, row.added_at = fault.id, by.person_id, at
    row.told_at, row.told_nobody = None, False
    session.add(row)
    fault.changed_at = at


def pass_on(session: Session, ticket: Ticket, other: Ticket, *, by: Actor, at: datetime) -> None:
    """Let the ticket in which one goes on wait for its fault; two that wait for two faults are not the same."""
    row, theirs = session.get(FaultTicket, ticket.id), session.get(FaultTicket, other.id)
    if row is None or row.told_at is not None:
        return
    if theirs is not None and theirs.told_at is None and theirs.fault_id != row.fault_id:
        raise FaultError("two-faults")
    join(session, session.get_one(Fault, row.fault_id), other, by=by, at=at)
    session.delete(row)


def join_again(session: Session, fault: Fault, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Let a ticket wait for a fault that came back although its version is out: it is verified anew."""
    join(session, fault, ticket, by=by, at=at)
    if fault.state == FaultState.RELEASED:
        move(session, fault, Move(FaultState.VERIFYING, ticket.reference), by=by, at=at)


def leave(session: Session, ticket: Ticket, *, at: datetime) -> None:
    """Let a ticket wait for no fault any more: it isn't solved when the version of one is out."""
    row = session.get(FaultTicket, ticket.id)
    if row is not None:
        session.get_one(Fault, row.fault_id).changed_at = at
        session.delete(row)


def move(session: Session, fault: Fault, step: Move, *, by: Actor, at: datetime) -> None:
    """Move a fault on; a plan needs a version and the solution, closing it needs words."""
    require_step(FaultState(fault.state), step.state)
    if step.state is FaultState.PLANNED:
        _plan(fault, step)
    if step.state is FaultState.CLOSED and not step.words:
        raise FaultError("no-words")
    fault.state, fault.changed_at = step.state, at
    fault.released_at = fault.released_at if step.state is FaultState.CLOSED else None
    _note(session, fault, step.words, by=by, at=at)


def _plan(fault: Fault, step: Move) -> None:
    if not step.target_version:
        raise FaultError("no-version")
    if step.solution is None or not (step.solution.cause and step.solution.fix and step.solution.prevention):
        raise FaultError("no-solution")
    fault.target_version = step.target_version
    fault.cause, fault.fix, fault.prevention = step.solution.cause, step.solution.fix, step.solution.prevention


def go_on(session: Session, *, at: datetime) -> bool:
    """Release the faults whose version is out, and tell who waits, some at a time; returns whether there is more."""
    _release(session, at=at)
    waiting = session.execute(
        select(FaultTicket, Fault, Ticket)
        .join(Fault, Fault.id == FaultTicket.fault_id)
        .join(Ticket, Ticket.id == FaultTicket.ticket_id)
        .where(FaultTicket.told_at.is_(None), Fault.state == FaultState.RELEASED)
        .order_by(FaultTicket.ticket_id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row, fault, ticket in waiting:
        row.told_at = at
        row.told_nobody = not _tell(session, fault, ticket, at=at)
    return len(waiting) == _AT_ONCE


def _release(session: Session, *, at: datetime) -> None:
    is_out = exists().where(
        Release.product_code == Fault.product_code,
        Release.version == Fault.target_version,
        Release.published_at <= at,
        Release.withdrawn_at.is_(None),
    )
    due = select(Fault).where(Fault.state == FaultState.PLANNED, Fault.target_version != "", is_out)
    for fault in session.scalars(due.with_for_update(skip_locked=True)).all():
        fault.state, fault.released_at, fault.changed_at = FaultState.RELEASED, at, at
        _note(session, fault, "", by=SYSTEM, at=at)
        _gather(session, fault, at=at)
    session.flush()


def _gather(session: Session, fault: Fault, *, at: datetime) -> None:
    """Add the tickets that nobody has joined: those that wait for the version, and those of its known issues."""
    waits_for_version = and_(
        Ticket.state == TicketState.FIX_SCHEDULED,
        Ticket.product_code == fault.product_code,
        Ticket.module_code == fault.module_code,
        Ticket.fix_version == fault.target_version,
    )
    others = (
        select(Ticket.id)
        .outerjoin(FaultTicket, FaultTicket.ticket_id == Ticket.id)
        .where(
            Ticket.closed_at.is_(None),
            or_(waits_for_version, Ticket.notice_id.in_(known_issues_of(fault.id))),
            FaultTicket.ticket_id.is_(None),
        )
    )
    session.add_all(FaultTicket(ticket_id=each, fault_id=fault.id, added_at=at) for each in session.scalars(others))


def _tell(session: Session, fault: Fault, ticket: Ticket, *, at: datetime) -> bool:
    """Give a ticket its solution and return whether anybody is told; one that is over already is left as it is."""
    if ticket.state in _OVER:
        return False
    solution = Resolution(cause=fault.cause, fix=fault.fix, prevention=fault.prevention)
    try:
        event = tickets.resolve(session, ticket, resolution=solution, by=_planner(session, fault), at=at)
    except TransitionError:
        return False
    return is_told(session, event.id)


def _planner(session: Session, fault: Fault) -> Actor:
    """Return who planned the fix: the solution is theirs."""
    latest = select(func.max(FaultStep.at)).where(FaultStep.fault_id == fault.id, FaultStep.state == FaultState.PLANNED)
    who = select(FaultStep.person_id).where(
        FaultStep.fault_id == fault.id, FaultStep.state == FaultState.PLANNED, FaultStep.at == latest.scalar_subquery()
    )
    return Actor(person_id=session.scalars(who).first() or fault.opened_by, role=Role.AGENT)


def _note(session: Session, fault: Fault, words: str, *, by: Actor, at: datetime) -> None:
    session.add(
        FaultStep(id=new_id(), fault_id=fault.id, state=fault.state, words=words, person_id=by.person_id, at=at)
    )
