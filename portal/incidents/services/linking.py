"""Joining tickets to the notice about their common problem, and taking them off again."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.notices.models import Notice
from portal.tickets.models import Audience, EventKind, Ticket
from portal.tickets.queries import visible_to
from portal.tickets.services.recording import Happening, record


class LinkError(DomainError):
    """Tickets that can't be joined to a notice: it is ``not-there``."""


def link(session: Session, notice_id: UUID, ticket_ids: Iterable[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """Join open tickets to a notice and return those that are new to it; their clocks run on.

    A ticket belongs to one problem at a time: one that was joined to another notice leaves it.
    """
    code = _code(session, notice_id)
    joined = []
    for ticket in _open_tickets(session, ticket_ids, by):
        if ticket.notice_id != notice_id:
            ticket.notice_id = notice_id
            record(session, ticket, _noted(EventKind.LINKED, code), by=by, at=at)
            joined.append(ticket.id)
    session.flush()
    return joined


def unlink(session: Session, notice_id: UUID, ticket_ids: Iterable[UUID], *, by: Actor, at: datetime) -> list[UUID]:
    """Take tickets off a notice and return those that were joined to it."""
    code = _code(session, notice_id)
    left = []
    for ticket in _open_tickets(session, ticket_ids, by):
        if ticket.notice_id == notice_id:
            ticket.notice_id = None
            record(session, ticket, _noted(EventKind.UNLINKED, code), by=by, at=at)
            left.append(ticket.id)
    session.flush()
    return left


def _code(session: Session, notice_id: UUID) -> str:
    code = session.execute(select(Notice.code).where(Notice.id == notice_id)).scalar()
    if code is None:
        raise LinkError("not-there")
    return code


def _open_tickets(session: Session, ticket_ids: Iterable[UUID], by: Actor) -> list[Ticket]:
    wanted = select(Ticket).where(Ticket.id.in_(list(ticket_ids)), Ticket.closed_at.is_(None), visible_to(by))
    return list(session.scalars(wanted.order_by(Ticket.id).with_for_update()))


def _noted(kind: EventKind, code: str) -> Happening:
    return Happening(kind, Audience.INTERNAL, facts={"notice": code})
