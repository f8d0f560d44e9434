"""Our own script: small comforts on pages that do without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.portal.ui import gallery

pytestmark = pytest.mark.browser

PASTE = """() => {
    const clipboard = new DataTransfer();
    clipboard.items.add(new File(["pixels"], "image.png", {type: "image/png"}));
    document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
SEND_AN_ANSWER = """status => document.body.dispatchEvent(
    new CustomEvent("htmx:responseError", {bubbles: true, detail: {xhr: {status}}})
)"""
LOSE_THE_SERVER = "document.body.dispatchEvent(new CustomEvent('htmx:sendError', {bubbles: true}))"
REACH_THE_SERVER = "document.body.dispatchEvent(new CustomEvent('htmx:afterOnLoad', {bubbles: true}))"
SETTLE = "document.querySelector('main').dispatchEvent(new CustomEvent('htmx:afterSettle', {bubbles: true}))"


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with a form, an error summary and an upload."""
    written = list(gallery.write(tmp_path_factory.mktemp("script")))
    return next(path for path in written if path.name == "intake.en.light.html")


@pytest.fixture
def page(chromium: Browser, intake: Path) -> Iterator[Page]:
    """Return that page, open."""
    tab = chromium.new_page()
    tab.goto(intake.as_uri())
    yield tab
    tab.close()


def test_a_pasted_screenshot_is_among_the_files_to_send(page: Page) -> None:
    page.evaluate(PASTE)
    page.evaluate(PASTE)
    assert (
        page.evaluate("Array.from(document.querySelector('#pictures').files).map(file => file.name)")
        == ["image.png"] * 2
    )
    assert page.get_by_text("A picture from your clipboard is added.").is_visible()


def test_a_lost_server_is_told_once_and_says_what_is_kept(page: Page) -> None:
    page.evaluate(LOSE_THE_SERVER)
    page.evaluate(SEND_AN_ANSWER, 503)
    assert page.get_by_role("alert").count() == 1
    assert "What you typed is still here" in page.get_by_role("alert").inner_text()


def test_the_warning_goes_once_the_server_answers_again(page: Page) -> None:
    page.evaluate(LOSE_THE_SERVER)
    page.evaluate(REACH_THE_SERVER)
    assert page.get_by_role("alert").count() == 0


def test_a_refusal_is_no_lost_server(page: Page) -> None:
    page.evaluate(SEND_AN_ANSWER, 404)
    assert page.get_by_role("alert").count() == 0


def test_the_reader_stands_at_the_summary_without_any_script(chromium: Browser, intake: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(intake.as_uri())
    assert tab.locator(":focus").get_attribute("id") == "errors"
    context.close()


def test_the_reader_stands_at_the_summary_after_a_piece_was_swapped(page: Page) -> None:
    page.locator("#version").focus()
    page.evaluate(SETTLE)
    assert page.locator(":focus").get_attribute("id") == "errors"


def test_the_pressed_button_says_that_it_works(page: Page) -> None:
    page.evaluate("document.querySelector('form.narrow').target = 'elsewhere'")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("button", name="Continue").get_attribute("aria-busy") == "true"
    assert page.get_by_role("button", name="Save and finish later").get_attribute("aria-busy") is None
