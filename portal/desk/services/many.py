"""Doing one thing with many tickets: each by itself, so that one refusal stops no other."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.incidents import services as incidents
from portal.phrasebook.services import Kept, keep_terms
from portal.teams import services as teams
from portal.tickets import services as tickets
from portal.tickets.models import Ticket
from portal.tickets.queries import ticket_to_change

DONE = "done"
MOST_CHOSEN = 100


def change_each(
    session: Session, references: Sequence[str], act: Callable[[Ticket], object], *, by: Actor
) -> dict[str, str]:
    """Do something with each ticket and return how it went: done, or the code of what the rules refused."""
    return {each: _change_one(session, each, act, by) for each in sorted(set(references))[:MOST_CHOSEN]}


def take_each(session: Session, references: Sequence[str], *, by: Actor, at: datetime) -> dict[str, str]:
    """Let an agent take tickets on."""

    def take(ticket: Ticket) -> object:
        return tickets.assign(session, ticket, agent_id=by.agent_id, by=by, at=at)

    return change_each(session, references, take, by=by)


def give_each(
    session: Session, references: Sequence[str], *, agent_id: UUID | None, by: Actor, at: datetime
) -> dict[str, str]:
    """Give tickets to a colleague, or each to whom the rule names."""

    def give(ticket: Ticket) -> object:
        if agent_id is not None:
            return tickets.give_to(session, ticket, taker=tickets.Taker(agent_id), by=by, at=at)
        if teams.give_by_rule(session, ticket, by=by, at=at) is None:
            raise DomainError("nobody")
        return None

    return change_each(session, references, give, by=by)


def tell_each(
    session: Session, references: Sequence[str], *, update: tickets.Update, kept: Kept, by: Actor, at: datetime
) -> dict[str, str]:
    """Send the customers of tickets the same update, with the time by which they hear again; notes terms that stay."""

    def tell(ticket: Ticket) -> object:
        keep_terms(session, ticket.id, kept, by=by, at=at)
        return tickets.add_update(session, ticket, update=update, by=by, at=at)

    return change_each(session, references, tell, by=by)


def join_each(
    session: Session, references: Sequence[str], *, notice_id: UUID, by: Actor, at: datetime
) -> dict[str, str]:
    """Join tickets to the notice about their common problem; what has ended is not joined any more."""

    def join(ticket: Ticket) -> object:
        if ticket.closed_at is not None:
            raise DomainError("not-now")
        return incidents.link(session, notice_id, [ticket.id], by=by, at=at)

    return change_each(session, references, join, by=by)


def _change_one(session: Session, reference: str, act: Callable[[Ticket], object], by: Actor) -> str:
    ticket = ticket_to_change(session, reference, by)
    if ticket is None:
        return "not-there"
    try:
        with session.begin_nested():
            act(ticket)
    except DomainError as error:
        return error.code
    return DONE
