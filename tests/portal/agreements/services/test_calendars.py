"""Versions of calendars."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import exc, select, text
from sqlalchemy.orm import Session

from portal.agreements.models import DayKind, WorkCalendar
from portal.agreements.permissions import EditError
from portal.agreements.queries import calendar_named, calendars
from portal.agreements.services import CalendarDraft, save_calendar, ship
from portal.agreements.services.calendars import MOST_OTHER_DAYS
from portal.agreements.terms import OtherDay
from portal.core import clock
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.calendar import OFFICE, CalendarError, interval
from portal.core.errors import StaleError
from portal.core.models import AuditEntry
from tests import factories

ADMIN = Actor(role=Role.ADMIN)
MOMENT = datetime(2026, 4, 21, 2, 2, tzinfo=UTC)
INVENTORY = OtherDay(date(2026, 4, 22), DayKind.SHORT, (interval("09:00", "12:00"),), "Inventory")


def draft(*days: OtherDay, name: str = "night", zone: str = "Asia/Shanghai") -> CalendarDraft:
    return CalendarDraft(name, zone, {0: (interval("22:00", "06:00"), interval("09:00", "12:00"))}, days)


def off(count: int) -> Sequence[OtherDay]:
    return [OtherDay(date(2026, 4, 20) + timedelta(days=number), DayKind.OFF) for number in range(count)]


def test_what_is_saved_comes_back(session: Session) -> None:
    save_calendar(session, draft(INVENTORY), by=ADMIN, at=MOMENT)
    found = calendar_named(session, "night")
    assert found is not None
    assert (found.calendar.source, found.other_days) == ("night/1", [INVENTORY])
    assert set(found.calendar.weekly[0]) == set(draft().weekly[0])
    assert found.calendar.intervals_on(INVENTORY.day) == list(INVENTORY.intervals)


def test_an_edit_is_the_next_version_and_the_earlier_one_stays(session: Session) -> None:
    first = save_calendar(session, draft(), by=ADMIN, at=MOMENT)
    save_calendar(session, draft(INVENTORY), by=ADMIN, at=MOMENT, seen=1)
    kept = session.scalars(select(WorkCalendar.version).where(WorkCalendar.name == "night")).all()
    assert (sorted(kept), first.version) == ([1, 2], 1)
    assert [each.calendar.source for each in calendars(session)] == ["cn-office/1", "night/2"]


@pytest.mark.parametrize("table", ["work_calendar", "calendar_exception", "promise_policy"])
def test_the_database_refuses_to_change_a_version(session: Session, table: str) -> None:
    column = "label" if table == "calendar_exception" else "name"
    with pytest.raises(exc.DBAPIError, match="never changed"):
        session.execute(text(f"UPDATE {table} SET {column} = 'x'"))


def test_of_two_who_edit_at_once_the_second_is_told(session: Session) -> None:
    save_calendar(session, draft(), by=ADMIN, at=MOMENT, seen=0)
    with pytest.raises(StaleError):
        save_calendar(session, draft(INVENTORY), by=ADMIN, at=MOMENT, seen=0)


def test_an_edit_is_noted_with_who_did_it(session: Session) -> None:
    admin = factories.as_actor(session, factories.an_agent(session, role=Role.ADMIN))
    save_calendar(session, draft(), by=admin, at=MOMENT)
    noted = session.scalars(select(AuditEntry).where(AuditEntry.person_id == admin.person_id)).one()
    assert (noted.action, noted.facts) == ("save-calendar", {"version": "night/1"})


def test_only_an_admin_edits(session: Session) -> None:
    with pytest.raises(EditError):
        save_calendar(session, draft(), by=Actor(role=Role.AGENT), at=MOMENT)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (CalendarDraft("never", "Asia/Shanghai", {0: ()}), "calendar-is-empty"),
        (draft(zone="Asia/Nowhere"), "zone-unknown"),
        (draft(zone="../etc/passwd"), "zone-unknown"),
        (draft(zone=""), "zone-unknown"),
        (draft(*off(1500)), "calendar-stays-shut"),
        (draft(INVENTORY, INVENTORY), "day-twice"),
        (draft(*off(MOST_OTHER_DAYS + 1)), "too-many-days"),
    ],
)
def test_a_calendar_that_can_not_be_is_refused_whole(session: Session, wrong: CalendarDraft, code: str) -> None:
    with pytest.raises(CalendarError, match=code):
        save_calendar(session, wrong, by=ADMIN, at=MOMENT)
    assert calendar_named(session, wrong.name) is None


def test_days_off_far_away_are_walked_too_before_they_are_taken(session: Session) -> None:
    later = [OtherDay(each.day + timedelta(days=4000), DayKind.OFF) for each in off(1500)]
    with pytest.raises(CalendarError, match="calendar-stays-shut"):
        save_calendar(session, draft(*later), by=ADMIN, at=MOMENT)


def test_shipping_again_changes_nothing(session: Session) -> None:
    assert not ship(session, at=clock.now())


def test_days_that_were_announced_since_are_a_new_version(session: Session) -> None:
    later = clock.now().replace(year=2030)
    assert ship(session, at=later)
    found = calendar_named(session, "cn-office")
    assert found is not None
    assert (found.calendar.version, found.other_days[-1].day.year) == (2, 2032)


def test_what_a_person_edited_is_never_overwritten(session: Session) -> None:
    admin = factories.as_actor(session, factories.an_agent(session, role=Role.ADMIN))
    edited = CalendarDraft("cn-office", "Asia/Shanghai", OFFICE.weekly, [INVENTORY])
    save_calendar(session, edited, by=admin, at=clock.now())
    assert not ship(session, at=clock.now().replace(year=2030))
    assert SYSTEM.person_id is None
