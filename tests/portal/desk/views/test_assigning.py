"""Giving a ticket to somebody, by hand or by the rule."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Event, Ticket
from tests.factories import an_agent, an_organisation, limit_agent
from tests.portal.desk.scene import As, now_of
from tests.portal.tickets.cast import Cast, a_ticket


def give(desk: FlaskClient, ticket: Ticket, taker: str, *, once: str = "k", **sent: str) -> tuple[int, str]:
    """Give a ticket through its page; returns the status and the page that follows."""
    data = {"giving-once": once, "giving-taker": taker, "giving-team": "", **sent}
    answer = desk.post(f"/desk/tickets/{ticket.reference}/assignment", data=data)
    page = desk.get(f"/desk/tickets/{ticket.reference}").text if answer.status_code == 303 else answer.text
    return answer.status_code, page


def test_the_rule_names_somebody_and_says_why(cast: Cast, session: Session, desk: FlaskClient) -> None:
    cast.organisation.named_agent_id = an_agent(session, "Lin Fang").id
    ticket = a_ticket(cast)
    page = desk.get(f"/desk/tickets/{ticket.reference}/assignment").text
    assert "The rule names Lin Fang" in page
    assert "Because: named engineer of Qinghe People’s Hospital." in page
    status, shown = give(desk, ticket, "rule")
    assert status == 303
    assert "Given to Lin Fang by the rule: named engineer of Qinghe People’s Hospital." in shown


def test_a_person_decides_otherwise(cast: Cast, session: Session, desk: FlaskClient) -> None:
    zhou, ticket = an_agent(session, "Zhou Lan"), a_ticket(cast)
    _, page = give(desk, ticket, str(zhou.id))
    assert now_of(session, ticket).assignee_id == zhou.id
    assert "Given to Zhou Lan." in page


def test_the_names_of_all_who_had_it_stand_in_the_conversation(cast: Cast, session: Session, desk: FlaskClient) -> None:
    zhou, lin, ticket = an_agent(session, "Zhou Lan"), an_agent(session, "Lin Fang"), a_ticket(cast)
    give(desk, ticket, str(zhou.id), once="a")
    _, page = give(desk, ticket, str(lin.id), once="b")
    assert page.index("Given to Zhou Lan.") < page.index("Given to Lin Fang.")


def test_nothing_chosen_changes_nothing(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.assign(session, ticket, agent_id=cast.agent.id, by=cast.actor(cast.agent), at=clock.now())
    status, page = give(desk, ticket, "")
    assert status == 422
    assert "Choose who takes it." in page
    assert now_of(session, ticket).assignee_id == cast.agent.id


def test_only_those_who_may_see_it_are_offered(cast: Cast, session: Session, desk: FlaskClient) -> None:
    limited, elsewhere, ticket = an_agent(session, "Zhou Lan"), an_organisation(session, "Yunling"), a_ticket(cast)
    limit_agent(session, limited, organisations=(elsewhere,))
    assert "Zhou Lan" not in desk.get(f"/desk/tickets/{ticket.reference}/assignment").text
    assert give(desk, ticket, str(limited.id))[0] == 422


def test_what_has_ended_is_given_to_nobody(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.cancel(session, ticket, by=cast.actor(cast.tang), at=clock.now())
    assert "nobody takes it any more" in desk.get(f"/desk/tickets/{ticket.reference}/assignment").text
    assert give(desk, ticket, str(cast.agent.id))[0] == 422


def test_sending_it_twice_is_once(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    for _ in range(2):
        give(desk, ticket, str(cast.agent.id))
    assert session.query(Event).filter(Event.ticket_id == ticket.id, Event.kind == "assigned").count() == 1


def test_customers_stay_outside(cast: Cast, as_: As) -> None:
    assert as_(cast.tang).get(f"/desk/tickets/{a_ticket(cast).reference}/assignment").status_code == 403
