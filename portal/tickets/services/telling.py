"""Who is told about what happens to a ticket."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person
from portal.chat import services as chat
from portal.outbox import services as outbox
from portal.tickets import messages
from portal.tickets.models import Event, Participant, Ticket


def tell(session: Session, ticket: Ticket, kind: str, event: Event) -> None:
    """Have the contact and everyone it is shared with told, but not whoever did it: the first number excepted.

    The organisation's chat groups hear of it too.
    """
    silent = None if kind == messages.RECEIVED else event.person_id
    people = [each for each in followers(session, ticket) if each != silent]
    told = [messages.about(kind, event_id=event.id, person_id=each) for each in people]
    told += chat.news_for(session, ticket.organisation_id, about=kind, subject_id=event.id)
    outbox.queue_all(session, told, at=event.at)


def call_our_people(session: Session, ticket: Ticket, event: Event) -> None:
    """Have those of us hear at once who have to, where a ticket has become one that cannot wait."""
    if ticket.is_urgent:
        outbox.queue(session, messages.cannot_wait(event.id), at=event.at)


def followers(session: Session, ticket: Ticket) -> Sequence[UUID]:
    """Return the people who follow a ticket: its contact, and the colleagues who were let in; not who is gone."""
    shared = select(Participant.contact_id).where(Participant.ticket_id == ticket.id, Participant.revoked_at.is_(None))
    return session.scalars(
        select(Contact.person_id)
        .join(Person, Person.id == Contact.person_id)
        .where(or_(Contact.id == ticket.contact_id, Contact.id.in_(shared)), Person.active)
    ).all()
