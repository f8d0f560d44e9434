"""Maintenance windows on the desk, on the notice, on the home page and in calendars."""

from datetime import date, time
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.notices.models import MaintenanceWindow, Notice, NoticeScope, ProductRange
from portal.notices.queries.recurring import Repeat
from portal.notices.services.windows import call_off, change_window, skip_time
from tests.portal.notices.cast import Cast, a_notice
from tests.portal.notices.services.test_windows import a_plan, a_window, maintenance
from tests.portal.notices.views.conftest import Browser

SENT = {"day": "2026年4月25日", "at": "22：00", "minutes": "９０", "time_zone": "Asia/Shanghai", "repeat": "never",
        "until": "", "once": "a"}  # fmt: skip


def only(cast: Cast) -> MaintenanceWindow:
    cast.session.rollback()
    return cast.session.scalars(select(MaintenanceWindow)).one()


def event(text: bytes) -> dict[str, str]:
    assert text.count(b"BEGIN:VEVENT") == 1
    lines = text.decode().split("BEGIN:VEVENT")[1].splitlines()
    named = {name.partition(";")[0]: value for name, _, value in (line.partition(":") for line in lines)}
    return {name: named[name] for name in ("UID", "SEQUENCE", "STATUS", "DTSTART")}


def in_calendar(cast: Cast, browser: Browser, notice: Notice, window: MaintenanceWindow) -> bytes:
    cast.session.commit()
    return bytes(browser(cast.tang).get(f"/notices/{notice.code}/windows/{window.id}.ics").data)


def test_a_window_is_planned_once_however_its_numbers_are_typed(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast)
    for _ in range(2):
        assert browser(cast.writer).post(f"/desk/notices/{notice.code}/windows", data=SENT).status_code == 303
    window = only(cast)
    assert (window.minutes, window.starts_at.isoformat()) == (90, "2026-04-25T14:00:00+00:00")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": "2028-02-29", "repeat": "yearly"}, "29 February comes only every four years."),
        ({"day": "2026-05-31", "repeat": "monthly_on_day"}, "Not every month has this day."),
        ({"day": "soon"}, "Write the day like 2026-12-05."),
        ({"at": "25:00"}, "Write the time like 22:00."),
        ({"minutes": "two"}, "Write the number of minutes"),
        ({"minutes": "0"}, "between one minute and seven days"),
        ({"day": "2026-04-01"}, "This moment has passed."),
        ({"until": "later"}, "Write the day like 2026-12-05."),
    ],
)
def test_what_cannot_be_says_where_and_keeps_what_was_typed(
    cast: Cast, browser: Browser, changed: dict[str, str], words: str
) -> None:
    notice = maintenance(cast, expires_on=date(2030, 1, 1))
    page = browser(cast.writer).post(f"/desk/notices/{notice.code}/windows", data={**SENT, **changed})
    assert page.status_code == 422
    assert words in page.text
    for value in changed.values():
        assert f'value="{value}"' in page.text
    assert cast.session.scalars(select(MaintenanceWindow)).all() == []


def test_the_desk_moves_it_leaves_a_day_out_and_calls_it_off(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice, repeat=Repeat.WEEKLY)
    writer, path = browser(cast.writer), f"/desk/notices/{notice.code}/windows/{window.id}"
    assert 'value="2026-04-25"' in writer.get(path).text
    assert writer.post(f"{path}/skip", data={"day": "2026-05-02"}).status_code == 303
    assert writer.post(path, data={**SENT, "day": "2026-04-26", "repeat": "weekly"}).status_code == 303
    assert only(cast).sequence == 2
    assert writer.post(f"{path}/off", data={"reason": "", "once": "b"}).status_code == 422
    assert writer.post(f"{path}/off", data={"reason": "No parts.", "once": "b"}).status_code == 303
    assert only(cast).cancelled_because == "No parts."
    assert "No parts." in writer.get(path).text


