"""How often an organisation gets its summary, and who gets it by mail."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.core.actor import Actor
from portal.core.audit import note_audit, what_changed
from portal.summaries.models import Rhythm, SummaryPlan, SummaryReader
from portal.summaries.services.periods import end_after


def plan(session: Session, organisation_id: UUID, *, rhythm: Rhythm | None, by: Actor, at: datetime) -> None:
    """Set how often an organisation gets its summary; None for never. The period that runs is the first."""
    organisation = session.get_one(Organisation, organisation_id)
    row = session.get(SummaryPlan, organisation_id, with_for_update=True)
    facts = what_changed({"rhythm": row.rhythm if row else ""}, {"rhythm": rhythm.value if rhythm else ""})
    if rhythm is None:
        if row:
            session.delete(row)
    else:
        today = at.astimezone(ZoneInfo(organisation.time_zone)).date()
        row = row or SummaryPlan(organisation_id=organisation_id)
        row.rhythm, row.next_on, row.changed_at = rhythm, end_after(rhythm, today), at
        session.add(row)
    note_audit(session, "plan-summary", subject=organisation, by=by, at=at, **facts)


def read_along(session: Session, organisation_id: UUID, *, by: Actor, wants: bool, at: datetime) -> None:
    """Begin or stop getting an organisation's summaries by mail; asked for twice, it is once."""
    theirs = (SummaryReader.person_id == by.person_id, SummaryReader.organisation_id == organisation_id)
    is_there = session.execute(select(SummaryReader.id).where(*theirs)).first() is not None
    if wants and not is_there:
        session.add(SummaryReader(person_id=by.person_id, organisation_id=organisation_id, since=at))
    if not wants:
        session.execute(delete(SummaryReader).where(*theirs))
