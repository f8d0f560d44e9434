"""A known issue with tickets about it, for tests of what is told to all of them."""

from typing import Any

from sqlalchemy import select

from portal.accounts.models import Contact
from portal.core import clock
from portal.incidents import services
from portal.incidents.models import TicketTold
from portal.notices.models import ActionNeeded, Notice, NoticeKind
from portal.tickets.models import Audience, Event, EventKind, Priority, Promise, PromiseOutcome, Ticket
from portal.tickets.services import Opening, Resolution, open_ticket
from tests.portal.notices.cast import Cast, a_notice

SOLVED = Resolution("The store was full.", "We made room.", "We watch it now.")


def an_incident(cast: Cast, **values: Any) -> Notice:
    """Publish an incident."""
    usual = {"kind": NoticeKind.INCIDENT, "action": ActionNeeded.NONE, "act_by": None}
    return a_notice(cast, **{**usual, **values})


def a_ticket(cast: Cast, who: Contact | None = None, **values: Any) -> Ticket:
    """Report something."""
    contact = who or cast.tang
    opening = Opening(
        title="Nothing is saved",
        severity=Priority.P3,
        document={"schema": "problem-snapshot/1"},
        organisation_id=contact.organisation_id,
        contact_id=contact.id,
        **values,
    )
    ticket = open_ticket(cast.session, opening=opening, by=cast.actor(contact), at=clock.now())
    cast.session.commit()
    return ticket


def linked(cast: Cast, notice: Notice, number: int = 1) -> list[Ticket]:
    """Report something several times, and join the tickets to a notice."""
    tickets = [a_ticket(cast) for _ in range(number)]
    services.link(cast.session, notice.id, [each.id for each in tickets], by=cast.author, at=clock.now())
    cast.session.commit()
    return tickets


def kinds(cast: Cast, ticket: Ticket, *, audience: Audience | None = None) -> list[str]:
    """Return what happened to a ticket."""
    found = select(Event.kind).where(Event.ticket_id == ticket.id).order_by(Event.seq)
    if audience is not None:
        found = found.where(Event.audience == audience)
    return [EventKind(each).value for each in cast.session.scalars(found)]


def kept(cast: Cast, ticket: Ticket) -> list[str]:
    """Return how the promises of a ticket ended."""
    rows = cast.session.scalars(
        select(PromiseOutcome.outcome)
        .join(Promise, Promise.id == PromiseOutcome.promise_id)
        .where(Promise.ticket_id == ticket.id)
    )
    return list(rows)


def waiting(cast: Cast) -> int:
    """Return how many tickets still have to be told."""
    return len(cast.session.scalars(select(TicketTold).where(TicketTold.told_at.is_(None))).all())
