"""The board of surges, and what others read of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from portal.accounts.models import Agent, Contact
from portal.catalogue.models import Release
from portal.core import clock
from portal.incidents.models import Surge
from portal.notices.models import Notice
from portal.tickets.models import Ticket, TicketState
from tests.factories import limit_agent
from tests.portal.incidents.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
ONCE = {"once": "a" * 32}


@pytest.fixture
def surge(scene: Scene) -> Surge:
    """Return what ten hospitals have made suspected."""
    scene.report_all()
    found = scene.look()[0]
    scene.session.commit()
    return found


def declare(browser: FlaskClient, surge: Surge, next_by: str = "18:00") -> object:
    return browser.post(f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": next_by})


def test_it_shows_what_is_suspected_and_by_whom(scene: Scene, surge: Surge, as_: As) -> None:
    page = as_(scene.agent).get("/desk/surges").text
    assert "Perhaps one problem: 10 organisations" in page
    assert all(each.name in page for each in scene.hospitals)
    assert "10 of 10" in page


def test_a_release_that_was_entered_as_a_day_has_no_hour(scene: Scene, as_: As) -> None:
    day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for version, at in (("5.6.1", day), ("5.6.2", clock.now() - timedelta(hours=1))):
        scene.session.add(Release(product_code="his", version=version, published_at=at))
    scene.session.commit()
    released = as_(scene.agent).get("/desk/surges").text.partition('id="releases"')[2]
    assert "today 09:02" in released
    assert "21 April</td>" in released
    assert "today 08:00" not in released


def test_the_queue_leads_to_it(scene: Scene, surge: Surge, as_: As) -> None:
    assert "Perhaps one problem at many places" in as_(scene.agent).get("/desk").text


def test_one_click_declares_it_and_leads_to_the_draft(scene: Scene, surge: Surge, as_: As) -> None:
    answer = as_(scene.agent).post(f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": "10:30"})
    notice = scene.session.scalars(select(Notice)).one()
    assert (answer.status_code, answer.location) == (303, f"/desk/notices/{notice.code}")
    page = as_(scene.agent).get("/desk/surges").text
    assert "Declared incidents" in page
    assert "Customers were told that they hear more by 10:30." in page


def test_the_draft_lacks_nothing_but_that_a_colleague_reads_it(scene: Scene, surge: Surge, as_: As) -> None:
    declare(as_(scene.agent), surge, "10:30")
    page = as_(scene.agent).get(f"/desk/notices/{scene.session.scalars(select(Notice)).one().code}").text
    assert "2 things are missing before it can go out" in page
    assert page.count("Nobody has read") == 2


@pytest.mark.parametrize("typed", ["", "soon", "10:01", "25:00", "23:30"])
def test_a_time_that_can_not_be_said_is_refused_and_kept(scene: Scene, surge: Surge, as_: As, typed: str) -> None:
    answer = as_(scene.agent).post(f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": typed})
    assert answer.status_code == 422
    assert "Write a time that is still to come, like 18:00." in answer.text
    assert scene.session.scalars(select(Notice)).all() == []


def test_a_second_click_leads_to_the_same_incident(scene: Scene, surge: Surge, as_: As) -> None:
    first, second = (
        as_(each).post(f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": "18:00"})
        for each in (scene.agent, scene.second)
    )
    assert first.location == second.location
    assert len(scene.session.scalars(select(Notice)).all()) == 1


def test_a_new_time_can_be_said_and_it_can_be_over(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    declare(browser, surge)
    assert browser.post(f"/desk/surges/{surge.id}/next", data={**ONCE, "new_time": "１９：００"}).status_code == 303
    assert "hear more by 19:00" in browser.get("/desk/surges").text
    assert browser.post(f"/desk/surges/{surge.id}/end", data=ONCE).status_code == 303
    assert "Declared incidents" not in browser.get("/desk/surges").text


def test_what_is_over_says_so_with_its_notice_until_it_is_quiet(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    declare(browser, surge)
    code = scene.session.scalars(select(Notice.code)).one()
    browser.post(f"/desk/surges/{surge.id}/end", data=ONCE)
    scene.report(0, minutes_ago=-1)
    scene.session.commit()
    page = browser.get("/desk/surges").text
    assert f"It was declared as {code} by Chen Li, and is over since today 10:02." in page
    assert f'href="/desk/notices/{code}"' in page
    assert "1 organisation has reported it since then." in page
    assert "Perhaps one problem" not in page
    assert f"/desk/surges/{surge.id}/declare" not in page
    scene.look(minutes_later=40)
    scene.session.commit()
    assert code not in browser.get("/desk/surges").text


def test_whoever_declares_what_is_over_is_told_so(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    declare(browser, surge)
    browser.post(f"/desk/surges/{surge.id}/end", data=ONCE)
    second = as_(scene.second)
    late = second.post(f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": "18:00"})
    assert late.location == "/desk/surges#over"
    assert "It was declared before, and is over." in second.get("/desk/surges").text
    assert len(scene.session.scalars(select(Notice)).all()) == 1


def test_what_was_declared_keeps_its_organisations_and_says_when_all_are_helped(
    scene: Scene, surge: Surge, as_: As
) -> None:
    browser = as_(scene.agent)
    declare(browser, surge)
    scene.look(minutes_later=21)
    scene.session.commit()
    with clock.stopped_at(clock.now() + timedelta(minutes=21)):
        page = browser.get("/desk/surges").text
    assert all(each.name in page for each in scene.hospitals)
    assert "Still being reported" in page
    scene.session.execute(update(Ticket).values(state=TicketState.RESOLVED))
    scene.session.commit()
    page = browser.get("/desk/surges").text
    assert "All its tickets are solved" in page
    assert "Still being reported" not in page


def test_an_incident_that_was_found_twice_stands_there_once(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    declare(browser, surge)
    scene.session.refresh(surge)
    again = {"notice_id": surge.notice_id, "declared_at": surge.declared_at, "raised_at": surge.raised_at}
    place = {"product_code": "his", "module_code": "orders", "fault_type": "his-fault", "fingerprint": ""}
    scene.session.add(Surge(**place, **again, organisations=10, quiet_at=clock.now()))
    scene.session.commit()
    page = browser.get("/desk/surges").text
    assert page.count("Customers were told that they hear more by") == 1
    assert "Still being reported" in page


def test_what_was_not_declared_has_no_new_time(scene: Scene, surge: Surge, as_: As) -> None:
    assert as_(scene.agent).post(f"/desk/surges/{surge.id}/end", data=ONCE).status_code == 404


def test_an_agent_of_other_products_sees_none_of_it(scene: Scene, surge: Surge, as_: As) -> None:
    from tests.factories import a_product

    a_product(scene.session, "lis", {"en": "LIS"})
    limit_agent(scene.session, scene.second, products=("lis",))
    browser = as_(scene.second)
    page = browser.get("/desk/surges").text
    assert "Perhaps one problem" not in page
    assert "Hospital" not in page
    assert browser.post(f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": "18:00"}).status_code == 404


def test_an_agent_of_one_organisation_learns_nothing_of_the_others(scene: Scene, surge: Surge, as_: As) -> None:
    limit_agent(scene.session, scene.second, organisations=(scene.hospitals[0],))
    page = as_(scene.second).get("/desk/surges").text
    assert "Perhaps one problem" not in page
    assert "Hospital 1" not in page


def test_customers_have_no_board(scene: Scene, as_: As) -> None:
    assert as_(scene.contacts[0]).get("/desk/surges").status_code == 403
