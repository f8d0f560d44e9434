"""Every page that a link leads to: there, for everyone, in every language, on a phone, and in the dark."""

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import html5lib
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Agent
from portal.core import clock, web
from portal.core.actor import Actor, Role
from portal.core.i18n import LOCALES
from portal.notices import services as notices
from portal.notices.models import ActionNeeded, NoticeKind, NoticeScope
from tests.inspector import InspectingClient
from tests.journeys.live import Live
from tests.journeys.reader import Reader, Sight

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PEOPLE = ("", "nurse", "it-head", "chen", "admin")
HTML = "{http://www.w3.org/1999/xhtml}"
NOT_LINKED = {
    "accounts.show_code",
    "accounts.show_invitation",
    "desk.show_file",
    "interviews.check",
    "interviews.go_on",
    "interviews.show_call_back",
    "interviews.show_file",
    "interviews.show_solved",
    "notices.fetch_calls",
    "notices.fetch_calls_paper",
    "notices.fetch_window",
    "notices.show_copy",
    "notices.show_mails",
    "notices.show_paper",
    "notices.fetch_batch",
    "notices.show_batch",
    "notices.show_paper_page",
    "formats.show_csaf",
    "formats.show_json",
    "formats.show_private_feed",
    "formats.show_public_feed",
    "show_asset",
    "tickets.show_file",
    "tickets.show_received",
    "tickets.show_steps",
    "desk.download_questionnaire",
    "desk.download_stops",
    "desk.fetch_paper",
    "desk.refresh_queue",
    "desk.show_chosen",
    "desk.show_paper",
    "plans.fetch_paper",
    "plans.show_emergency",
    "plans.show_summary",
    "privacy.fetch",
    "privacy.fetch_own",
    "privacy.show",
    "ratings.show_landing",
    "summaries.fetch_paper",
    "summaries.fetch_paper_on_desk",
    "summaries.show",
    "summaries.show_on_desk",
    "tickets.fetch_paper",
    "tickets.show_feed",
    "tickets.show_paper",
    "administration.fetch_log",
    "administration.show_received",
    "administration.show_sample",
    "board.fetch_report_paper",
    "board.show_table",
}
"""Pages that a form or a mail leads to, which the journeys come by, and addresses that answer with a file."""
ENOUGH = 60
"""So many addresses of one kind are opened by each person."""
WIDTHS = (320, 390, 1280)


def client_of(live: Live, person: str) -> FlaskClient:
    """Return a browser without a window, in which somebody is signed in."""
    client = InspectingClient(live.app, live.app.response_class)
    if person:
        sent = {"person": person, "csrf_token": token_on(client, "/sign-in")}
        assert client.post("/sign-in/demo", data=sent).status_code == 303
    return client


def token_on(client: FlaskClient, path: str) -> str:
    """Return the token that a page's forms carry."""
    return str(re.findall(r'name="csrf_token" value="([^"]+)"', client.get(path).text)[0])


def walk(live: Live, person: str) -> dict[str, str]:
    """Follow every link from the first page; returns one address for each kind of page."""
    client = client_of(live, person)
    waiting, seen = OrderedDict.fromkeys(["/", "/sign-in", "/notices"]), set()
    found: dict[str, str] = {}
    opened: Counter[str] = Counter()
    while waiting:
        path, _ = waiting.popitem(last=False)
        opened[endpoint_of(live, path)] += 1
        if opened[endpoint_of(live, path)] > ENOUGH:
            continue  # a figure of every week leads to a list of its own, and each of them is like the others
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code < 400, f"{person}: {path} leads to {answer.status}"
        seen.add(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found.setdefault(endpoint_of(live, answer.request.path), answer.request.path)
            waiting |= dict.fromkeys(each for each in links(answer.text) if each not in seen and each not in waiting)
        answer.close()
    return found


def endpoint_of(live: Live, path: str) -> str:
    """Return which kind of page an address is."""
    return str(live.app.url_map.bind("localhost").match(urlsplit(path).path)[0])


def links(page: str) -> Iterator[str]:
    """Yield where a page's links lead, as long as it is one of ours."""
    for each in html5lib.parse(page).iter(f"{HTML}a"):
        target = urlsplit(each.get("href") or "")
        if target.path.startswith("/") and not target.netloc:
            yield target.path + (f"?{target.query}" if target.query else "")


@pytest.fixture(scope="module")
def begun(live: Live) -> Live:
    """Return the portal with an interview and a notice that somebody has begun and not finished."""
    nurse = client_of(live, "nurse")
    nurse.post("/interviews", data={"questionnaire": "his-fault", "csrf_token": token_on(nurse, "/report")})
    with live.app.app_context(), web.changing() as session:
        writer = Actor(agent_id=session.scalars(select(Agent.id)).first(), role=Role.AGENT)
        expires_on = (clock.now() + timedelta(days=30)).date()
        facts = notices.Facts(NoticeKind.ADVISORY, NoticeScope.PUBLIC, ActionNeeded.NONE, expires_on)
        notices.start_notice(session, facts, by=writer, at=clock.now())
    return live


@pytest.fixture(scope="module")
def pages(begun: Live) -> list[tuple[str, str]]:
    """Return each kind of page once, with who sees it."""
    found: dict[tuple[str, bool], tuple[str, str]] = {}
    for person in PEOPLE:
        for endpoint, path in walk(begun, person).items():
            found.setdefault((endpoint, person == ""), (person, path))
    return list(found.values())


def test_every_page_can_be_reached_by_links(begun: Live) -> None:
    reached = {endpoint for person in PEOPLE for endpoint in walk(begun, person)}
    all_pages = {rule.endpoint for rule in begun.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert all_pages - reached == NOT_LINKED


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_keeps_anybody_from_using_a_page(
    a_reader: Callable[[Sight], Reader], pages: list[tuple[str, str]], locale: str
) -> None:
    faults: list[str] = []
    for person in PEOPLE:
        reader = a_reader(Sight(locale=locale))
        if person:
            reader.sign_in(person)
        for path in [path for who, path in pages if who == person]:
            reader.open(path)
            faults += [f"{path} at {width}" for width in WIDTHS if is_too_wide(reader, width)]
            faults += in_the_dark(reader) if locale == "zh_Hans" else []
        faults += reader.faults
    assert faults == []


def is_too_wide(reader: Reader, width: int) -> bool:
    """Whether the page scrolls sideways in a window this wide."""
    reader.page.set_viewport_size({"width": width, "height": 900})
    return bool(reader.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def in_the_dark(reader: Reader) -> list[str]:
    """Return what can't be read in dark colours."""
    reader.page.emulate_media(color_scheme="dark")
    found = reader.contrast_faults()
    reader.page.emulate_media(color_scheme="light")
    return found
