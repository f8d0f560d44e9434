"""Chromium for the tests that need one, and axe-core, which finds what keeps people from using a page."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
# No graphics card, no calls home: what is tested is our pages.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RUN_AXE = """async (rules) => {
    const options = rules === null ? {} : {runOnly: {type: 'rule', values: rules}};
    const found = await axe.run(document, {...options, resultTypes: ['violations']});
    return found.violations.map(one => ({rule: one.id, help: one.help, places: one.nodes.map(node => node.html)}));
}"""


class Violation(NamedTuple):
    """Something on a page that keeps somebody from using it."""

    rule: str
    help: str
    places: list[str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole session; without one the test is skipped, unless all are required."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("PLAINPORT_REQUIRE_ALL") == "1":
            pytest.fail("Chromium is not installed. Run deploy/system-packages.sh tests.", pytrace=False)
        pytest.skip("Chromium is not installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A window with no cookies from other tests, on a wide desk."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def browser_page(browser_context: BrowserContext) -> Page:
    """An empty tab in a window of its own."""
    return browser_context.new_page()


def axe_violations(page: Page, *, only: Sequence[str] | None = None) -> list[Violation]:
    """Everything axe-core finds on the page as it is now; `only` names the rules to run, such as `color-contrast`."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE, None if only is None else list(only))
    return [Violation(**one) for one in found]
