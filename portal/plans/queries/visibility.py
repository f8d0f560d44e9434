"""Which plans and emergencies somebody sees: agents those of the organisations they serve, contacts their own."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from portal.core.actor import Actor
from portal.plans.models import AfterAction, Emergency, EmergencyCall, EmergencyPlan, Mode, PlanContact
from portal.tickets.models import Ticket
from portal.tickets.queries import visible_to as tickets_visible_to


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause that lets through the plans somebody may see: contacts those that name them, managers all."""
    if actor.is_agent:
        if not actor.is_limited:
            return true()
        return or_(EmergencyPlan.organisation_id.is_(None), EmergencyPlan.organisation_id.in_(_served(actor)))
    if not actor.is_customer or actor.organisation_id is None:
        return false()
    named = select(PlanContact.plan_id).where(PlanContact.contact_id == actor.contact_id)
    theirs = EmergencyPlan.organisation_id == actor.organisation_id
    return and_(theirs, true() if actor.is_manager else EmergencyPlan.id.in_(named))


def emergencies_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause that lets through the emergencies that somebody may see.

    Customers read what was learned from their real ones and from joint drills; a closed drill is ours alone.
    """
    if actor.is_agent:
        return _for_limited(actor) if actor.is_limited else true()
    if not actor.is_customer or actor.organisation_id is None:
        return false()
    return and_(
        Emergency.organisation_id == actor.organisation_id,
        Emergency.mode != Mode.CLOSED,
        Emergency.id.in_(select(AfterAction.emergency_id)),
    )


def _for_limited(actor: Actor) -> ColumnElement[bool]:
    """Whoever may not see its ticket doesn't see an emergency either, unless they are called and it still runs."""
    seen = select(Ticket.id).where(tickets_visible_to(actor))
    follows = or_(Emergency.ticket_id.is_(None), Emergency.ticket_id.in_(seen))
    called = Emergency.id.in_(select(EmergencyCall.emergency_id).where(EmergencyCall.agent_id == actor.agent_id))
    return or_(
        and_(Emergency.organisation_id.in_(_served(actor)), follows),
        and_(called, or_(Emergency.ended_at.is_(None), follows)),
    )


def _served(actor: Actor) -> list[UUID]:
    """Return the organisations that a limited agent serves; one limited to products serves no whole organisation."""
    return sorted(actor.organisations or ())
