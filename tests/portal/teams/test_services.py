"""Changing teams, planning duty, giving tickets out."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.outbox.models import OutboxMessage
from portal.teams import queries, services
from portal.teams.messages import HEAR_AT_ONCE
from portal.teams.models import DutyTurn
from portal.teams.services import DutyError, TeamError
from portal.tickets.models import Event, Priority, Ticket
from tests.factories import an_agent
from tests.portal.tickets.cast import Cast, a_ticket


def test_open_tickets_follow_when_their_team_is_renamed(cast: Cast, session: Session) -> None:
    team = services.make_team(session, name="Wards", by=SYSTEM, at=clock.now())
    ticket = a_ticket(cast)
    ticket.team = "Wards"
    session.flush()
    services.change_team(session, team, name="Inpatients", members=[cast.agent.id], by=SYSTEM, at=clock.now())
    session.refresh(ticket)
    assert ticket.team == "Inpatients"
    assert list(session.execute(queries.names_of_teams(cast.agent.id)).scalars()) == ["Inpatients"]


def test_two_teams_never_have_one_name(cast: Cast, session: Session) -> None:
    services.make_team(session, name="Wards", by=SYSTEM, at=clock.now())
    with pytest.raises(TeamError, match="taken"):
        services.make_team(session, name="Wards", by=SYSTEM, at=clock.now())


def test_a_team_with_open_tickets_stays(cast: Cast, session: Session) -> None:
    team = services.make_team(session, name="Wards", by=SYSTEM, at=clock.now())
    a_ticket(cast).team = "Wards"
    session.flush()
    with pytest.raises(TeamError, match="has-tickets"):
        services.remove_team(session, team, by=SYSTEM, at=clock.now())


@pytest.mark.parametrize(("after", "code"), [(timedelta(minutes=-1), "past"), (timedelta(days=400), "far")])
def test_a_turn_lies_within_the_year_to_come(cast: Cast, session: Session, after: timedelta, code: str) -> None:
    at = clock.now()
    with pytest.raises(DutyError, match=code):
        services.plan_turn(session, agent_id=cast.agent.id, from_at=at + after, note="", by=SYSTEM, at=at)


def test_only_a_turn_that_has_not_begun_is_taken_back(cast: Cast, session: Session) -> None:
    at = clock.now()
    begun = services.plan_turn(session, agent_id=cast.agent.id, from_at=None, note="A call at 16:00", by=SYSTEM, at=at)
    later = at + timedelta(hours=1)
    planned = services.plan_turn(session, agent_id=cast.agent.id, from_at=later, note="", by=SYSTEM, at=at)
    session.flush()
    with pytest.raises(DutyError, match="begun"):
        services.take_back_turn(session, begun.id, at=at)
    assert services.take_back_turn(session, planned.id, at=at)
    assert not services.take_back_turn(session, planned.id, at=at)
    assert [each.id for each in session.query(DutyTurn)] == [begun.id]


def given(session: Session, ticket: Ticket) -> dict[str, object]:
    """Return what was written down of a ticket's giving."""
    found = session.query(Event).filter(Event.ticket_id == ticket.id, Event.kind == "assigned").one()
    return dict(found.facts)


def test_new_tickets_wait_for_people_unless_the_desk_wants_otherwise(cast: Cast, session: Session) -> None:
    ticket = a_ticket(cast)
    assert services.give_out_new(session, at=clock.now()) == 0
    services.switch_giving_out(session, is_on=True, by=SYSTEM, at=clock.now())
    session.flush()
    assert services.give_out_new(session, at=clock.now()) == 1
    session.flush()
    assert ticket.assignee_id == cast.agent.id
    assert given(session, ticket) == {"agent_id": str(cast.agent.id), "reason": "fewest"}
    services.switch_giving_out(session, is_on=False, by=SYSTEM, at=clock.now() + timedelta(seconds=1))
    session.flush()
    assert not queries.gives_out(session)


def test_what_somebody_had_who_has_left_is_anybodys_to_take(cast: Cast, session: Session) -> None:
    left = an_agent(session, "Lin Fang")
    theirs, closed, others = a_ticket(cast), a_ticket(cast), a_ticket(cast)
    theirs.assignee_id, closed.assignee_id, closed.closed_at = left.id, left.id, clock.now()
    others.assignee_id = cast.agent.id
    due = theirs.next_due_at
    session.flush()
    assert services.give_back_left(session, at=clock.now()) == 0
    session.get_one(Person, left.person_id).active = False
    session.flush()
    assert services.give_back_left(session, at=clock.now()) == 1
    session.flush()
    assert [each.assignee_id for each in (theirs, closed, others)] == [None, left.id, cast.agent.id]
    assert (theirs.next_due_at, given(session, theirs)["reason"]) == (due, "left")
    assert services.give_back_left(session, at=clock.now()) == 0


def test_what_cannot_wait_calls_those_who_are_there_when_its_agent_leaves(cast: Cast, session: Session) -> None:
    left = an_agent(session, "Lin Fang")
    ticket = a_ticket(cast)
    ticket.assignee_id, ticket.priority = left.id, Priority.P1
    session.get_one(Person, left.person_id).active = False
    services.plan_turn(session, agent_id=cast.agent.id, from_at=None, note="", by=SYSTEM, at=clock.now())
    session.flush()
    services.give_back_left(session, at=clock.now())
    session.flush()
    told = session.query(OutboxMessage).filter(OutboxMessage.kind == HEAR_AT_ONCE).all()
    assert [each.person_id for each in told] == [cast.agent.person_id]


def test_the_rule_gives_on_what_somebody_had_who_has_left(cast: Cast, session: Session) -> None:
    left = an_agent(session, "Lin Fang")
    ticket = a_ticket(cast)
    ticket.assignee_id = left.id
    session.get_one(Person, left.person_id).active = False
    services.switch_giving_out(session, is_on=True, by=SYSTEM, at=clock.now())
    session.flush()
    services.give_back_left(session, at=clock.now())
    session.flush()
    assert ticket.assignee_id == cast.agent.id


def test_many_new_tickets_are_shared_among_those_who_know_them(cast: Cast, session: Session) -> None:
    lin, zhou = an_agent(session, "Lin Fang"), an_agent(session, "Zhou Lan")
    for each in (lin, zhou):
        services.set_skills(session, each.id, skills=[("his", "orders")], by=SYSTEM, at=clock.now())
    for _ in range(4):
        a_ticket(cast)
    services.switch_giving_out(session, is_on=True, by=SYSTEM, at=clock.now())
    session.flush()
    services.give_out_new(session, at=clock.now())
    session.flush()
    loads = [session.query(Ticket).filter(Ticket.assignee_id == each.id).count() for each in (lin, zhou)]
    assert loads == [2, 2]
