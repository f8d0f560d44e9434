"""An agent with tickets due before noon, and no mouse."""

from collections.abc import Callable
from itertools import count

import pytest

from tests.journeys.clicking import Clicking
from tests.journeys.live import Live
from tests.journeys.reader import Reader, Sight

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Open = Callable[[Sight], Reader]
FOCUSED = "document.activeElement.getAttribute('href')"
CALL = {"phone": "010-5555-0123", "name": "王护士", "organisation": "城北医院"}
_callers = count(1)


def _call(live: Live, words: str) -> None:
    """Ask for a call-back from an address of its own: one address may ask only so many times an hour."""
    caller = Clicking.on(live)
    caller.client.environ_base["REMOTE_ADDR"] = f"127.0.1.{next(_callers)}"
    caller.open("/emergency").send("/emergency", {"what": words, **CALL})
    assert caller.path.startswith("/emergency/received/")


@pytest.fixture
def agent(live: Live, a_reader: Open) -> Reader:
    """Return an agent at the queue, with at least two tickets in it and the clock of the window in hand."""
    for words in ("门诊挂号打不开", "住院清单打不开"):
        _call(live, words)
    reader = a_reader(Sight())
    reader.page.clock.install()
    return reader.sign_in("chen").open("/desk")


def test_the_queue_is_worked_without_a_mouse(agent: Reader) -> None:
    keyboard, page = agent.page.keyboard, agent.page
    keyboard.press("j")
    first = page.evaluate(FOCUSED)
    keyboard.press("j")
    second = page.evaluate(FOCUSED)
    assert first != second
    keyboard.press("k")
    assert page.evaluate(FOCUSED) == first
    keyboard.press("x")
    assert page.locator("input[name=t]:checked").count() == 1
    with page.expect_navigation():
        page.get_by_role("button", name="接手选中的").press("Enter")
    assert page.url.partition("?")[0].endswith("/desk/chosen")
    assert "已完成" in agent.look().page.content()
    assert agent.faults == []


def test_a_ticket_is_answered_and_left_without_a_mouse(agent: Reader) -> None:
    keyboard, page = agent.page.keyboard, agent.page
    keyboard.press("j")
    with page.expect_navigation():
        keyboard.press("Enter")
    keyboard.press("r")
    keyboard.type("rnau j")
    assert page.locator("#reply-body").input_value().strip().endswith("rnau j")
    page.locator("#reply-body").blur()
    keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "note-body"
    page.locator("#note-body").blur()
    with page.expect_navigation():
        keyboard.press("u")
    assert page.url.endswith("/desk")


def test_the_keys_are_shown_and_can_be_switched_off(agent: Reader) -> None:
    keyboard, page = agent.page.keyboard, agent.page
    keyboard.press("?")
    assert page.locator("#keys").get_attribute("open") is not None
    page.locator("[data-keys-switch]").click()
    assert page.locator("[data-keys-switch]").get_attribute("aria-pressed") == "true"
    page.locator("h1").click()
    keyboard.press("j")
    assert page.evaluate(FOCUSED) is None
    page.locator("[data-keys-switch]").click()
    assert agent.look().faults == []


def test_what_is_new_is_said_and_nothing_moves(live: Live, agent: Reader) -> None:
    page = agent.page
    agent.page.keyboard.press("j")
    focused, place = page.evaluate(FOCUSED), page.locator("[data-row]").first.bounding_box()
    rows = page.locator("[data-row]").count()
    _call(live, "检验科连不上")
    with page.expect_response("**/desk/refresh*"):
        page.clock.run_for(31_000)
    page.locator("#queue-news a").wait_for()
    assert "新到 1 件工单" in page.locator("#queue-news").inner_text()
    assert page.locator("[data-row]").count() == rows
    assert page.locator("[data-row]").first.bounding_box() == place
    assert page.evaluate(FOCUSED) == focused
    agent.press("#queue-news a")
    assert "检验科连不上" in page.content()
    assert agent.faults == []
