"""The tests' own browser sees what a person would, and axe-core finds what it should."""

import pytest
from playwright.sync_api import Page

from tests.browser import axe_violations

pytestmark = pytest.mark.browser
GOOD = "<!doctype html><html lang=en><title>Home</title><main><h1>Home</h1></main></html>"


def test_axe_finds_a_picture_without_words(browser_page: Page) -> None:
    browser_page.set_content(GOOD.replace("</main>", "<img src='data:,'></main>"))
    assert [violation.rule for violation in axe_violations(browser_page)] == ["image-alt"]


def test_axe_finds_nothing_on_a_sound_page(browser_page: Page) -> None:
    browser_page.set_content(GOOD)
    assert axe_violations(browser_page) == []


def test_axe_runs_only_the_rules_asked_for(browser_page: Page) -> None:
    browser_page.set_content(GOOD.replace("</main>", "<img src='data:,'></main>"))
    assert axe_violations(browser_page, only=["color-contrast"]) == []
