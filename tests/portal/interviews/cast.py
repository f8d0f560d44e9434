"""People, an installation and a published questionnaire for tests of interviews."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

import html5lib
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from intake.answers import Answers
from intake.loading import load_file
from portal.accounts.models import Contact, Organisation, Person
from portal.core import clock
from portal.core.actor import SYSTEM, Actor, Role, SeeScope
from portal.interviews import services
from portal.questionnaires import services as questionnaires
from tests.factories import a_contact, a_product, an_installation, an_organisation

HIS_FAULT = Path(__file__).parents[3] / "intake" / "questionnaires" / "his-fault.yaml"
Typed: TypeAlias = str | bytes
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Cast:
    """A hospital with two people, and what it runs."""

    organisation: Organisation
    contact: Contact
    person: Person
    version_id: UUID


def a_cast(session: Session, version: str = "5.5.1") -> Cast:
    """Make a hospital that runs one product, and publish the questionnaire about it."""
    organisation = an_organisation(session)
    contact = a_contact(session, organisation, phone="010-5555-0199")
    product = a_product(session, orders="Writing orders", transfer="Patient transfer or discharge")
    an_installation(session, organisation, product, version)
    published = questionnaires.publish(session, load_file(HIS_FAULT), by=SYSTEM, at=clock.now())
    person = session.get_one(Person, contact.person_id)
    session.commit()
    return Cast(organisation, contact, person, published.id)


@dataclass
class Browser:
    """A reader who follows links and sends the forms that pages show."""

    client: FlaskClient
    path: str = ""
    page: TestResponse | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)
    action: str = ""
    cast: Cast | None = None
    session: Session | None = None

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        assert self.cast is not None
        return self.actor_of(self.cast)

    @staticmethod
    def actor_of(cast: Cast) -> Actor:
        """Return the contact of a hospital as who is asking."""
        return Actor(
            person_id=cast.person.id,
            role=Role.CONTACT,
            contact_id=cast.contact.id,
            organisation_id=cast.organisation.id,
        )

    def open(self, path: str) -> "Browser":
        """Open a page, following where it leads."""
        return self._arrive(self.client.get(path.partition("#")[0], follow_redirects=True))

    def send(self, changes: Mapping[str, Typed] | None = None, *, button: str = "", to: str = "") -> "Browser":
        """Send the page's form with some fields changed, and follow where it leads."""
        return self._arrive(
            self.client.post(to or self.action, data=self.filled(changes, button), follow_redirects=True)
        )

    def filled(self, changes: Mapping[str, Typed] | None = None, button: str = "") -> dict[str, list[str | bytes]]:
        """Return what the page's form would send."""
        wanted: dict[str, list[str | bytes]] = {name: [value] for name, value in (changes or {}).items()}
        name, _, value = button.partition("=")
        pressed: dict[str, list[str | bytes]] = {name: [value or "1"]} if name else {}
        return {**{name: list[str | bytes](each) for name, each in self.fields.items()}, **wanted, **pressed}

    @property
    def text(self) -> str:
        """The page's source."""
        assert self.page is not None
        return self.page.text

    @property
    def status(self) -> int:
        """The page's status."""
        assert self.page is not None
        return self.page.status_code

    @property
    def heading(self) -> str:
        """The page's one heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""

    @property
    def errors(self) -> list[str]:
        """What the summary says is missing."""
        summary = re.search(r'<section class="errors".*?</section>', self.text, re.DOTALL)
        return re.findall(r'<a href="#[^"]*">(.*?)</a>', summary[0]) if summary else []

    def _arrive(self, page: TestResponse) -> "Browser":
        self.page, self.path = page, page.request.path
        self.action, self.fields = _main_form(page.text)
        return self


def _main_form(html: str) -> tuple[str, dict[str, list[str]]]:
    tree = html5lib.parse(html)
    main = tree.find(f".//{XHTML}main")
    form = None if main is None else main.find(f".//{XHTML}form")
    fields: dict[str, list[str]] = {}
    if form is None:
        return "", fields
    for each in form.iter():
        name = each.get("name")
        kind = each.get("type", "text")
        if not name or (kind in ("radio", "checkbox") and each.get("checked") is None):
            continue
        if each.tag == f"{XHTML}input" and kind != "file":
            fields.setdefault(name, []).append(each.get("value", ""))
        elif each.tag == f"{XHTML}textarea":
            fields.setdefault(name, []).append((each.text or "").removeprefix("\n"))
    return form.get("action", ""), fields


def a_colleague(session: Session, cast: Cast, *, sees_all: bool) -> Person:
    """Make a second person at the same hospital."""
    scope = SeeScope.ORGANISATION if sees_all else SeeScope.OWN
    contact = a_contact(session, cast.organisation, name="Zhou Min", see_scope=scope)
    session.commit()
    return session.get_one(Person, contact.person_id)


def a_stranger(session: Session) -> Person:
    """Make somebody at another hospital who sees all of its tickets."""
    contact = a_contact(session, an_organisation(session, "Another Hospital"), see_scope=SeeScope.ORGANISATION)
    session.commit()
    return session.get_one(Person, contact.person_id)


def a_draft(browser: Browser) -> str:
    """Start an interview and return the path under which its pages are."""
    browser.open("/report").send(button="questionnaire=his-fault")
    return browser.path.rpartition("/")[0]


ANSWERS: Mapping[str, Mapping[str, object]] = {
    "where": {"product": "his", "version": "5.5.1", "module": "orders"},
    "impact": {"blocked": "workaround"},
    "reach": {"scope": "dept", "patient_now": "no"},
    "message": {"error_text": {"none": True}},
    "try": {"input_method": "yes", "try_key": {"pressed": "right", "solved": "no"}},
    "show": {"steps": [{"did": "Open orders", "expected": "A list", "saw": "An empty page"}]},
    "who": {"callback": "010-5555-0199"},
}
"""What is answered on each page of the questionnaire, in their order."""
CHECK = "Before you send it, please look it over"


def a_request_at_its_check(browser: Browser, request: str) -> str:
    """Make a complete request of a kind, open the page before sending, and return the path of the interview."""
    assert browser.session is not None
    published = questionnaires.publish(
        browser.session, load_file(HIS_FAULT.with_name("service-request.yaml")), by=SYSTEM, at=clock.now()
    )
    row = services.start(
        browser.session,
        services.Beginning(published.id),
        by=browser.actor,
        keep=timedelta(days=30),
        at=clock.now(),
    )
    given = {
        "request": request, "summary": "Print two labels at once", "today": "One after the other", "wish": "Both",
        "reason": "time", "people": {"unknown": True}, "person": "Wu Jing", "rights": ["read"],
        "topic": "Ward rounds", "callback": "010-5555-0199",
    }  # fmt: skip
    asked = {"access": ("person", "rights"), "visit": ("topic",)}.get(request, ("today", "wish", "reason", "people"))
    wanted = ("request", "summary", *asked, "callback")
    row.answers = Answers({name: given[name] for name in wanted}).as_document()
    row.visited, row.page = ["kind", "access" if request == "access" else "change", "when"], ""
    browser.session.commit()
    browser.open(f"/interviews/{row.id}/check")
    return f"/interviews/{row.id}"


def a_draft_at(browser: Browser, page: str) -> str:
    """Make an interview that is answered up to a page, open that page, and return the path of the interview."""
    assert browser.session is not None
    assert browser.cast is not None
    done = list(ANSWERS) if page == "check" else list(ANSWERS)[: list(ANSWERS).index(page)]
    answers = {key: answer for each in done for key, answer in ANSWERS[each].items()}
    row = services.start(
        browser.session,
        services.Beginning(browser.cast.version_id),
        by=browser.actor,
        keep=timedelta(days=30),
        at=clock.now(),
    )
    row.answers, row.visited, row.page = Answers(answers).as_document(), done, "" if page == "check" else page
    browser.session.commit()
    browser.open(f"/interviews/{row.id}/{page}")
    return f"/interviews/{row.id}"
