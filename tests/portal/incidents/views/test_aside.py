"""Putting a surge aside on its page, and taking that back."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.accounts.models import Agent, Contact, Person
from portal.incidents.models import Surge
from tests.factories import limit_agent
from tests.portal.incidents.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
ONCE = {"once": "a" * 32}
STRIP = "Perhaps one problem at many places"
IN_OTHER_WORDS = {
    "zh_Hans": ("已搁置", "这不是同一个问题"),
    "zh_Hant": ("已擱置", "這不是同一個問題"),
    "en": ("Put aside", "It is not one problem"),
}


@pytest.fixture
def surge(scene: Scene) -> Surge:
    """Return what ten hospitals have made suspected."""
    scene.report_all()
    found = scene.look()[0]
    scene.session.commit()
    return found


def put_aside(browser: FlaskClient, surge: Surge, reason: str = "Training today") -> str:
    return browser.post(f"/desk/surges/{surge.id}/aside", data={**ONCE, "reason": reason}, follow_redirects=True).text


def test_it_leaves_the_queue_and_stands_below_with_its_reason(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    assert STRIP in browser.get("/desk").text
    page = put_aside(browser, surge)
    assert "Put aside today 10:02 by Chen Li: Training today" in page
    assert "Declare an incident" not in page
    assert STRIP not in as_(scene.second).get("/desk").text


def test_a_reason_is_asked_for_and_what_was_typed_is_kept(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    assert "Write why it is not one problem" in put_aside(browser, surge, " ")
    page = put_aside(browser, surge, "long " * 61)
    assert "Please shorten this to 300 characters." in page
    assert "long long" in page


def test_a_colleague_can_take_it_back_and_that_stands_beside_it(scene: Scene, surge: Surge, as_: As) -> None:
    put_aside(as_(scene.agent), surge)
    second = as_(scene.second)
    page = second.post(f"/desk/surges/{surge.id}/aside/removal", data=ONCE, follow_redirects=True).text
    assert "Taken back today 10:02 by Wang Min." in page
    assert "Declare an incident" in page
    assert STRIP in second.get("/desk").text


def test_who_comes_second_reads_the_first_reason(scene: Scene, surge: Surge, as_: As) -> None:
    put_aside(as_(scene.agent), surge)
    page = put_aside(as_(scene.second), surge, "Something else")
    assert "A colleague has put it aside already." in page
    assert "by Chen Li: Training today" in page
    assert "Something else" not in page


def test_what_was_put_aside_is_not_declared_by_an_old_page(scene: Scene, surge: Surge, as_: As) -> None:
    put_aside(as_(scene.agent), surge)
    page = as_(scene.second).post(
        f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": "18:00"}, follow_redirects=True
    )
    assert "A colleague has put it aside. Take that back first, then declare it." in page.text


def test_what_was_declared_meanwhile_is_not_put_aside(scene: Scene, surge: Surge, as_: As) -> None:
    as_(scene.agent).post(f"/desk/surges/{surge.id}/declare", data={**ONCE, "next_by": "18:00"})
    answer = as_(scene.second).post(f"/desk/surges/{surge.id}/aside", data={**ONCE, "reason": "Training"})
    assert answer.status_code == 422
    assert "It was declared an incident meanwhile." in answer.text


@pytest.mark.parametrize("locale", IN_OTHER_WORDS)
def test_it_reads_well_in_every_language(scene: Scene, surge: Surge, as_: As, locale: str) -> None:
    scene.session.get_one(Person, scene.agent.person_id).locale = locale
    scene.session.commit()
    browser = as_(scene.agent)
    head, offer = IN_OTHER_WORDS[locale]
    assert offer in browser.get("/desk/surges").text
    assert f">{head}</h2>" in put_aside(browser, surge)


@pytest.mark.parametrize("way", ["aside", "aside/removal"])
def test_an_agent_who_does_not_see_it_finds_nothing(scene: Scene, surge: Surge, as_: As, way: str) -> None:
    limit_agent(scene.session, scene.second, organisations=(scene.hospitals[0],))
    answer = as_(scene.second).post(f"/desk/surges/{surge.id}/{way}", data={**ONCE, "reason": "Training"})
    assert answer.status_code == 404


def test_the_mail_about_it_is_not_sent_any_more(scene: Scene, surge: Surge, as_: As) -> None:
    from portal.incidents import queries

    put_aside(as_(scene.agent), surge)
    assert queries.still_suspected(scene.session, surge.id, scene.second.person_id) is None


def test_customers_put_nothing_aside(scene: Scene, surge: Surge, as_: As) -> None:
    assert as_(scene.contacts[0]).post(f"/desk/surges/{surge.id}/aside", data=ONCE).status_code == 403
