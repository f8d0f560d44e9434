"""Calendars on the desk: the week, days of their own, and days from a file."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.agreements.models import DayKind
from portal.agreements.queries import CalendarVersion, calendar_named
from portal.core.calendar import interval
from tests.portal.agreements.services.test_importing import a_feed, an_event

PAGE = "/desk/promises/calendars/cn-office"
WEEK = {"week-zone": "Asia/Shanghai", **{f"week-day_{number}": "09:00-18:00" for number in range(5)}}
DAY = {"day-day": "2026-05-20", "day-kind": "off", "day-hours": "", "day-label": "Founders"}


def now(session: Session) -> CalendarVersion:
    session.expire_all()
    found = calendar_named(session, "cn-office")
    assert found is not None
    return found


def day_of(session: Session, day: date) -> Any:
    return next((each for each in now(session).other_days if each.day == day), None)


def test_the_page_shows_the_week_and_the_days_ahead(admin: FlaskClient) -> None:
    shown = admin.get(PAGE).text
    assert 'value="09:00-18:00"' in shown
    assert "劳动节" in shown
    assert "元旦" in shown  # of the next year: January has passed


def test_another_week_applies_from_now_on(admin: FlaskClient, session: Session) -> None:
    answer = admin.post(PAGE, data={**WEEK, "week-day_4": "09:00-12:00, 13:00-16:30", "week-version": "1"})
    assert answer.status_code == 303
    found = now(session)
    assert found.calendar.version == 2
    assert set(found.calendar.weekly[4]) == {interval("09:00", "12:00"), interval("13:00", "16:30")}
    assert found.calendar.weekly[5] == ()
    assert date(2026, 10, 1) in found.calendar.exceptions


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"week-day_0": "early"}, "Write hours like 09:00-12:00, 13:00-18:00"),
        ({"week-zone": "Nowhere"}, "This zone is not known."),
        ({"week-zone": ""}, "Write a zone, such as Asia/Shanghai."),
        ({f"week-day_{number}": "" for number in range(7)}, "In this week nobody ever works."),
        ({"week-version": "0"}, "Somebody has changed this calendar while you were writing."),
    ],
)
def test_a_week_that_can_not_be_is_refused_with_everything_typed(
    admin: FlaskClient, session: Session, more: dict[str, str], said: str
) -> None:
    answer = admin.post(PAGE, data={**WEEK, "week-day_6": "10:00-11:00", "week-version": "1", **more})
    assert answer.status_code == 422
    assert said in answer.text
    assert now(session).calendar.version == 1
    if "week-day_6" not in more:
        assert 'value="10:00-11:00"' in answer.text


def test_a_day_of_its_own_is_added(admin: FlaskClient, session: Session) -> None:
    assert admin.post(f"{PAGE}/days", data={**DAY, "day-version": "1"}).status_code == 303
    found = day_of(session, date(2026, 5, 20))
    assert (found.kind, found.intervals, found.label) == (DayKind.OFF, (), "Founders")


def test_a_day_that_is_there_is_replaced(admin: FlaskClient, session: Session) -> None:
    data = {**DAY, "day-day": "2026-05-09", "day-kind": "short", "day-hours": "09:00-11:00", "day-version": "1"}
    admin.post(f"{PAGE}/days", data=data)
    assert day_of(session, date(2026, 5, 9)).intervals == (interval("09:00", "11:00"),)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"day-day": "sometime"}, "Choose a day."),
        ({"day-day": ""}, "Choose a day."),
        ({"day-kind": "on"}, "Write the hours of this day, like 09:00-12:00."),
        ({"day-kind": "on", "day-hours": "all day"}, "Write hours like"),
        ({"day-version": "7"}, "Somebody has changed this calendar"),
    ],
)
def test_a_day_that_can_not_be_is_refused(
    admin: FlaskClient, session: Session, more: dict[str, str], said: str
) -> None:
    answer = admin.post(f"{PAGE}/days", data={**DAY, "day-version": "1", **more})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Founders" in answer.text
    assert now(session).calendar.version == 1


def test_a_day_is_taken_out(admin: FlaskClient, session: Session) -> None:
    assert admin.post(f"{PAGE}/days/remove", data={"day": "2026-10-10"}).status_code == 303
    assert day_of(session, date(2026, 10, 10)) is None
    assert admin.post(f"{PAGE}/days/remove", data={"day": "2026-10-10"}).status_code == 303
    assert now(session).calendar.version == 2


def upload(admin: FlaskClient, content: bytes) -> Any:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="days.ics"\r\n\r\n'
    body = head + content + b"\r\n--x--\r\n"
    return admin.post(f"{PAGE}/import", data=body, content_type="multipart/form-data; boundary=x")


def test_a_file_is_looked_at_before_anything_changes(admin: FlaskClient, session: Session) -> None:
    shown = upload(
        admin,
        a_feed(
            an_event("20260520", "Founders (closed)"),
            an_event("20260521", "Mother's Day"),
            an_event("20260522", "Inventory"),
            an_event("20260523", "补班"),
            an_event("20260524", "A Sunday"),
            an_event("20250101", "Long ago"),
        ),
    ).text
    assert now(session).calendar.version == 1
    for name, is_ticked in (("Founders", True), ("Mother", False), ("Inventory", False), ("补班", True)):
        box = next(each for each in shown.split("<div") if name in each and "checkbox" in each)
        assert ("checked" in box) == is_ticked
    assert "looks like no holiday" in shown
    assert "not known as a holiday" in shown
    assert "A Sunday" not in shown
    assert "1 day in the past is left out." in shown


def test_what_is_ticked_is_taken_over(admin: FlaskClient, session: Session) -> None:
    days = ["2026-05-20|holiday|Founders", "2026-05-23|make-up|补班"]
    assert admin.post(f"{PAGE}/import/days", data={"version": "1", "days": days}).status_code == 303
    assert day_of(session, date(2026, 5, 20)).kind is DayKind.OFF
    assert day_of(session, date(2026, 5, 23)).intervals == (interval("09:00", "18:00"),)


@pytest.mark.parametrize(
    "data",
    [
        {"version": "1", "days": "sometime|holiday|x"},
        {"version": "1", "days": "2026-05-20|party|x"},
    ],
)
def test_what_nobody_ticked_is_refused_whole(admin: FlaskClient, session: Session, data: dict[str, str]) -> None:
    assert admin.post(f"{PAGE}/import/days", data=data).status_code == 422
    assert now(session).calendar.version == 1


@pytest.mark.parametrize("version", ["9", "", "x", "9" * 30])
@pytest.mark.slow
def test_days_for_a_calendar_that_has_changed_stay_ticked(admin: FlaskClient, session: Session, version: str) -> None:
    days = ["2026-05-20|holiday|Founders", "2026-05-22|unknown|Inventory"]
    answer = admin.post(f"{PAGE}/import/days", data={"version": version, "days": days})
    assert answer.status_code == 422
    assert "Somebody has changed this calendar" in answer.text
    assert all(f'value="{each}" checked' in answer.text for each in days)
    assert 'name="version" value="1"' in answer.text
    assert now(session).calendar.version == 1


@pytest.mark.parametrize("typed", ["２０２６年", "99999999999999999999", "a\x00b", "soon"])
def test_a_day_that_can_not_be_read_stands_there_as_it_was_typed(admin: FlaskClient, typed: str) -> None:
    answer = admin.post(f"{PAGE}/days", data={**DAY, "day-version": "1", "day-day": typed})
    assert answer.status_code == 422
    assert f'value="{typed.replace(chr(0), "")}"' in answer.text


@pytest.mark.parametrize("name", ["a%00b", "%01", "x" * 3000, "%F0%9F%98%80"])
def test_a_calendar_with_an_odd_name_is_not_there(admin: FlaskClient, name: str) -> None:
    assert admin.get(f"/desk/promises/calendars/{name}").status_code == 404
    assert admin.get(f"/desk/promises/policies/{name}").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "This is not a calendar that can be read."),
        (a_feed(), "There is no whole day in this file."),
        (b"x" * (600 * 1024), "is enough for many years"),
    ],
)
def test_a_file_that_can_not_be_used_is_said(admin: FlaskClient, content: bytes, said: str) -> None:
    answer = upload(admin, content)
    assert answer.status_code == 422
    assert said in answer.text


def test_without_a_file_one_is_asked_for(admin: FlaskClient) -> None:
    answer = admin.post(f"{PAGE}/import", data={})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_fifty_megabytes_are_refused_clearly(admin: FlaskClient, session: Session) -> None:
    assert upload(admin, b"x" * (50 * 1024 * 1024)).status_code == 413
    assert now(session).calendar.version == 1


@pytest.mark.parametrize("page", ["", "/import"])
def test_a_calendar_that_is_not_there_is_not_found(admin: FlaskClient, page: str) -> None:
    assert admin.get(f"/desk/promises/calendars/none{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "/import"])
def test_customers_do_not_come_here(customer: FlaskClient, page: str) -> None:
    assert customer.get(f"{PAGE}{page}").status_code == 403
