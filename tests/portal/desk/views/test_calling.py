"""Filling in for somebody on the phone, from the desk's page of an organisation."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.loading import load_file
from portal.accounts.models import Contact, Organisation, Person
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.interviews.models import Interview, QuestionVisit
from portal.outbox.models import OutboxMessage
from portal.questionnaires import services
from portal.questionnaires.shipped import SHIPPED
from portal.tickets.models import Event, Ticket
from tests.factories import an_agent, limit_agent
from tests.portal.desk.scene import As, hidden
from tests.portal.interviews.cast import Browser
from tests.portal.tickets.cast import Cast

QUESTION = next(path for path in SHIPPED if path.stem == "question")


@pytest.fixture
def published(session: Session) -> None:
    """Publish the shortest questionnaire."""
    services.publish(session, load_file(QUESTION), by=SYSTEM, at=clock.now())
    session.commit()


def path_of(cast: Cast) -> str:
    return f"/desk/organisations/{cast.organisation.id}/interviews"


def begin(browser: FlaskClient, cast: Cast, contact: Contact, *, once: str = "") -> str:
    """Begin for a contact and return the address of the interview."""
    once = once or hidden(browser.get(path_of(cast)).text, "calling-once")
    sent = {"calling-contact": str(contact.id), "calling-questionnaire": "question", "calling-once": once}
    response = browser.post(path_of(cast), data=sent)
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def answered(browser: FlaskClient, start: str) -> Browser:
    """Answer every page as an agent would, and stop before sending."""
    reader = Browser(browser).open(start)
    reader.send({"q-about": "plan", "q-question": "When does the next version come?"}).send({"q-by": "here"})
    assert reader.path.endswith("/check"), reader.text
    return reader


@pytest.mark.usefixtures("published")
def test_what_is_written_down_on_the_phone_becomes_the_contacts_ticket(
    cast: Cast, session: Session, desk: FlaskClient, as_: As
) -> None:
    reader = answered(desk, begin(desk, cast, cast.tang))
    assert "You fill this in for Tang Xiuying, who is on the phone." in reader.text
    reader.send()
    ticket = session.scalars(select(Ticket)).one()
    assert reader.path == f"/desk/tickets/{ticket.reference}"
    assert f"The number to tell them is {ticket.reference}." in reader.text
    assert "Written down on the phone." in reader.text
    assert (ticket.channel, ticket.contact_id) == ("phone", cast.tang.id)
    assert session.scalars(select(Event.facts).where(Event.kind == "opened")).one()["channel"] == "phone"
    told = session.scalars(select(OutboxMessage.person_id).where(OutboxMessage.kind == "ticket-received")).all()
    assert told == [cast.tang.person_id]
    seen = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert "Written down on the phone." in seen


@pytest.mark.usefixtures("published")
def test_it_is_written_down_as_a_call(cast: Cast, session: Session, desk: FlaskClient) -> None:
    begin(desk, cast, cast.tang)
    row = session.scalars(select(Interview)).one()
    assert (row.channel, row.contact_id, row.begun_by) == ("phone", cast.tang.id, cast.agent.person_id)
    assert session.scalar(select(func.count()).select_from(QuestionVisit)) == 0


@pytest.mark.usefixtures("published")
def test_the_same_form_begins_once(cast: Cast, session: Session, desk: FlaskClient) -> None:
    assert begin(desk, cast, cast.tang, once="same") == begin(desk, cast, cast.tang, once="same")
    assert session.scalar(select(func.count()).select_from(Interview)) == 1


@pytest.mark.usefixtures("published")
def test_an_agent_finds_what_they_have_begun_and_goes_on(cast: Cast, desk: FlaskClient) -> None:
    start = begin(desk, cast, cast.tang)
    for page in (path_of(cast), "/desk/organisations"):
        assert start in desk.get(page).text
    later = Browser(desk).open(start).send(button="later")
    assert later.path == path_of(cast)
    assert "Saved. You can go on until" in later.text


@pytest.mark.usefixtures("published")
def test_a_colleague_at_the_desk_does_not_see_it_and_the_contact_does(
    cast: Cast, session: Session, desk: FlaskClient, as_: As
) -> None:
    start = begin(desk, cast, cast.tang)
    other = an_agent(session, "Wang Min")
    session.commit()
    assert as_(other).get(start).status_code == 404
    assert start not in as_(other).get(path_of(cast)).text
    assert as_(cast.stranger).get(start).status_code == 404
    report = as_(cast.tang).get("/report").text
    assert start in report
    assert "Begun on the phone" in report


@pytest.mark.usefixtures("published")
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(cast: Cast, desk: FlaskClient) -> None:
    page = desk.post(path_of(cast), data={"calling-questionnaire": "question"})
    assert page.status_code == 422
    assert "Choose who is on the phone" in page.text
    assert '<option value="question" selected>' in page.text
    nothing = desk.post(path_of(cast), data={"calling-contact": "x", "calling-questionnaire": "nothing"})
    assert "Choose what it is about" in nothing.text


@pytest.mark.usefixtures("published")
def test_somebody_of_another_organisation_can_not_be_chosen(cast: Cast, session: Session, desk: FlaskClient) -> None:
    sent = {"calling-contact": str(cast.stranger.id), "calling-questionnaire": "question", "calling-once": "a"}
    assert desk.post(path_of(cast), data=sent).status_code == 422
    session.get_one(Person, cast.tang.person_id).active = False
    session.commit()
    assert desk.post(path_of(cast), data={**sent, "calling-contact": str(cast.tang.id)}).status_code == 422
    assert session.scalar(select(func.count()).select_from(Interview)) == 0


@pytest.mark.usefixtures("published")
def test_a_limited_agent_calls_only_those_they_serve(cast: Cast, session: Session, as_: As) -> None:
    limited = an_agent(session, "Sun Li")
    limit_agent(session, limited, organisations=(cast.organisation,))
    session.commit()
    browser = as_(limited)
    start = begin(browser, cast, cast.tang)
    elsewhere = f"/desk/organisations/{cast.stranger.organisation_id}/interviews"
    assert browser.get(elsewhere).status_code == 404
    assert browser.post(elsewhere).status_code == 404
    assert browser.get(start, follow_redirects=True).status_code == 200


@pytest.mark.usefixtures("published")
def test_who_is_no_longer_served_is_no_longer_seen(cast: Cast, session: Session, desk: FlaskClient) -> None:
    start = begin(desk, cast, cast.tang)
    limit_agent(session, cast.agent, organisations=(session.get_one(Organisation, cast.stranger.organisation_id),))
    session.commit()
    assert desk.get(start).status_code == 404


def test_customers_have_no_business_here(cast: Cast, as_: As, client: FlaskClient) -> None:
    assert as_(cast.tang).get(path_of(cast)).status_code == 403
    assert client.get(path_of(cast)).status_code == 303
    assert as_(cast.tang).post(path_of(cast)).status_code == 403
