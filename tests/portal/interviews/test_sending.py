"""Checking and sending an interview."""

import json
import re

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.models import TypedText
from portal.interviews.models import Interview
from portal.outbox.models import OutboxMessage
from portal.tickets.models import Promise, Snapshot, Ticket
from tests.portal.interviews.cast import Browser, a_draft_at, a_request_at_its_check


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_page_says_the_priority_why_and_by_when(browser: Browser) -> None:
    a_draft_at(browser, "check")
    assert "P3 · normal" in browser.text
    assert "work goes on, with a detour or errors" in browser.text
    assert re.search(r"It would be P\d if this were so: [a-z ]+\.", browser.text)
    assert ">10:17<" in browser.text


def test_the_promise_that_was_shown_is_the_one_that_is_made(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "check")
    browser.send()
    due_at = session.scalars(select(Promise.due_at)).one()
    assert due_at.isoformat() == "2026-04-21T02:17:00+00:00"


def test_each_answer_can_be_changed(browser: Browser) -> None:
    draft = a_draft_at(browser, "check")
    assert f'{draft}/impact?from=check#q-blocked"' in browser.text


def test_a_ticket_knows_its_product_its_snapshot_and_its_title(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "check")
    browser.send()
    ticket = session.scalars(select(Ticket)).one()
    assert (ticket.product_code, ticket.module_code, ticket.priority) == ("his", "orders", "P3")
    document = json.loads(session.get_one(TypedText, session.scalars(select(Snapshot.document_id)).one()).body)
    assert document["impact"] == {"blocked": "workaround", "scope": "dept", "patient_waiting": "no"}
    assert session.get_one(TypedText, ticket.title_id).body == "Writing orders – An empty page"


def test_sent_twice_it_is_one_ticket(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "check")
    sent = browser.filled()
    first = browser.client.post(f"{draft}/submit", data=sent).headers["Location"]
    assert browser.client.post(f"{draft}/submit", data=sent).headers["Location"] == first
    assert (count(session, Ticket), count(session, OutboxMessage)) == (1, 1)


def test_sent_from_two_windows_it_is_one_ticket(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "check")
    other = Browser(browser.client).open(f"{draft}/check")
    browser.send()
    assert other.send().path == browser.path
    assert count(session, Ticket) == 1


def test_nothing_is_sent_that_the_sender_has_not_seen(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "check")
    Browser(browser.client).open(f"{draft}/who").send({"q-callback": "010-5555-0111"})
    browser.send()
    assert browser.status == 422
    assert "Something has changed" in browser.text
    assert count(session, Ticket) == 0


def test_what_is_not_complete_is_not_sent(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "impact")
    browser.open(f"{draft}/check")
    assert browser.heading == "Can you still do the work?"
    browser.send({"once": "x"}, to=f"{draft}/submit")
    assert browser.heading == "Can you still do the work?"
    assert count(session, Ticket) == 0


def test_after_sending_every_page_leads_to_the_ticket(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "check")
    browser.send()
    received = browser.path
    for page in ("", "/where", "/check", "/solved"):
        assert browser.open(f"{draft}{page}").path == received
    for page in ("/where", "/submit", "/solved"):
        assert browser.send({"q-product": "emr"}, to=f"{draft}{page}").path == received
    assert session.scalars(select(Interview.submitted_at)).one() is not None


@pytest.mark.parametrize(
    ("request_kind", "kind", "words"),
    [
        ("feature", "feature", "Wish for the product: being considered"),
        ("change", "service", "Service request: being considered"),
        ("access", "service", "Service request: being considered"),
    ],
)
def test_a_request_is_a_wish_that_is_being_considered(
    browser: Browser, session: Session, request_kind: str, kind: str, words: str
) -> None:
    a_request_at_its_check(browser, request_kind)
    browser.send()
    ticket = session.scalars(select(Ticket)).one()
    assert (ticket.kind, ticket.decision) == (kind, None)
    browser.open(f"/tickets/{ticket.reference}")
    assert words in browser.text
    assert "Asked for this. It is being considered." in browser.text
    assert "Reported the problem." not in browser.text


def test_a_fault_is_no_wish(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "check")
    browser.send()
    assert session.scalars(select(Ticket.kind)).one() == "problem"
