"""The emergency lane, signed in and signed out."""

import json
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.loading import load_text
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.models import TypedText
from portal.interviews.models import Interview
from portal.questionnaires import services as questionnaires
from portal.tickets.models import Snapshot, Ticket
from tests.portal.interviews.cast import HIS_FAULT, Browser, Cast, a_draft_at, a_stranger
from tests.portal.interviews.conftest import SignIn

ANSWERS = {"q-emg_reason": "stopped", "q-emg_what": "Ward 7, no orders can be written", "q-callback": "010-5555-0199"}
CALL = {
    "what": "Nothing can be charged",
    "phone": "０１０－５５５５－０１００",
    "name": "Li Na",
    "organisation": "Qinghe",
}


def snapshots(session: Session) -> list[dict[str, Any]]:
    ids = session.scalars(select(Snapshot.document_id).order_by(Snapshot.revision)).all()
    return [json.loads(session.get_one(TypedText, each).body) for each in ids]


def test_every_page_of_an_interview_leads_there(browser: Browser) -> None:
    draft = a_draft_at(browser, "impact")
    assert f'href="/emergency/{draft.rpartition("/")[2]}"' in browser.text


def test_three_answers_make_the_ticket_at_once(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "reach")
    browser.open(f"/emergency/{draft.rpartition('/')[2]}").send(ANSWERS)
    ticket = session.scalars(select(Ticket)).one()
    assert browser.path == f"/tickets/{ticket.reference}/received"
    assert (ticket.priority, ticket.is_emergency, ticket.organisation_id is not None) == ("P1", True, True)
    assert session.get_one(TypedText, ticket.title_id).body.endswith("Ward 7, no orders can be written")


def test_without_a_draft_it_makes_one_with_the_ticket(browser: Browser, session: Session) -> None:
    browser.open("/emergency").send(ANSWERS)
    interview = session.scalars(select(Interview)).one()
    assert interview.ticket_id == session.scalars(select(Ticket.id)).one()
    assert (interview.is_emergency, interview.submitted_at) == (True, None)


def test_sent_twice_it_is_one_ticket(browser: Browser, session: Session) -> None:
    browser.open("/emergency")
    sent = browser.filled(ANSWERS)
    first = browser.client.post("/emergency", data=sent).headers["Location"]
    assert browser.client.post("/emergency", data=sent).headers["Location"] == first
    assert len(session.scalars(select(Ticket)).all()) == 1
    assert len(session.scalars(select(Interview)).all()) == 1


def test_the_details_go_on_page_by_page_into_new_snapshots(browser: Browser, session: Session) -> None:
    browser.open("/emergency").send(ANSWERS)
    assert "Add details while we work" in browser.text
    draft = f"/interviews/{session.scalars(select(Interview.id)).one()}"
    browser.open(draft)
    assert browser.heading == "Where is the problem?"
    browser.send({"q-product": "his", "q-version-confirm": "=5.5.1"})
    browser.send({"q-module": "orders"})
    assert [each.get("product") for each in snapshots(session)] == [
        None,
        {"code": "his", "version": "5.5.1"},
        {"code": "his", "version": "5.5.1", "module": "orders"},
    ]
    browser.open(f"{draft}/check").send()
    assert session.scalars(select(Interview.submitted_at)).one() is not None


def test_details_do_not_lower_the_priority(browser: Browser, session: Session) -> None:
    browser.open("/emergency").send(ANSWERS)
    draft = f"/interviews/{session.scalars(select(Interview.id)).one()}"
    browser.open(f"{draft}/impact").send({"q-blocked": "asking"})
    assert session.scalars(select(Ticket.priority)).one() == "P1"
    assert snapshots(session)[-1]["triage"]["priority"] == "P1"


def test_what_is_missing_is_said_and_the_rest_is_kept(browser: Browser, session: Session) -> None:
    browser.open("/emergency").send({"q-emg_what": "Ward 7", "q-callback": "abc"})
    assert browser.status == 422
    assert len(browser.errors) == 2
    assert browser.fields["q-emg_what"] == ["Ward 7"]
    assert browser.fields["q-callback"] == ["abc"]
    assert session.scalars(select(Ticket)).all() == []


