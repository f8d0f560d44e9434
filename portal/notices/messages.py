"""What notices tell people, as values."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from portal.notices.models import MaintenanceWindow, Notice, NoticeRevision
from portal.outbox.messages import Message

PUBLISHED = "notice-published"
WITHDRAWN = "notice-withdrawn"
REMINDER = "notice-reminder"
MAINTENANCE = "maintenance-soon"
MAINTENANCE_OFF = "maintenance-off"
MAINTENANCE_MOVED = "maintenance-moved"
TO_REVIEW = "notice-to-review"
HELD_BACK = "notice-held-back"
SEASON_BEGUN = "notice-season-begun"
SEASON_LATE = "notice-season-late"
TO_COLLEAGUES = (TO_REVIEW, HELD_BACK, SEASON_BEGUN, SEASON_LATE)

ToColleague = Callable[[Notice, UUID, int], Message]
"""Tells a colleague about a notice; the number tells one occasion from another."""


def published(notice: Notice, revision: NoticeRevision) -> Message:
    """Tell everyone whom it concerns that a notice is out, or asks for something else now."""
    return Message(
        kind=PUBLISHED,
        subject_id=notice.id,
        dedupe_key=f"{PUBLISHED}:{notice.code}:{revision.number}",
        parameters={"number": revision.number},
    )


def reminder(notice: Notice, days: int) -> Message:
    """Remind everyone at organisations that have not answered, so many days before it is to be done."""
    return Message(
        kind=REMINDER,
        subject_id=notice.id,
        dedupe_key=f"{REMINDER}:{notice.code}:{notice.material_number}:{days}",
        parameters={"number": notice.material_number},
    )


def maintenance(window: MaintenanceWindow, starts_at: datetime) -> Message:
    """Tell everyone whom it concerns that a maintenance window begins soon."""
    return Message(
        kind=MAINTENANCE,
        subject_id=window.id,
        dedupe_key=f"{MAINTENANCE}:{window.id}:{window.sequence}:{starts_at:%Y%m%dT%H%M}",
        parameters={"sequence": window.sequence, "starts_at": starts_at.isoformat()},
    )


def maintenance_off(window: MaintenanceWindow, starts_at: datetime) -> Message:
    """Tell whoever was told of a maintenance window that it does not take place at that time."""
    return Message(
        kind=MAINTENANCE_OFF,
        subject_id=window.id,
        dedupe_key=f"{MAINTENANCE_OFF}:{window.id}:{window.sequence}",
        parameters={"sequence": window.sequence, "starts_at": starts_at.isoformat()},
    )


def maintenance_moved(window: MaintenanceWindow, starts_at: datetime) -> Message:
    """Tell whoever was told of a maintenance window that it takes place at another time."""
    return Message(
        kind=MAINTENANCE_MOVED,
        subject_id=window.id,
        dedupe_key=f"{MAINTENANCE_MOVED}:{window.id}:{window.sequence}",
        parameters={"sequence": window.sequence, "starts_at": starts_at.isoformat()},
    )


def withdrawn(notice: Notice) -> Message:
    """Tell everyone who had been told of a notice that it is taken back."""
    return Message(kind=WITHDRAWN, subject_id=notice.id, dedupe_key=f"{WITHDRAWN}:{notice.code}")


def to_review(notice: Notice, revision: NoticeRevision, person_id: UUID) -> Message:
    """Ask a colleague to look at a revision; each time that it is asked for anew."""
    return _to_colleague(TO_REVIEW, notice, person_id, f"{revision.number}:{notice.version}")


def held_back(notice: Notice, revision: NoticeRevision, person_id: UUID) -> Message:
    """Tell a colleague that a notice did not go out at its moment, because something is missing."""
    return _to_colleague(HELD_BACK, notice, person_id, f"{revision.number}:{notice.version}")


def season_begun(notice: Notice, person_id: UUID, _occasion: int) -> Message:
    """Tell the lead that the year's draft of a series waits for somebody to go through it."""
    return _to_colleague(SEASON_BEGUN, notice, person_id, "once")


def season_late(notice: Notice, person_id: UUID, week: int) -> Message:
    """Alarm the lead: nobody has approved the year's notice of a series, and its time is near or past."""
    return _to_colleague(SEASON_LATE, notice, person_id, str(week))


def _to_colleague(kind: str, notice: Notice, person_id: UUID, occasion: str) -> Message:
    return Message(
        kind=kind,
        subject_id=notice.id,
        person_id=person_id,
        dedupe_key=f"{kind}:{notice.code}:{occasion}:{person_id}",
    )
