"""Somebody at a computer or a phone, who looks at every page they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from playwright.sync_api import BrowserContext, Page

from tests.browser import axe_violations

CONTRAST = ["color-contrast"]
_MOST_PAGES = 30
_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FIRST_MAIN = "main form[method=post] button.btn--main, main form[method=post] button.btn--stop"


@dataclass(frozen=True)
class Sight:
    """How somebody looks at the portal."""

    has_script: bool = True
    width: int = 1280
    theme: Literal["light", "dark"] = "light"
    locale: str = "zh_Hans"

    def __str__(self) -> str:
        """Name it in a list of tests."""
        return f"{'script' if self.has_script else 'plain'}-{self.width}-{self.theme}-{self.locale}"


@dataclass
class Reader:
    """A window, and the faults of the pages that were seen in it."""

    page: Page
    sight: Sight
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @classmethod
    def at(cls, context: BrowserContext, sight: Sight, address: str) -> Self:
        """Sit down and choose a language."""
        context.add_cookies([{"name": "locale", "value": sight.locale, "url": address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        reader = cls(page, sight)
        page.on("pageerror", lambda error: reader.faults.append(f"script: {error}"))
        page.on("console", lambda said: reader.faults.append(said.text) if "Content Security" in said.text else None)
        return reader

    def open(self, path: str) -> Self:
        """Open a page and look at it."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status < 400, f"{path}: {response.status}"
        return self.look()

    def sign_in(self, person: str) -> Self:
        """Sign in as one of the demo's people."""
        self.page.goto("/sign-in")
        self.look()
        self.press(f'button[name=person][value="{person}"]')
        return self

    def press(self, selector: str) -> Self:
        """Press a button or a link that leads to another page, and look at it."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        return self.look()

    def send(self, values: Mapping[str, str], button: str = FIRST_MAIN) -> Self:
        """Fill in and send the page's form."""
        self.fill(values)
        return self.press(button)

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill in the fields that the page has; an answer may bring further ones with it."""
        for name, value in values.items():
            choice = self.page.locator(f'main input[name="{name}"][value="{value}"]')
            text = self.page.locator(f'main textarea[name="{name}"], main input[name="{name}"]:not([type=radio])')
            chooser = self.page.locator(f'main select[name="{name}"]')
            if choice.count():
                choice.first.check(force=True)
                self.settle()
            elif chooser.count():
                chooser.first.select_option(value)
                self.settle()
            elif text.count() and text.first.is_visible():
                text.first.fill(value)

    def answer_until(self, end: str, values: Mapping[str, str]) -> Self:
        """Answer page after page until an address with these words is reached."""
        for _ in range(_MOST_PAGES):
            if end in self.page.url:
                return self
            self.send(values)
        raise AssertionError(f"never came to {end}: still at {self.page.url} with {self.heading}")

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").first.inner_text()

    @property
    def path(self) -> str:
        """Where the reader is."""
        return "/" + self.page.url.split("/", 3)[3].partition("?")[0].partition("#")[0]

    def look(self) -> Self:
        """Note what keeps somebody from using the page; each one is looked at once."""
        self.settle()
        place = f"{self.path} {self.heading} {self.page.locator('#errors').count()}"
        if place not in self.seen:
            self.seen.add(place)
            self.faults += [f"{self.path} [{self.sight}]: {each}" for each in self._faults()]
        return self

    def contrast_faults(self) -> list[str]:
        """Return what is hard to read in the colours of now."""
        return [f"{self.path}: {each.rule} {each.places[:2]}" for each in axe_violations(self.page, only=CONTRAST)]

    def settle(self) -> None:
        """Wait until the page is whole."""
        self.page.wait_for_load_state("networkidle")

    def _faults(self) -> list[str]:
        found = ["scrolls sideways"] if self.page.evaluate(_TOO_WIDE) else []
        if not self.sight.has_script:
            return found  # axe is a script itself, and sees the same page with scripts on
        rules = CONTRAST if self.sight.theme == "dark" else None
        return found + [f"{each.rule} {each.places[:2]}" for each in axe_violations(self.page, only=rules)]