def test_a_stranger_has_no_lane_into_somebody_elses_interview(
    browser: Browser, session: Session, signed_in: SignIn
) -> None:
    path = f"/emergency/{a_draft_at(browser, 'impact').rpartition('/')[2]}"
    stranger = signed_in(a_stranger(session))
    assert stranger.get(path).status_code == 404
    assert stranger.post(path, data=ANSWERS).status_code == 404


def test_signed_out_it_is_a_call_back_that_belongs_to_nobody(cast: Cast, client: FlaskClient, session: Session) -> None:
    browser = Browser(client).open("/emergency")
    browser.send(CALL)
    ticket = session.scalars(select(Ticket)).one()
    assert (ticket.organisation_id, ticket.contact_id, ticket.priority, ticket.is_emergency) == (None, None, "P1", True)
    assert snapshots(session)[0]["caller"] == {"name": "Li Na", "organisation": "Qinghe", "phone": "010-5555-0100"}
    assert browser.path == f"/emergency/received/{ticket.id}"
    assert ticket.reference in browser.text
    assert "Li Na" not in browser.text


def test_a_call_back_sent_twice_is_one(cast: Cast, client: FlaskClient, session: Session) -> None:
    browser = Browser(client).open("/emergency")
    sent = browser.filled(CALL)
    first = client.post("/emergency", data=sent).headers["Location"]
    assert client.post("/emergency", data=sent).headers["Location"] == first
    assert len(session.scalars(select(Ticket)).all()) == 1


def test_a_call_back_says_what_is_missing_and_keeps_the_rest(cast: Cast, client: FlaskClient) -> None:
    browser = Browser(client).open("/emergency").send({**CALL, "phone": "tomorrow", "name": "  "})
    assert browser.status == 422
    assert browser.errors == ["Enter a phone number, for example 010-5555-0100", "Enter your name"]
    assert browser.fields["what"] == ["Nothing can be charged"]


def test_too_many_call_backs_from_one_place_are_asked_to_call(
    cast: Cast, client: FlaskClient, session: Session
) -> None:
    for _ in range(11):
        browser = Browser(client).open("/emergency").send(CALL)
    assert browser.status == 429
    assert "Please call us" in browser.text
    assert browser.fields["what"] == ["Nothing can be charged"]
    assert len(session.scalars(select(Ticket)).all()) == 10
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        assert Browser(client).open("/emergency").send(CALL).status == 200


def test_a_ticket_of_a_customer_is_no_call_back(browser: Browser, client: FlaskClient, session: Session) -> None:
    browser.open("/emergency").send(ANSWERS)
    ticket_id = session.scalars(select(Ticket.id)).one()
    assert client.get(f"/emergency/received/{ticket_id}").status_code == 404


def test_a_secret_in_a_call_back_is_covered(cast: Cast, client: FlaskClient, session: Session) -> None:
    Browser(client).open("/emergency").send({**CALL, "what": "The login says password=Tr0ub4dor&3 is wrong"})
    assert all("Tr0ub4dor" not in text for text in session.scalars(select(TypedText.body)))


def test_a_lane_whose_sign_in_has_run_out_becomes_a_call_back_with_what_was_typed(
    cast: Cast, client: FlaskClient
) -> None:
    browser = Browser(client).send(ANSWERS, to="/emergency")
    assert browser.status == 422
    assert browser.fields["what"] == ["Ward 7, no orders can be written"]
    assert browser.fields["phone"] == ["010-5555-0199"]
    assert browser.send({**CALL, "what": browser.fields["what"][0]}).status == 200


def test_the_lane_is_the_one_of_a_product_that_the_customer_runs(browser: Browser, session: Session) -> None:
    text = (
        HIS_FAULT.read_text(encoding="utf-8").replace("id: his-fault", "id: a-cloud").replace("id: his,", "id: cloud,")
    )
    text = text.replace("is: his}", "is: cloud}").replace("in: [his, emr]", "in: [cloud, emr]")
    questionnaires.publish(session, load_text(text, name="a-cloud"), by=SYSTEM, at=clock.now())
    session.commit()
    browser.open("/emergency").send(ANSWERS)
    assert snapshots(session)[0]["questionnaire"]["id"] == "his-fault"
