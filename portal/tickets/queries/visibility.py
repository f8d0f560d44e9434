"""Who sees which tickets: the one condition that every read of tickets goes through."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import Session

from portal.core.actor import Actor, SeeScope
from portal.core.errors import StaleError
from portal.tickets.models import Ticket
from portal.tickets.queries.tables import participant, ticket


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a ticket is one that somebody may see."""
    if actor.is_agent:
        return _for_agent(actor)
    if not actor.is_customer or actor.organisation_id is None:
        return false()
    theirs = ticket.c.organisation_id == actor.organisation_id
    if actor.is_manager or actor.see_scope == SeeScope.ORGANISATION:
        return theirs
    return and_(theirs, or_(ticket.c.contact_id == actor.contact_id, ticket.c.id.in_(shared_with(actor))))


def shared_with(actor: Actor) -> Select[tuple[UUID]]:
    """Return the tickets that colleagues let a contact in on."""
    return select(participant.c.ticket_id).where(
        participant.c.contact_id == actor.contact_id, participant.c.revoked_at.is_(None)
    )


def sees_notes(actor: Actor) -> bool:
    """Whether somebody sees every event of a ticket that they see: notes stay with agents."""
    return actor.is_agent


def _for_agent(actor: Actor) -> ColumnElement[bool]:
    """A limited agent sees what is within both of their limits."""
    within: list[ColumnElement[bool]] = []
    if actor.products is not None:
        within.append(ticket.c.product_code.in_(sorted(actor.products)))
    if actor.organisations is not None:
        within.append(ticket.c.organisation_id.in_(sorted(actor.organisations)))
    return and_(true(), *within)


def ticket_to_change(session: Session, reference: str, actor: Actor, *, version: int | None = None) -> Ticket | None:
    """Return a ticket to change, held until the transaction ends; None if it isn't there or isn't theirs.

    Raises StaleError where the page that asks was made of an older version.
    """
    found = session.scalars(
        select(Ticket).where(ticket.c.reference == reference, visible_to(actor)).with_for_update()
    ).one_or_none()
    if found is not None and version is not None and found.version != version:
        raise StaleError("changed-meanwhile", seen=version, version=found.version)
    return found
