"""Giving tickets to those whom the rule chooses."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core.actor import SYSTEM, Actor
from portal.teams import queries
from portal.teams.models import GivingOut
from portal.teams.queries import Choice
from portal.teams.services.calling import tell_at_once
from portal.tickets import services as tickets
from portal.tickets.models import Ticket, TicketState

AT_ONCE = 20
"""How many tickets one pass gives out, so that its transaction stays short."""


def give_by_rule(session: Session, ticket: Ticket, *, by: Actor, at: datetime) -> Choice | None:
    """Give a ticket to whom the rule chooses; None where nobody may see it."""
    choice = queries.chosen_for(session, ticket, at=at)
    if choice is None:
        return None
    taker = tickets.Taker(choice.candidate.agent_id, choice.candidate.team, choice.reason)
    tickets.give_to(session, ticket, taker=taker, by=by, at=at)
    return choice


def give_out_new(session: Session, *, at: datetime) -> int:
    """Give out new tickets that nobody has taken, where the desk wants the rule to do so; returns how many."""
    if not queries.gives_out(session):
        return 0
    new = (
        select(Ticket)
        .where(
            Ticket.assignee_id.is_(None),
            Ticket.closed_at.is_(None),
            Ticket.next_due_at.is_not(None),
            Ticket.state == TicketState.NEW,
        )
        .order_by(Ticket.next_due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return sum(give_by_rule(session, each, by=SYSTEM, at=at) is not None for each in session.scalars(new).all())


def give_back_left(session: Session, *, at: datetime) -> int:
    """Give back the open tickets of people who have left, with all that was promised; returns how many.

    They are anybody's to take, or go to whom the rule chooses; what cannot wait is told at once.
    """
    left = select(Agent.id).join(Person, Person.id == Agent.person_id).where(~Person.active)
    theirs = (
        select(Ticket)
        .where(Ticket.assignee_id.in_(left), Ticket.closed_at.is_(None))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, of=Ticket)
    )
    found = session.scalars(theirs).all()
    by_rule = bool(found) and queries.gives_out(session)
    for each in found:
        event = tickets.give_to(session, each, taker=tickets.Taker(None, reason="left"), by=SYSTEM, at=at)
        if by_rule:
            give_by_rule(session, each, by=SYSTEM, at=at)
        if each.is_urgent:
            tell_at_once(session, event.id, at=at)
    return len(found)


def switch_giving_out(session: Session, *, is_on: bool, by: Actor, at: datetime) -> None:
    """Let the rule give out new tickets from now on, or leave it to people."""
    session.add(GivingOut(is_on=is_on, person_id=by.person_id, at=at))
