"""One working day at a portal of its own: the hands of its clock, the windows on its desks, the mails of its people."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser

from portal.core import clock, web
from portal.core.db import Database
from portal.core.i18n import LOCALES
from tests.journeys import hospitals
from tests.journeys.live import Live, running, text_of
from tests.journeys.reader import Sight
from tests.journeys.typist import Typist

_BEIJING = ZoneInfo("Asia/Shanghai")
_AFTERNOON_BEFORE = datetime(2026, 4, 20, 14, 0, tzinfo=_BEIJING)
_TODAY = datetime(2026, 4, 21, tzinfo=_BEIJING)


@dataclass
class Day:
    """A Tuesday in April, from the first mail of the morning on."""

    live: Live
    browser: Browser
    rest: ExitStack
    """What ends with the day."""
    windows: list[Typist] = field(default_factory=list)

    def it_is(self, time: str) -> None:
        """Go on to a time of the day, and let the worker do what is due by then."""
        hour, minute = map(int, time.split(":"))
        self.rest.enter_context(clock.stopped_at(_TODAY.replace(hour=hour, minute=minute)))
        self.live.catch_up()

    def desk_of(self, person: str, locale: str) -> Typist:
        """Sit down at somebody's desk; each page that is opened there is looked at in the other languages, too."""
        others = [self.window_of(person, each) for each in LOCALES if each != locale]
        window = self.window_of(person, locale)
        window.beside = others
        return window

    def window_of(self, person: str, locale: str) -> Typist:
        """Open a window, and sign in."""
        return self.window(locale).sign_in(person)

    def window(self, locale: str) -> Typist:
        """Open a window in which nobody is signed in."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, base_url=self.live.address)
        self.rest.callback(context.close)
        self.windows.append(Typist.at(context, Sight(locale=locale), self.live.address))
        return self.windows[-1]

    def mails_to(self, person: str) -> list[str]:
        """Return the mails that somebody got so far."""
        self.live.catch_up()
        return [text_of(each) for each in self.live.mailbox.letters if str(each["To"]).startswith(f"{person}@")]

    @property
    def database(self) -> Database:
        """What the portal keeps."""
        with self.live.app.app_context():
            return web.database()

    @property
    def faults(self) -> list[str]:
        """What kept anybody from using a page."""
        return [fault for window in self.windows for fault in window.faults]


@contextmanager
def a_day(folder: Path, browser: Browser) -> Iterator[Day]:
    """Begin a day, with what the day before has left; no other test sees its clock."""
    with ExitStack() as rest:
        rest.enter_context(clock.stopped_at(_AFTERNOON_BEFORE))
        live = rest.enter_context(running(folder, hospitals.move_in))
        yield Day(live, browser, rest)


def numbers_in(text: str) -> set[str]:
    """Return the ticket numbers in a text."""
    return set(re.findall(r"T-\d{4}-\d{6}", text))


def number_in(text: str) -> str:
    """Return the only ticket number in an address or a mail."""
    (found,) = numbers_in(text)
    return found
