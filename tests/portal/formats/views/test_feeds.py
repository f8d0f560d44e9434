"""Feeds of notices: everyone's, and an organisation's own behind an address that can be taken back."""

import re
from datetime import date, time
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from flask.testing import FlaskClient

from portal.accounts.models import Contact
from portal.core import clock
from portal.core.actor import Role
from portal.notices import services
from portal.notices.models import MaintenanceWindow, NoticeKind, NoticeScope, ProductRange
from portal.notices.services.windows import Plan, call_off, plan_window
from tests import factories
from tests.portal.formats.conftest import Browser
from tests.portal.notices.cast import Cast, a_notice, revise

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def manager(cast: Cast) -> Contact:
    found = factories.a_contact(cast.session, cast.qinghe, name="He Manager", role=Role.MANAGER)
    cast.session.commit()
    return found


def own_address(cast: Cast, browser: Browser) -> str:
    """Make an address for the organisation and return its path."""
    boss = browser(manager(cast))
    assert boss.post("/feeds/link").status_code == 303
    found = re.search(r'value="http://localhost(/feeds/[^/"]+)/notices\.atom"', boss.get("/feeds").text)
    assert found is not None
    return found[1]


def titles(client: FlaskClient, path: str, **headers: str) -> list[str | None]:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return [each.text for each in ET.fromstring(answer.data).findall("a:entry/a:title", ATOM)]


def test_the_public_feed_has_what_everyone_may_read(cast: Cast, client: FlaskClient) -> None:
    a_notice(cast)
    a_notice(cast, scope=NoticeScope.CUSTOMERS)
    assert titles(client, "/feeds/notices.atom") == ["Rainy season (en)"]


def test_it_speaks_the_readers_language_or_the_one_in_the_address(cast: Cast, client: FlaskClient) -> None:
    a_notice(cast)
    assert titles(client, "/feeds/notices.atom", **{"Accept-Language": "zh-TW"}) == ["Rainy season (zh_Hant)"]
    assert titles(client, "/feeds/notices.atom?language=zh_Hans") == ["Rainy season (zh_Hans)"]


def test_an_atom_entry_says_what_changed_when_and_where_to_read(cast: Cast, client: FlaskClient) -> None:
    notice = revise(cast, a_notice(cast))
    root = ET.fromstring(client.get("/feeds/notices.atom").data)
    entry = root.find("a:entry", ATOM)
    assert entry is not None
    assert entry.findtext("a:id", None, ATOM) == f"tag:localhost,2026:notices:{notice.code}"
    assert entry.findtext("a:updated", None, ATOM) == "2026-04-21T02:02:00Z" == root.findtext("a:updated", None, ATOM)
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == f"http://localhost/notices/{notice.code}"


def test_a_feed_that_has_not_changed_is_not_sent_again(cast: Cast, client: FlaskClient) -> None:
    a_notice(cast)
    first = client.get("/feeds/notices.atom")
    again = client.get("/feeds/notices.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_the_calendar_has_the_days_by_which_something_is_to_be_done(cast: Cast, client: FlaskClient) -> None:
    notice = revise(cast, a_notice(cast))
    a_notice(cast, act_by=None, action="none")
    answer = client.get("/feeds/notices.ics")
    assert answer.mimetype == "text/calendar"
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"]) == (f"{notice.code}@localhost", 2)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 4, 30), date(2026, 5, 1))
    assert event["SUMMARY"] == "To be done by today: Rainy season (en)"


def a_window(cast: Cast, **values: Any) -> MaintenanceWindow:
    """Plan maintenance of a notice that everyone may read, on an evening in April."""
    notice = a_notice(cast, kind=NoticeKind.MAINTENANCE, action="none", act_by=None, **values)
    plan = Plan(day=date(2026, 4, 25), at=time(22), minutes=120, time_zone="Asia/Shanghai")
    window = plan_window(cast.session, notice, plan, by=cast.author, at=clock.now())
    cast.session.commit()
    return window


def test_planned_maintenance_stands_in_everyones_calendar_and_leaves_it_again(cast: Cast, client: FlaskClient) -> None:
    window = a_window(cast)
    (event,) = icalendar.Calendar.from_ical(client.get("/feeds/notices.ics").data).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (f"{window.id}@plainport", 0, "CONFIRMED")
    call_off(cast.session, window, reason="No parts.", at=clock.now())
    cast.session.commit()
    (event,) = icalendar.Calendar.from_ical(client.get("/feeds/notices.ics").data).walk("VEVENT")
    assert (event["SEQUENCE"], event["STATUS"]) == (1, "CANCELLED")


def test_an_organisations_calendar_has_the_maintenance_that_concerns_it(
    cast: Cast, browser: Browser, client: FlaskClient
) -> None:
    window = a_window(cast, scope=NoticeScope.TARGETED)
    a_window(cast, products=[ProductRange("lis", "", {"en": "LIS"}, {}, "all")])
    path = own_address(cast, browser)
    (event,) = icalendar.Calendar.from_ical(client.get(f"{path}/notices.ics").data).walk("VEVENT")
    assert event["UID"] == f"{window.id}@plainport"


def test_the_list_is_there_as_json(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    found = client.get("/feeds/notices.json").get_json()
    assert found["schema"] == "plainport-notices/1"
    assert [(each["code"], each["act_by"], each["language"]) for each in found["notices"]] == [
        (notice.code, "2026-04-30", "en")
    ]


def test_an_organisation_reads_its_own_behind_a_secret_address(
    cast: Cast, browser: Browser, client: FlaskClient
) -> None:
    a_notice(cast, scope=NoticeScope.TARGETED)
    address = own_address(cast, browser)
    assert titles(client, "/feeds/notices.atom") == []
    assert titles(client, f"{address}/notices.atom") == ["Rainy season (zh_Hans)"]
    answer = client.get(f"{address}/notices.json")
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("private, no-cache", "noindex")


def test_one_that_was_taken_back_or_made_anew_works_no_more(cast: Cast, browser: Browser, client: FlaskClient) -> None:
    address = own_address(cast, browser)
    boss = browser(manager(cast))
    boss.post("/feeds/link")
    assert client.get(f"{address}/notices.atom").status_code == 404
    boss.post("/feeds/link/revoke")
    assert "no address of its own" in boss.get("/feeds").text


def test_colleagues_see_the_address_and_only_managers_make_one(cast: Cast, browser: Browser) -> None:
    address = own_address(cast, browser)
    tang = browser(cast.tang)
    assert address in tang.get("/feeds").text
    assert tang.post("/feeds/link").status_code == 403
    assert address not in browser(cast.stranger).get("/feeds").text


@pytest.mark.parametrize("path", ["/feeds/notices.xml", "/feeds/nonsense/notices.atom", "/feeds/x/notices.exe"])
def test_what_is_not_there_is_not_there(client: FlaskClient, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_notice_that_was_taken_back_leaves_the_feed(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    services.withdraw(cast.session, notice, reason="Wrong.", by=cast.author, at=clock.now())
    cast.session.commit()
    assert titles(client, "/feeds/notices.atom") == []
