"""Who is on duty, and whom the rule names."""

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core import clock
from portal.core.actor import SYSTEM, Role
from portal.teams import queries, services
from portal.teams.queries import Reason
from portal.tickets.models import Priority, Ticket
from tests.factories import an_agent, an_organisation, limit_agent
from tests.portal.tickets.cast import Cast, a_ticket


def duty(session: Session, agent: Agent, hours: int) -> None:
    """Let somebody be on duty from some hours before now, or after it."""
    at = clock.now() + timedelta(hours=hours)
    services.plan_turn(session, agent_id=agent.id, from_at=at, note="", by=SYSTEM, at=min(at, clock.now()))
    session.flush()


def chosen(session: Session, ticket: Ticket) -> tuple[str, Reason] | None:
    """Return whom the rule names, and why."""
    found = queries.chosen_for(session, ticket, at=clock.now())
    return (found.candidate.name, found.reason) if found else None


def test_whoever_began_last_is_on_duty_until_the_next_begins(cast: Cast, session: Session) -> None:
    lin, zhou = an_agent(session, "Lin Fang"), an_agent(session, "Zhou Lan")
    duty(session, lin, -9)
    duty(session, zhou, -1)
    duty(session, lin, 7)
    now = queries.on_duty(session, at=clock.now())
    later = queries.on_duty(session, at=clock.now() + timedelta(days=40))
    assert now is not None
    assert later is not None
    assert (now.name, later.name) == ("Zhou Lan", "Lin Fang")


def test_somebody_is_on_duty_even_if_nobody_has_planned_it(cast: Cast, session: Session) -> None:
    an_agent(session, "Wang Min", role=Role.ADMIN)
    found = queries.on_duty(session, at=clock.now())
    assert found is not None
    assert (found.name, found.since) == ("Wang Min", None)


def test_the_one_before_stands_in_for_somebody_who_has_left(cast: Cast, session: Session) -> None:
    lin, zhou = an_agent(session, "Lin Fang"), an_agent(session, "Zhou Lan")
    duty(session, lin, -9)
    duty(session, zhou, -1)
    session.get_one(Person, zhou.person_id).active = False
    session.flush()
    found = queries.on_duty(session, at=clock.now())
    assert found is not None
    assert found.name == "Lin Fang"


def test_the_named_engineer_comes_before_those_who_know_more(cast: Cast, session: Session) -> None:
    lin, zhou = an_agent(session, "Lin Fang"), an_agent(session, "Zhou Lan")
    services.set_skills(session, zhou.id, skills=[("his", "orders")], by=SYSTEM, at=clock.now())
    cast.organisation.named_agent_id = lin.id
    assert chosen(session, a_ticket(cast)) == ("Lin Fang", Reason.NAMED)


def test_the_part_comes_before_the_product(cast: Cast, session: Session) -> None:
    lin, zhou = an_agent(session, "Lin Fang"), an_agent(session, "Zhou Lan")
    services.set_skills(session, lin.id, skills=[("his", "")], by=SYSTEM, at=clock.now())
    services.set_skills(session, zhou.id, skills=[("his", "orders")], by=SYSTEM, at=clock.now())
    assert chosen(session, a_ticket(cast)) == ("Zhou Lan", Reason.MODULE)
    assert chosen(session, a_ticket(cast, module_code="")) == ("Lin Fang", Reason.PRODUCT)


def test_of_several_who_know_it_the_one_with_the_fewest_open_tickets_gets_it(cast: Cast, session: Session) -> None:
    lin, zhou = an_agent(session, "Lin Fang"), an_agent(session, "Zhou Lan")
    for each in (lin, zhou):
        services.set_skills(session, each.id, skills=[("his", "orders")], by=SYSTEM, at=clock.now())
    a_ticket(cast).assignee_id = lin.id
    session.flush()
    assert chosen(session, a_ticket(cast)) == ("Zhou Lan", Reason.MODULE)


def test_where_nobody_knows_it_the_fewest_open_tickets_decide(cast: Cast, session: Session) -> None:
    an_agent(session, "Lin Fang")
    a_ticket(cast).assignee_id = cast.agent.id
    session.flush()
    assert chosen(session, a_ticket(cast)) == ("Lin Fang", Reason.FEWEST)


def test_an_emergency_goes_to_the_one_on_duty(cast: Cast, session: Session) -> None:
    lin, zhou = an_agent(session, "Lin Fang"), an_agent(session, "Zhou Lan")
    cast.organisation.named_agent_id = lin.id
    duty(session, zhou, -1)
    ticket = a_ticket(cast, severity=Priority.P1, is_emergency=True)
    assert chosen(session, ticket) == ("Zhou Lan", Reason.DUTY)


def test_nobody_is_named_who_may_not_see_the_ticket(cast: Cast, session: Session) -> None:
    lin, elsewhere = an_agent(session, "Lin Fang"), an_organisation(session, "Yunling")
    limit_agent(session, lin, organisations=(elsewhere,))
    cast.organisation.named_agent_id = lin.id
    assert chosen(session, a_ticket(cast)) == ("Chen Li", Reason.FEWEST)


def test_a_limited_agent_is_named_within_both_limits(cast: Cast, session: Session) -> None:
    lin = an_agent(session, "Lin Fang")
    limit_agent(session, lin, products=("his",), organisations=(cast.organisation,))
    cast.organisation.named_agent_id = lin.id
    assert chosen(session, a_ticket(cast)) == ("Lin Fang", Reason.NAMED)
    assert chosen(session, a_ticket(cast, product_code="")) == ("Chen Li", Reason.FEWEST)
