"""What runs already: for a ticket, of a plan as a drill, and of a plan for another ticket of the same organisation."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.plans.models import Emergency, Mode
from portal.plans.queries.emergencies import HEADS, EmergencyPage, head
from portal.plans.queries.visibility import emergencies_visible_to
from portal.tickets.models import Ticket
from portal.tickets.queries import visible_to as tickets_visible_to


def running_on(session: Session, actor: Actor, reference: str) -> EmergencyPage | None:
    """Return the emergency that runs for a ticket, without what stands in it; None where they see none."""
    running = (Ticket.reference == reference, Emergency.ended_at.is_(None), emergencies_visible_to(actor))
    row = session.execute(HEADS.where(*running).limit(1)).first()
    return head(row) if row else None


def running_drill(session: Session, actor: Actor, plan_id: UUID) -> EmergencyPage | None:
    """Return the drill of a plan that runs, without what stands in it; None where they see none."""
    running = (Emergency.plan_id == plan_id, Emergency.mode != Mode.REAL, Emergency.ended_at.is_(None))
    row = session.execute(HEADS.where(*running, emergencies_visible_to(actor)).limit(1)).first()
    return head(row) if row else None


def running_nearby(session: Session, actor: Actor, plan_id: UUID, reference: str) -> EmergencyPage | None:
    """Return the emergency of a plan that runs for another ticket of its organisation; None where they see none."""
    theirs = select(Ticket.organisation_id).where(Ticket.reference == reference, tickets_visible_to(actor))
    running = (
        Emergency.plan_id == plan_id,
        Emergency.mode == Mode.REAL,
        Emergency.ended_at.is_(None),
        Emergency.organisation_id == theirs.scalar_subquery(),
        Ticket.reference != reference,
    )
    row = session.execute(HEADS.where(*running, emergencies_visible_to(actor)).order_by(Emergency.started_at).limit(1))
    found = row.first()
    return head(found) if found else None
