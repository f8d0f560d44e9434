"""Somebody who never reaches for the mouse: from place to place with Tab, and every button with Enter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import Locator

from tests.journeys.reader import FIRST_MAIN, Reader

_MOST_TABS = 400
_IS_WHOLE = "() => !document.querySelector('.htmx-request')"
_IS_HERE = "place => place === document.activeElement"
_IS_IN_GROUP = "place => document.activeElement.type === 'radio' && document.activeElement.name === place.name"
_IS_AT_THE_TOP = "() => document.activeElement === document.body && !location.hash"
_IS_CONTENT = "() => document.activeElement.matches('main')"
_IS_IN_CONTENT = "place => Boolean(place.closest('main'))"
_CHOSEN = "chooser => [chooser.value, chooser.selectedOptions[0].label]"
_IS_SHUT_IN = "place => Boolean(place.closest('details:not([open])')) && !place.matches('details > summary')"
_HAS_NO_RING = """() => {
    const here = document.activeElement;
    const looks = [getComputedStyle(here), getComputedStyle(here, '::after')];
    if (here.nextElementSibling) {
        looks.push(getComputedStyle(here.nextElementSibling));
    }
    return here.tagName !== 'BODY' && looks.every(look => look.outlineStyle === 'none');
}"""
"""A radio's ring is drawn around its label, and a row's around the whole row."""
_MARKUP = "document.activeElement.outerHTML.slice(0, 120)"


@dataclass
class Typist(Reader):
    """A window that is worked by keyboard alone; whoever can't see where they are notes it as a fault."""

    beside: list["Typist"] = field(default_factory=list)
    """Windows of the same person in other languages, which look at every page that is come to here."""

    def press(self, selector: str) -> Self:
        """Go to a button or a link, and press Enter."""
        self.reach(self.page.locator(selector).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.look()

    def keys(self, *keys: str) -> Self:
        """Press keys of the page, one after the other; Enter leads to another page."""
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        if keys[-1] != "Enter":
            self.page.keyboard.press(keys[-1])
            return self
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.look()

    def type(self, words: str) -> Self:
        """Type where the focus is."""
        self.page.keyboard.insert_text(words)
        return self

    @property
    def words(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def look(self) -> Self:
        """Look at the page, here and beside."""
        is_new = len(self.seen)
        super().look()
        if len(self.seen) > is_new:
            for each in self.beside:
                each.open(self.page.url)
        return self

    def send(self, values: Mapping[str, str], button: str = FIRST_MAIN) -> Self:
        """Fill in and send the page's form, which takes it."""
        super().send(values, button)
        assert self.page.locator("#errors").count() == 0, f"{self.path}: {self.page.locator('#errors').inner_text()}"
        return self

    def fill(self, values: Mapping[str, str]) -> None:
        """Go to the fields that the page has, and type."""
        for name, value in values.items():
            choice = self.page.locator(f'main input[type=radio][name="{name}"][value="{value}"]')
            chooser = self.page.locator(f'main select[name="{name}"]')
            text = self.page.locator(f'main textarea[name="{name}"], main input[name="{name}"]:not([type=radio])')
            if choice.count():
                self._choose(choice.first)
            elif chooser.count():
                self._pick(chooser.first, value)
            elif text.count():
                self._type(text.first, value)

    def settle(self) -> None:
        """Wait until the page is whole: nothing is being fetched for it any more."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_function(_IS_WHOLE)

    def reach(self, place: Locator) -> None:
        """Press Tab until a place has the focus; what it is shut in is opened on the way."""
        while place.evaluate(_IS_SHUT_IN):
            self.reach(place.locator("xpath=ancestor::details[not(@open)][last()]/summary"))
            self.page.keyboard.press("Enter")
        self._skip_the_menu(place)
        self._tab_until(place, _IS_HERE)

    def _skip_the_menu(self, place: Locator) -> None:
        """Go straight to the content, by the first link of the page, where the place is in it."""
        if self.page.evaluate(_IS_AT_THE_TOP) and place.evaluate(_IS_IN_CONTENT):
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
            assert self.page.evaluate(_IS_CONTENT), f"{self.path}: the first link doesn't lead to the content"

    def _tab_until(self, place: Locator, is_there: str) -> None:
        for _ in range(_MOST_TABS):
            if place.evaluate(is_there):
                return self._see_where()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {place} on {self.path}")

    def _see_where(self) -> None:
        if self.page.evaluate(_HAS_NO_RING):
            self.faults.append(f"{self.path}: nothing shows where the focus is: {self.page.evaluate(_MARKUP)}")

    def _choose(self, choice: Locator) -> None:
        self._skip_the_menu(choice)
        self._tab_until(choice, _IS_IN_GROUP)
        while not choice.evaluate(_IS_HERE):
            self.page.keyboard.press("ArrowDown")
        if not choice.is_checked():
            self.page.keyboard.press("Space")
        self.settle()

    def _pick(self, chooser: Locator, value: str) -> None:
        self.reach(chooser)
        self.page.keyboard.press("Home")
        while value not in chooser.evaluate(_CHOSEN):
            self.page.keyboard.press("ArrowDown")
        self.settle()

    def _type(self, field: Locator, value: str) -> None:
        self.reach(field)
        if field.get_attribute("type") == "date":
            year, month, day = value.split("-")
            self.page.keyboard.type(month + day + year)  # as this browser asks for a day
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(value)
