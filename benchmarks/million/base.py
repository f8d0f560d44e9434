"""A thousand real tickets, made through the same services that pages call; everything larger is copies of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import schema
from portal.accounts import services as accounts
from portal.accounts.models import Contact
from portal.core import clock
from portal.core.actor import Actor, SeeScope
from portal.core.db import Database
from portal.demo.year.people import PRODUCTS, move_in
from portal.outbox.models import OutboxMessage
from portal.tickets import services
from portal.tickets.models import Priority, Ticket

TICKETS = 1_000
OPENS, OWN_OPENS = 10, 48
"""One in so many tickets is open: more than a hundred thousand of a million. Of the reader's own it is one in four:
their lists are full among few tickets, too, so that what grows is what is asked of the database, and not the page."""
NOW = datetime(2026, 4, 21, 2, 2, tzinfo=UTC)
RARE, FREQUENT, EVERY = "ORD-9001", "打印", 8
"""A word that stands in one ticket, and one that stands in every eighth."""
_STEP = timedelta(minutes=3)
_COMMON = [chr(0x4E00 + each * 7) for each in range(1_500)]
_WORDS = [f"{first}{second}" for first, second in zip(_COMMON, reversed(_COMMON), strict=True)]
_SOLVED = services.Resolution("A setting was wrong.", "It is set right.", "It is checked every night now.")


@dataclass(frozen=True, slots=True)
class Readers:
    """Who opens the pages, and the ticket that they open."""

    own: Actor
    """Sees their own tickets."""
    colleague: Actor
    """Sees all tickets of the same organisation."""
    agent: Actor
    reference: str


def make(database: Database) -> Readers:
    """Fill a new database."""
    chance = Random(1)
    with clock.stopped_at(NOW):
        schema.upgrade(database)
    with database.write() as session:
        people = move_in(session, at=NOW - timedelta(days=30))
        own, agent = people.customers[1], people.agents[1]
        colleague = _colleague(session, own)
    for place in range(TICKETS):
        with database.write() as session:
            at = NOW - (TICKETS - place) * _STEP
            ticket = _one(session, people.customers[place % len(people.customers)], agent, place, at, chance)
    with database.write() as session:
        ticket = _report(session, own, f"{RARE} 单据没有出来", NOW - _STEP)
        services.assign(session, ticket, agent_id=agent.agent_id, by=agent, at=NOW - _STEP)
        # What was to be mailed in those days is mailed.
        session.execute(delete(OutboxMessage))
        return Readers(own, colleague, agent, ticket.reference)


def _colleague(session: Session, own: Actor) -> Actor:
    organisation = session.get_one(Contact, own.contact_id).organisation_id
    person = accounts.add_person(session, accounts.Newcomer("Head nurse", user_name="head-nurse"), at=NOW)
    contact = Contact(person_id=person.id, organisation_id=organisation, see_scope=SeeScope.ORGANISATION)
    session.add(contact)
    session.flush()
    return Actor(
        person.id, own.role, person.name, contact_id=contact.id, organisation_id=organisation,
        see_scope=SeeScope.ORGANISATION,
    )  # fmt: skip


def _one(session: Session, by: Actor, agent: Actor, place: int, at: datetime, chance: Random) -> Ticket:
    """Report a problem, answer it, and mostly solve it, too."""
    words = "".join(chance.choices(_WORDS, k=5)) + (FREQUENT if place % EVERY == 1 else "")
    ticket = _report(session, by, words, at)
    minute = timedelta(minutes=1)
    said = services.Update("".join(chance.choices(_WORDS, k=20)))
    services.add_update(session, ticket, update=said, by=agent, at=at + minute)
    if place % OPENS and place % OWN_OPENS != 1:
        services.resolve(session, ticket, resolution=_SOLVED, by=agent, at=at + 2 * minute)
        services.confirm(session, ticket, by=by, at=at + 2 * minute)
    return ticket


def _report(session: Session, by: Actor, words: str, at: datetime) -> Ticket:
    opening = services.Opening(
        title=words,
        severity=Priority.P3,
        document={"schema": "problem-snapshot/1"},
        organisation_id=by.organisation_id,
        contact_id=by.contact_id,
        product_code=PRODUCTS[0],
    )
    return services.open_ticket(session, opening=opening, by=by, at=at)
