"""Who of us hears at once of a ticket that cannot wait, and what they read of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.accounts.queries import agent_actor
from portal.teams.models import Team, TeamMember
from portal.teams.queries.candidates import chosen_for, may_see
from portal.teams.queries.duty import on_duty
from portal.tickets.models import Event, Ticket
from portal.tickets.queries import visible_to
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.tables import ticket as ticket_table


@dataclass(frozen=True, slots=True)
class Urgent:
    """A ticket that cannot wait, as somebody of us reads of it."""

    ticket: Head
    is_on_duty: bool


def who_hears(session: Session, ticket: Ticket, *, at: datetime) -> set[UUID]:
    """Return who hears at once: whoever takes care of it, the members of its team, and who is on duty.

    Where none of them may see the ticket, it is whom the rule would give it to.
    """
    duty = on_duty(session, at=at)
    members = select(TeamMember.agent_id).join(Team, Team.id == TeamMember.team_id).where(Team.name == ticket.team)
    wanted = or_(Agent.id == ticket.assignee_id, Agent.id == (duty.agent_id if duty else None), Agent.id.in_(members))
    found = set(session.scalars(_people().where(wanted, may_see(ticket))))
    choice = None if found else chosen_for(session, ticket, at=at)
    return found if choice is None else set(session.scalars(_people().where(Agent.id == choice.candidate.agent_id)))


def urgent(session: Session, event_id: UUID, person_id: UUID, *, at: datetime) -> Urgent | None:
    """Return the ticket of an event for the mail of somebody of us; None where it waits for us no more."""
    actor = agent_actor(session, person_id)
    if actor is None:
        return None
    about = select(Event.ticket_id).where(Event.id == event_id).scalar_subquery()
    row = session.execute(HEADS.where(ticket_table.c.id == about, visible_to(actor))).first()
    found = head_of(row) if row else None
    if found is None or found.next_due_at is None or not found.is_urgent:
        return None
    duty = on_duty(session, at=at)
    return Urgent(found, is_on_duty=duty is not None and duty.agent_id == actor.agent_id)


def _people() -> Select[UUID]:
    return select(Person.id).join(Agent, Agent.person_id == Person.id).where(Person.active)
