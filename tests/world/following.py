"""What follows notices up: a printed copy's code, and maintenance windows."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices.models import MaintenanceWindow, Notice
from portal.notices.services.copies import codes_of_copies
from tests.world.people import People


def enter(session: Session, people: People) -> dict[str, str]:
    """Print a copy for the customer's organisation, and plan something; returns what stands in addresses."""
    at, ids = clock.now(), {}
    for notice in session.scalars(select(Notice).where(Notice.revision_number.is_not(None))).all():
        name = notice.code.removeprefix("N-2026-")
        ids[f"window:{name}"] = str(_window(session, notice).id)
        if name == "ours":
            ids["copy:ours"] = codes_of_copies(session, notice.id, [people.ours.id], at=at)[people.ours.id]
    return ids


def _window(session: Session, notice: Notice) -> MaintenanceWindow:
    starts_at = clock.now() + timedelta(days=20)
    window = MaintenanceWindow(
        notice_id=notice.id,
        time_zone="Asia/Shanghai",
        starts_at=starts_at,
        minutes=90,
        rule="FREQ=WEEKLY",
        skipped=[],
        sequence=0,
        cancelled_because="",
        next_starts_at=starts_at,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    session.add(window)
    session.flush()
    return window
