"""A message that is about a part of the description says which."""

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Event, EventKind, Ticket
from tests.portal.tickets.cast import DOCUMENT, Cast, SignInAs, a_ticket

STEPS = [
    {"did": "Open the orders", "expected": "A list", "saw": "A list"},
    {"did": "Type 头孢", "expected": "Chinese", "saw": "tou bao"},
]


def reply(browser: FlaskClient, ticket: Ticket, about: str) -> None:
    data = {"body": "Only in this window.", "about": about, "once": "b" * 32}
    assert browser.post(f"/tickets/{ticket.reference}/replies", data=data).status_code == 303


def test_a_reply_about_a_step_quotes_it_on_both_sides(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, document={**DOCUMENT, "steps": STEPS})
    reply(as_(cast.tang), ticket, "step:2")
    for page in (
        as_(cast.tang).get(f"/tickets/{ticket.reference}").text,
        as_(cast.agent).get(f"/desk/tickets/{ticket.reference}").text,
    ):
        assert "About “Step 2”" in page
        assert "Type 头孢" in page.partition("About “Step 2”")[2][:100]


def test_it_remembers_the_part_and_the_revision_but_no_words(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, document={**DOCUMENT, "steps": STEPS})
    reply(as_(cast.tang), ticket, "step:2")
    facts = cast.session.scalars(select(Event.facts).where(Event.kind == EventKind.REPLIED)).one()
    assert (facts["about"], facts["revision"]) == ("step:2", 1)
    assert "头孢" not in str(facts)


def test_a_part_that_is_not_there_is_none(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, document={**DOCUMENT, "steps": STEPS})
    reply(as_(cast.tang), ticket, "step:9")
    facts = cast.session.scalars(select(Event.facts).where(Event.kind == EventKind.REPLIED)).one()
    assert "about" not in facts


def test_without_a_description_nothing_is_offered(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, document={"schema": "problem-snapshot/1"})
    assert 'name="about"' not in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_once_the_description_is_another_only_the_part_is_named(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, document={**DOCUMENT, "steps": STEPS})
    reply(as_(cast.tang), ticket, "step:2")
    cast.session.refresh(ticket)
    services.revise_snapshot(cast.session, ticket, document=DOCUMENT, by=cast.actor(cast.tang), at=clock.now())
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert "About “Step 2”" in page
    assert "As it was described then." in page
