"""What runs already when a plan is started: one drill of a plan at a time, and a real one for another ticket."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.incidents import services as incidents
from portal.plans.models import Emergency, EmergencyPlan, Mode
from portal.plans.permissions import EmergencyError
from portal.tickets.models import Ticket
from portal.tickets.services import LinkError, relate


def require_one_drill(session: Session, plan: EmergencyPlan) -> None:
    """Refuse a second drill of a plan that is held; whoever comes second is led to the first."""
    if session.scalars(_running(plan).where(Emergency.mode != Mode.REAL)).first() is not None:
        raise EmergencyError("drill-runs")


def running_nearby(session: Session, plan: EmergencyPlan, ticket: Ticket) -> Emergency | None:
    """Return the emergency of the same plan that runs for another ticket of the same organisation."""
    others = _running(plan).where(
        Emergency.mode == Mode.REAL,
        Emergency.organisation_id == ticket.organisation_id,
        Emergency.ticket_id != ticket.id,
    )
    return session.scalars(others).first() if ticket.organisation_id else None


def stay_beside(session: Session, emergency: Emergency, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Link a ticket to the one for which a plan runs; where that has a notice, its customer hears all that it says."""
    other = session.get_one(Ticket, emergency.ticket_id, with_for_update=True)
    try:
        relate(session, ticket, other=other, by=by, at=at)
    except LinkError as error:
        if error.code != "already":
            raise
    if other.notice_id is not None:
        incidents.link(session, other.notice_id, [ticket.id], by=by, at=at)


def _running(plan: EmergencyPlan) -> Select[Emergency]:
    running = select(Emergency).where(Emergency.plan_id == plan.id, Emergency.ended_at.is_(None))
    return running.order_by(Emergency.started_at, Emergency.id).limit(1)
