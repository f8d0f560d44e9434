"""What the queue says of surges while somebody looks at it."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.accounts.models import Agent, Contact
from portal.core import clock
from portal.incidents import services
from portal.incidents.models import Surge
from tests.factories import limit_agent
from tests.portal.incidents.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
NEWS = "Perhaps one problem at many places."
OVER = "Nothing looks like one problem at many places any more."


@pytest.fixture
def surge(scene: Scene) -> Surge:
    """Return what ten hospitals have made suspected."""
    scene.report_all()
    found = scene.look()[0]
    scene.session.commit()
    return found


def known_on(page: str) -> str:
    """Return which surges a queue shows, as it says when it asks for news."""
    found = re.search(r'id="surges-known" name="surges" value="([^"]*)"', page)
    return found[1] if found else ""


def news(browser: FlaskClient, surges: str = "", told: str = "") -> str:
    shown = ",".join(re.findall(r"T-\d{4}-\d{6}", browser.get("/desk?lane=unassigned").text))
    asked = {"lane": "unassigned", "shown": shown, "surges": surges, "told": told}
    return browser.get("/desk/refresh", query_string=asked).text


def test_a_new_one_is_announced_and_nothing_else_moves(scene: Scene, surge: Surge, as_: As) -> None:
    piece = news(as_(scene.agent))
    assert NEWS in piece
    assert 'id="suspected"' not in piece


def test_it_is_announced_once(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    told = re.search(r'id="queue-told" value="([^"]*)"', news(browser))
    assert told is not None
    assert NEWS not in news(browser, told=told[1]).replace(told[0], "")


def test_what_the_page_shows_already_is_no_news(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    known = known_on(browser.get("/desk").text)
    assert known
    assert NEWS not in news(browser, surges=known)


def test_another_one_beside_it_is_announced(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    known = known_on(browser.get("/desk").text)
    for number in range(10):
        scene.report(number, minutes_ago=1, fingerprint="e2")
    scene.look(minutes_later=1)
    scene.session.commit()
    assert NEWS in news(browser, surges=known)


def test_what_a_colleague_put_aside_is_taken_back(scene: Scene, surge: Surge, as_: As) -> None:
    browser = as_(scene.agent)
    known = known_on(browser.get("/desk").text)
    services.put_aside(scene.session, surge, reason="Training", by=scene.actor(scene.second), at=clock.now())
    scene.session.commit()
    assert OVER in news(browser, surges=known)
    assert OVER not in news(browser)


def test_an_agent_who_does_not_see_it_hears_nothing(scene: Scene, surge: Surge, as_: As) -> None:
    limit_agent(scene.session, scene.second, organisations=(scene.hospitals[0],))
    assert "one problem" not in news(as_(scene.second))


def test_strange_things_in_the_address_are_no_news(scene: Scene, as_: As) -> None:
    assert "one problem" not in news(as_(scene.agent), surges=",,")
