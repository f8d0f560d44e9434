"""What agents wrote for customers, what customers wrote themselves, and whose names there are."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Agent, Contact, Organisation, Person
from portal.catalogue.models import Module, Product
from portal.core.models import TypedText
from portal.desk.queries.where_used import texts_of
from portal.notices.models import Notice, NoticeRevision, NoticeText
from portal.phrasebook.queries import Written
from portal.tickets.models import Audience, Event, EventKind, Snapshot, Ticket
from portal.tickets.services.finding import answered

MOST_TEXTS = 5_000
"""Of each kind that are read, the latest."""
_MOST_CHARACTERS = 5_000
_MILLISECOND = 80
"""Where an id keeps the millisecond of its making."""
_SOURCE = "zh_Hans"


def written_by_agents(session: Session, *, since: datetime) -> Iterator[Written]:
    """Yield what agents wrote for customers on tickets, then in notices, the latest first."""
    yield from _on_tickets(session, since)
    yield from _in_notices(session, since)


def said_by_customers(session: Session, *, since: datetime) -> Iterator[str]:
    """Yield what customers wrote: titles and descriptions of their tickets, and their replies."""
    titles = (
        select(TypedText.body)
        .join(Ticket, Ticket.title_id == TypedText.id)
        .where(Ticket.opened_at >= since, TypedText.erased_at.is_(None))
        .order_by(Ticket.opened_at.desc(), Ticket.id.desc())
    )
    described = (
        select(TypedText.body)
        .join(Snapshot, Snapshot.document_id == TypedText.id)
        .where(Snapshot.id >= _first_id(since), Snapshot.at >= since, TypedText.erased_at.is_(None))
        .order_by(Snapshot.id.desc())
    )
    replied = (
        select(TypedText.body)
        .join(Event, Event.text_id == TypedText.id)
        .join(Contact, Contact.person_id == Event.person_id)
        .where(Event.id >= _first_id(since), Event.at >= since, TypedText.erased_at.is_(None))
        .order_by(Event.id.desc())
    )
    for rows in (titles, replied):
        yield from (body[:_MOST_CHARACTERS] for body in session.scalars(rows.limit(MOST_TEXTS)))
    for document in session.scalars(described.limit(MOST_TEXTS)):
        yield answered(document)[:_MOST_CHARACTERS]


def names(session: Session) -> Iterator[str]:
    """Yield the names of people, organisations, products and their parts."""
    yield from session.scalars(select(Person.name))
    yield from session.scalars(select(Organisation.name))
    for named in chain(session.scalars(select(Product.names)), session.scalars(select(Module.names))):
        yield from (str(each) for each in named.values())


def _first_id(since: datetime) -> UUID:
    """Return an id before all that were made since a moment: ids grow with time."""
    return UUID(int=int(since.timestamp() * 1000) << _MILLISECOND)


def _on_tickets(session: Session, since: datetime) -> Iterator[Written]:
    rows = session.execute(
        select(Event.kind, Event.person_id, Event.at, Event.ticket_id, Event.text_id, TypedText.body)
        .join(TypedText, TypedText.id == Event.text_id)
        .join(Agent, Agent.person_id == Event.person_id)
        .where(Event.id >= _first_id(since), Event.at >= since)
        .where(Event.audience == Audience.CUSTOMER, TypedText.erased_at.is_(None))
        .order_by(Event.id.desc())
        .limit(MOST_TEXTS)
    )
    for row in rows:
        words = answered(row.body) if row.kind == EventKind.RESOLVED else row.body
        written = (words[:_MOST_CHARACTERS], _SOURCE, row.person_id, row.at)
        yield Written(*written, ticket_id=row.ticket_id, text_id=row.text_id)


def _in_notices(session: Session, since: datetime) -> Iterator[Written]:
    """Yield the notices' texts as they stand now, each for whoever wrote its latest revision."""
    newer = aliased(NoticeRevision)
    newest = select(func.max(newer.number)).where(newer.notice_id == Notice.id).scalar_subquery()
    rows = session.execute(
        select(Notice.id, NoticeRevision.created_by, NoticeRevision.created_at, NoticeText.language)
        .add_columns(NoticeText.title, NoticeText.summary, NoticeText.document)
        .select_from(Notice)
        .join(NoticeRevision, (NoticeRevision.notice_id == Notice.id) & (NoticeRevision.number == newest))
        .join(NoticeText, NoticeText.revision_id == NoticeRevision.id)
        .where(NoticeRevision.created_at >= since, NoticeRevision.created_by.is_not(None))
        .order_by(NoticeRevision.created_at.desc())
        .limit(MOST_TEXTS)
    )
    for row in rows:
        words = "\n".join((row.title, row.summary, *texts_of(row.document)))
        yield Written(words[:_MOST_CHARACTERS], row.language, row.created_by, row.created_at, notice_id=row.id)
