"""The whole way through an interview, page by page, without a script."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.interviews.models import Interview
from portal.tickets.models import Ticket
from tests.portal.interviews.cast import Browser


def test_from_report_to_received(browser: Browser, session: Session) -> None:
    browser.open("/report").send(button="questionnaire=his-fault")
    assert browser.heading == "Where is the problem?"
    browser.send({"q-product": "his", "q-version-confirm": "=5.5.1"})
    assert browser.heading == "Where is the problem?", "the part is asked once the system is known"
    browser.send({"q-module": "transfer"})
    assert browser.heading == "Can you still do the work?"
    browser.send({"q-blocked": "stopped"})
    browser.send({"q-scope": "dept"})
    assert browser.heading == "Who and what is affected?"
    browser.send({"q-patient_now": "yes", "q-data_risk": "no"})
    assert browser.heading == "What did the screen say?"
    browser.send({"q-error_text": "ORD-1407 orders are not checked, password=hunter2secret"})
    assert "hunter2secret" not in browser.text
    browser.send()
    assert browser.heading == "Show us how it happens"
    browser.send({"q-steps-1-did": "Press Transfer", "q-steps-1-expected": "A form", "q-steps-1-saw": "ORD-1407"})
    assert browser.heading == "How do we reach you?"
    browser.send()
    assert browser.heading == "Before you send it, please look it over"
    assert "P1" in browser.text
    browser.send()
    ticket = session.scalars(select(Ticket)).one()
    assert browser.path == f"/tickets/{ticket.reference}/received"
    assert (ticket.priority, ticket.product_code, ticket.module_code) == ("P1", "his", "transfer")
    assert session.scalars(select(Interview.ticket_id)).one() == ticket.id
