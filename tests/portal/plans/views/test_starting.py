"""The page that starts a plan: who comes second is led to what runs, and everybody reads in their language."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.accounts.models import Agent, Contact, Person
from portal.core import clock
from portal.core.i18n import LOCALES
from portal.core.models import TypedText
from portal.incidents.models import IncidentUpdate
from portal.plans import services
from portal.plans.forms import holding_words
from portal.plans.models import Emergency, Mode
from portal.tickets.models import Event, EventKind, Ticket, TicketState
from tests.factories import a_contact, limit_agent
from tests.portal.plans.scene import Scene, a_draft, a_plan, join

As = Callable[[Contact | Agent], FlaskClient]


def start(browser: FlaskClient, scene: Scene, ticket: Ticket, **values: str) -> TestResponse:
    body = {"plan": str(scene.plan.id), "mode": "real", "reference": ticket.reference, "words": "We are on it."}
    return browser.post("/desk/emergencies", data={**body, **values})


def emergencies(scene: Scene) -> list[Emergency]:
    return list(scene.session.scalars(select(Emergency).order_by(Emergency.started_at, Emergency.id)))


@pytest.fixture
def ticket(scene: Scene) -> Ticket:
    """Return the ticket on which nothing runs yet."""
    found = scene.ticket()
    scene.session.commit()
    return found


def test_who_comes_second_is_led_to_the_one_that_runs(scene: Scene, ticket: Ticket, as_: As) -> None:
    first = start(as_(scene.lead), scene, ticket)
    second = start(as_(scene.admin), scene, ticket)
    assert second.location == first.location
    page = as_(scene.admin).post(
        "/desk/emergencies",
        data={"plan": str(scene.plan.id), "mode": "real", "reference": ticket.reference.lower(), "words": "Me too."},
        follow_redirects=True,
    )
    assert f"A plan runs for {ticket.reference} already. This is it; nobody was called twice." in page.text
    assert len(emergencies(scene)) == 1


def test_the_form_leads_there_as_well(scene: Scene, ticket: Ticket, as_: As) -> None:
    location = start(as_(scene.lead), scene, ticket).location
    assert as_(scene.admin).get(f"/desk/emergencies/new?ticket={ticket.reference}").location == location


def test_the_ticket_leads_to_what_runs_and_offers_no_second_one(scene: Scene, ticket: Ticket, as_: As) -> None:
    browser = as_(scene.lead)
    location = start(browser, scene, ticket).location
    page = browser.get(f"/desk/tickets/{ticket.reference}").text
    assert f'href="{location}"' in page
    assert "Start an emergency plan" not in page


def test_who_may_not_see_it_reads_that_colleagues_are_working_on_it(scene: Scene, ticket: Ticket, as_: As) -> None:
    everybody = a_plan(scene.lead, scene.teller, scene.substitute)
    plan = services.write_plan(scene.session, None, plan=everybody, by=scene.actor(scene.admin), at=clock.now())
    limit_agent(scene.session, scene.substitute, products=("his",))
    scene.session.commit()
    start(as_(scene.lead), scene, ticket, plan=str(plan.id))
    answer = start(as_(scene.substitute), scene, ticket, plan=str(plan.id))
    assert answer.status_code == 422
    assert "A plan runs for this ticket already. Your colleagues are working on it." in answer.text


@pytest.mark.parametrize("locale", LOCALES)
def test_it_proposes_what_the_contact_reads_in_their_language(
    scene: Scene, ticket: Ticket, as_: As, locale: str
) -> None:
    scene.session.get_one(Person, scene.it_head.person_id).locale = locale
    scene.session.commit()
    page = as_(scene.lead).get(f"/desk/emergencies/new?ticket={ticket.reference}").text
    assert holding_words(locale) in page
    assert f"The contact of this ticket reads {LOCALES[locale]}." in page


def test_a_plan_of_an_organisation_speaks_its_language(scene: Scene, as_: As) -> None:
    assert scene.hospital.locale == "zh_Hans"
    assert holding_words("zh_Hans") in as_(scene.lead).get(f"/desk/emergencies/new?plan={scene.plan.id}").text


def test_a_ticket_that_is_typed_in_later_gets_the_proposal_in_its_contacts_language(
    scene: Scene, ticket: Ticket, as_: As
) -> None:
    scene.session.get_one(Person, scene.it_head.person_id).locale = "zh_Hant"
    scene.session.commit()
    start(as_(scene.lead), scene, ticket, words=holding_words("en"))
    said = scene.session.scalars(
        select(TypedText.body).join(Event, Event.text_id == TypedText.id).where(Event.kind == EventKind.UPDATED)
    ).all()
    assert said == [holding_words("zh_Hant")]


def test_where_others_have_the_same_problem_it_proposes_all_their_languages(
    scene: Scene, ticket: Ticket, as_: As
) -> None:
    scene.session.get_one(Person, scene.it_head.person_id).locale = "zh_Hans"
    english = a_contact(scene.session, scene.elsewhere, name="Joan", email="j@x.example", locale="en")
    join(scene, a_draft(scene), ticket, scene.ticket(english), scene.ticket(scene.stranger))
    everybody = a_plan(scene.lead, scene.teller, scene.substitute)
    plan = services.write_plan(scene.session, None, plan=everybody, by=scene.actor(scene.admin), at=clock.now())
    scene.session.commit()
    browser = as_(scene.lead)
    page = browser.get(f"/desk/emergencies/new?ticket={ticket.reference}").text
    assert holding_words("zh_Hans") in page
    assert 'name="words_en"' in page
    assert holding_words("en") in page
    assert 'name="words_zh_Hant"' not in page
    start(browser, scene, ticket, plan=str(plan.id), words="数据库已停。", words_en="The database is down.")
    told = scene.session.scalars(
        select(TypedText.body).join(IncidentUpdate, IncidentUpdate.text_id == TypedText.id)
    ).one()
    assert '"en": "The database is down."' in told
    assert [each.mode for each in emergencies(scene)] == [Mode.REAL]


@pytest.fixture
def beside(scene: Scene, ticket: Ticket, as_: As) -> Ticket:
    """Return another ticket of the hospital, while the plan runs for the first one."""
    start(as_(scene.lead), scene, ticket)
    found = scene.ticket(scene.nurse)
    scene.session.commit()
    return found


def test_for_a_second_ticket_of_the_same_hospital_it_asks_and_leads_to_what_runs(
    scene: Scene, ticket: Ticket, beside: Ticket, as_: As
) -> None:
    asked = start(as_(scene.admin), scene, beside)
    assert asked.status_code == 422
    assert "This plan runs for another ticket of this customer" in asked.text
    assert (
        f'<a href="/desk/emergencies/{emergencies(scene)[0].id}">Nothing works at Qinghe · {ticket.reference}</a>'
        in (asked.text)
    )
    assert len(emergencies(scene)) == 1


def test_the_second_ticket_is_linked_and_nobody_is_called_again(scene: Scene, beside: Ticket, as_: As) -> None:
    answer = start(as_(scene.admin), scene, beside, nearby="linked")
    assert answer.location == f"/desk/emergencies/{emergencies(scene)[0].id}"
    assert start(as_(scene.admin), scene, beside, nearby="linked").location == answer.location
    related = scene.session.scalars(select(Event.ticket_id).where(Event.kind == EventKind.RELATED)).all()
    assert sorted(map(str, related)) == sorted(map(str, (beside.id, emergencies(scene)[0].ticket_id)))


def test_a_linked_ticket_hears_with_the_notice_of_the_one_that_runs(
    scene: Scene, ticket: Ticket, beside: Ticket, as_: As
) -> None:
    scene.session.expire_all()
    notice = a_draft(scene)
    join(scene, notice, ticket)
    scene.session.commit()
    start(as_(scene.admin), scene, beside, nearby="linked")
    scene.session.expire_all()
    assert scene.session.get_one(Ticket, beside.id).notice_id == notice.id


def test_it_is_started_once_more_where_somebody_says_so(scene: Scene, beside: Ticket, as_: As) -> None:
    assert start(as_(scene.admin), scene, beside, nearby="separate").status_code == 303
    assert len(emergencies(scene)) == 2


def test_who_may_not_see_what_runs_can_start_it_once_more_all_the_same(scene: Scene, ticket: Ticket, as_: As) -> None:
    everybody = a_plan(scene.lead, scene.teller, scene.lead)
    plan = services.write_plan(scene.session, None, plan=everybody, by=scene.actor(scene.admin), at=clock.now())
    limit_agent(scene.session, scene.substitute, products=("his",))
    scene.session.commit()
    start(as_(scene.lead), scene, ticket, plan=str(plan.id))
    other = scene.ticket(scene.nurse)
    scene.session.commit()
    asked = start(as_(scene.substitute), scene, other, plan=str(plan.id))
    assert asked.status_code == 422
    assert "Another problem: start it once more" in asked.text
    assert "link this ticket to it" not in asked.text
    assert start(as_(scene.substitute), scene, other, plan=str(plan.id), nearby="separate").status_code == 303


def test_who_starts_a_second_drill_is_led_to_the_first(scene: Scene, ticket: Ticket, as_: As) -> None:
    first = start(as_(scene.lead), scene, ticket, mode="closed")
    body = {"plan": str(scene.plan.id), "mode": "closed", "words": "We practise."}
    second = as_(scene.admin).post("/desk/emergencies", data=body, follow_redirects=True)
    assert second.request.path == first.location
    assert "A drill of this plan runs already. This is it; nobody was called twice." in second.text
    assert len(emergencies(scene)) == 1


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED])
def test_a_solved_ticket_and_its_emergency_say_that_it_is_to_be_ended(
    scene: Scene, ticket: Ticket, as_: As, state: TicketState
) -> None:
    browser = as_(scene.lead)
    location = start(browser, scene, ticket).location
    pages = (f"/desk/tickets/{ticket.reference}", location, "/desk")
    words = "The ticket is solved. End the emergency."
    assert [words in browser.get(each).text for each in pages] == [False, False, False]
    row = scene.session.get_one(Ticket, ticket.id)
    row.state, row.closed_at = state, clock.now() if state == TicketState.CLOSED else None
    scene.session.commit()
    assert [words in browser.get(each).text for each in pages] == [True, True, True]
    assert "Customers hear next by" not in browser.get(location).text
