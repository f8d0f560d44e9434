"""Reads of faults: lists, one with its way and its tickets, and how often mended ones come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation, Person
from portal.core.actor import Actor
from portal.core.models import TypedText
from portal.faults.models import Fault, FaultState, FaultStep, FaultTicket
from portal.notices import queries as notices
from portal.notices.models import Notice, NoticeKind
from portal.tickets import queries as tickets
from portal.tickets.models import Ticket

AT_ONCE = 20
MOST_TICKETS = 100
_LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many tickets of the last 90 days were about a fault, and about one that had been mended before."""

    all: int
    mended_before: int


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a fault is one that an agent may see."""
    return true() if actor.products is None else Fault.product_code.in_(sorted(actor.products))


def find_fault(session: Session, actor: Actor, reference: str, *, is_held: bool = False) -> Fault | None:
    """Return one fault; None where it isn't there or isn't theirs."""
    rows = select(Fault).where(Fault.reference == reference, visible_to(actor))
    return session.scalars(rows.with_for_update() if is_held else rows).one_or_none()


def faults(
    session: Session, actor: Actor, *, states: Sequence[FaultState] = (), after: str = ""
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return some faults with the number of their tickets, the newest first, one more where there are more."""
    number = select(func.count()).where(FaultTicket.fault_id == Fault.id).correlate(Fault).scalar_subquery()
    rows = select(Fault, number.label("tickets")).where(visible_to(actor))
    if states:
        rows = rows.where(Fault.state.in_(states))
    if after:
        last = select(Fault.opened_at, Fault.id).where(Fault.reference == after).subquery()
        older = and_(Fault.opened_at == last.c.opened_at, Fault.id < last.c.id)
        rows = rows.join(last, or_(Fault.opened_at < last.c.opened_at, older))
    return session.execute(rows.order_by(Fault.opened_at.desc(), Fault.id.desc()).limit(AT_ONCE + 1)).all()


def open_faults_like(session: Session, actor: Actor, *, product: str) -> Sequence[Fault]:
    """Return the faults of a product that a ticket may wait for, the newest first."""
    rows = select(Fault).where(visible_to(actor), Fault.product_code == product, Fault.state != FaultState.CLOSED)
    return session.scalars(rows.order_by(Fault.opened_at.desc()).limit(50)).all()


def fault_of(session: Session, ticket_id: UUID) -> Fault | None:
    """Return the fault that a ticket waits for."""
    rows = select(Fault).join(FaultTicket, FaultTicket.fault_id == Fault.id)
    return session.scalars(rows.where(FaultTicket.ticket_id == ticket_id)).one_or_none()


def steps_of(session: Session, fault_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the way of a fault so far, with who moved it."""
    rows = select(FaultStep.state, FaultStep.words, FaultStep.at, Person.name)
    rows = rows.outerjoin(Person, Person.id == FaultStep.person_id).where(FaultStep.fault_id == fault_id)
    return session.execute(rows.order_by(FaultStep.at.desc(), FaultStep.id.desc()).limit(50)).all()


def tickets_of(session: Session, actor: Actor, fault_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the tickets that wait for a fault, as far as the agent sees them."""
    return session.execute(
        select(Ticket.reference, TypedText.body, Ticket.state, Organisation.name, FaultTicket)
        .join(FaultTicket, FaultTicket.ticket_id == Ticket.id)
        .join(TypedText, TypedText.id == Ticket.title_id)
        .outerjoin(Organisation, Organisation.id == Ticket.organisation_id)
        .where(FaultTicket.fault_id == fault_id, tickets.visible_to(actor))
        .order_by(Ticket.opened_at.desc(), Ticket.id.desc())
        .limit(MOST_TICKETS)
    ).all()


def known_issues_of(fault_id: UUID) -> Select[UUID]:
    """Select the known issues that tickets of a fault are joined to."""
    return (
        select(Notice.id)
        .join(Ticket, Ticket.notice_id == Notice.id)
        .join(FaultTicket, FaultTicket.ticket_id == Ticket.id)
        .where(FaultTicket.fault_id == fault_id, Notice.kind == NoticeKind.KNOWN_ISSUE)
    )


def issues_of(session: Session, actor: Actor, fault_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the known issues of a fault's tickets, each with its open tickets, as far as the agent sees them."""
    still_open = (Ticket.notice_id == Notice.id, Ticket.closed_at.is_(None), tickets.visible_to(actor))
    number = select(func.count()).where(*still_open).scalar_subquery()
    rows = select(Notice.code, Notice.state, number.label("tickets"))
    rows = rows.where(Notice.id.in_(known_issues_of(fault_id)), notices.visible_to(actor))
    return session.execute(rows.order_by(Notice.code.desc()).limit(AT_ONCE)).all()


def first_ticket_of(session: Session, fault_id: UUID) -> UUID | None:
    """Return the ticket by which a fault became known; None where none waits for it."""
    theirs = select(FaultTicket.ticket_id).where(FaultTicket.fault_id == fault_id)
    return session.scalars(theirs.order_by(FaultTicket.added_at, FaultTicket.ticket_id).limit(1)).first()


def repeats(session: Session, actor: Actor, *, at: datetime) -> Repeats:
    """Return how often faults that had been mended were reported again."""
    came_back = exists().where(
        FaultStep.fault_id == Fault.id, FaultStep.state == FaultState.RELEASED, FaultStep.at < FaultTicket.added_at
    )
    row = session.execute(
        select(func.count(), func.count().filter(came_back))
        .select_from(FaultTicket)
        .join(Fault, Fault.id == FaultTicket.fault_id)
        .where(FaultTicket.added_at > at - _LATELY, visible_to(actor))
    ).one()
    return Repeats(row[0], row[1])