def test_a_day_that_can_not_be_left_out_is_answered_with_a_sentence(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice, repeat=Repeat.WEEKLY)
    path = f"/desk/notices/{notice.code}/windows/{window.id}/skip"
    page = browser(cast.writer).post(path, data={"day": "2026-05-03"}, follow_redirects=True).text
    assert "The window does not come on this day." in page
    assert only(cast).skipped == []


def test_a_window_within_a_day_names_the_day_once(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast)
    a_window(cast, notice)
    a_window(cast, notice, at=time(23, 30))
    page = browser(cast.tang).get(f"/notices/{notice.code}").text
    assert "25 April 22:00 to 00:00" not in page
    assert "25 April 22:00 to 26 April 00:00" in page
    a_window(cast, notice, at=time(20))
    assert "25 April 20:00 to 22:00" in browser(cast.tang).get(f"/notices/{notice.code}").text


def test_another_window_is_not_found(cast: Cast, browser: Browser) -> None:
    notice, other = maintenance(cast), maintenance(cast)
    window = a_window(cast, other)
    writer = browser(cast.writer)
    assert writer.get(f"/desk/notices/{notice.code}/windows/{window.id}").status_code == 404
    assert writer.post(f"/desk/notices/{notice.code}/windows/{uuid4()}/off", data={}).status_code == 404
    assert browser(cast.tang).get(f"/notices/{notice.code}/windows/{window.id}.ics").status_code == 404


def test_the_notice_and_the_home_page_show_it_before_it_begins(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast)
    a_window(cast, notice)
    tang = browser(cast.tang)
    assert "25 April 22:00" in tang.get(f"/notices/{notice.code}").text
    home = tang.get("/").text
    assert "Planned maintenance" in home
    assert "25 April 22:00" in home


def test_the_home_page_says_nothing_of_what_is_far_off_or_concerns_others(cast: Cast, browser: Browser) -> None:
    far = maintenance(cast)
    a_window(cast, far, day=date(2026, 5, 20))
    others = maintenance(cast, products=[ProductRange("lis", "", {"en": "LIS"}, {}, "all")])
    a_window(cast, others)
    assert "Planned maintenance" not in browser(cast.tang).get("/").text


def test_the_calendar_file_keeps_its_id_and_counts_every_change(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice, repeat=Repeat.WEEKLY)
    first = event(in_calendar(cast, browser, notice, window))
    assert first == {
        "UID": f"{window.id}@plainport", "SEQUENCE": "0", "STATUS": "CONFIRMED", "DTSTART": "20260425T220000",
    }  # fmt: skip
    change_window(cast.session, window, notice, a_plan(date(2026, 4, 26), repeat=Repeat.WEEKLY), at=clock.now())
    skip_time(cast.session, window, day=date(2026, 5, 3), at=clock.now())
    text = in_calendar(cast, browser, notice, window)
    moved = event(text)
    assert (moved["UID"], moved["SEQUENCE"], moved["DTSTART"]) == (first["UID"], "2", "20260426T220000")
    for line in (b"RRULE:FREQ=WEEKLY", b"EXDATE;TZID=Asia/Shanghai:20260503T220000", b"BEGIN:VTIMEZONE"):
        assert line in text
    call_off(cast.session, window, reason="No parts.", at=clock.now())
    off = event(in_calendar(cast, browser, notice, window))
    assert (off["STATUS"], off["SEQUENCE"]) == ("CANCELLED", "3")


def test_a_stranger_gets_no_calendar_file(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast, scope=NoticeScope.TARGETED)
    window = a_window(cast, notice)
    assert browser(cast.stranger).get(f"/notices/{notice.code}/windows/{window.id}.ics").status_code == 404


def test_a_persons_own_calendar_has_the_maintenance_that_concerns_them(cast: Cast, browser: Browser) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice)
    a_notice(cast)
    tang = browser(cast.tang)
    tang.post("/calendar")
    page = tang.get("/calendar").text
    address = page[page.index("http://localhost/calendar/") :].split(".ics")[0].removeprefix("http://localhost")
    found = event(tang.get(f"{address}.ics").data)
    assert found["UID"] == f"{window.id}@plainport"
