"""Bringing what comes with the portal into the database, and keeping it up to date until somebody edits it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agreements import shipped
from portal.agreements.queries import calendar_named
from portal.agreements.services.calendars import CalendarDraft, save_calendar
from portal.agreements.services.policies import latest_version, save_policy
from portal.core.actor import SYSTEM
from portal.core.calendar import OFFICE


def ship(session: Session, *, at: datetime) -> bool:
    """Add the shipped calendar and policies, or the days that were announced since; returns whether there were any."""
    is_new = _ship_calendar(session, at)
    for each in shipped.POLICIES:
        if not latest_version(session, each.name):
            save_policy(session, each, by=SYSTEM, at=at)
            is_new = True
    return is_new


def _ship_calendar(session: Session, at: datetime) -> bool:
    days = shipped.other_days(at.astimezone(OFFICE.zone).year + shipped.YEARS_AHEAD)
    found = calendar_named(session, shipped.CN_OFFICE)
    if found is not None and (not found.is_shipped or tuple(found.other_days) == days):
        return False
    draft = CalendarDraft(shipped.CN_OFFICE, OFFICE.zone.key, OFFICE.weekly, days)
    save_calendar(session, draft, by=SYSTEM, at=at)
    return True
