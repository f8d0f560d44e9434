"""Making many of everything, in a hurry: copies of one row, each with an id of its own."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Installation, Invitation, Organisation, Person, SignInSession
from portal.core import clock
from portal.core.db import Base, new_id
from portal.interviews.models import Interview
from portal.notices.models import Notice, NoticeRevision, NoticeText, Receipt
from portal.outbox.models import Job, OutboxMessage
from portal.tickets.models import Audience, Event, EventKind, Promise, Snapshot, Ticket

Change = Callable[[int], Mapping[str, Any]]
MOST_INSTALLATIONS = 40
"""No hospital runs a thousand products of one vendor."""


def copies(session: Session, model: type[Base], like: Mapping[str, Any], number: int, change: Change) -> list[UUID]:
    """Add copies of the first row that is like this; ``change`` says what differs in each."""
    table = model.__table__
    assert isinstance(table, Table)
    found = session.execute(select(table).filter_by(**like).limit(1)).mappings().one()
    rows = [{**found, **({"id": new_id()} if "id" in table.c else {}), **change(each)} for each in range(number)]
    if rows:
        session.execute(insert(table), rows)
    return [row.get("id", UUID(int=0)) for row in rows]


def grow(session: Session, number: int, *, contact: Contact, reference: str) -> None:
    """Give a contact's organisation that many of everything, and one ticket that many events."""
    ticket = session.scalars(select(Ticket).where(Ticket.reference == reference)).one()
    _add_events(session, ticket, number)
    _add_tickets(session, ticket, number)
    _add_people(session, contact, number)
    _add_notices(session, contact, number)
    _add_waiting(session, contact, number)
    copies(session, Interview, {"contact_id": contact.id}, number, lambda _: {})
    session.commit()


def _add_events(session: Session, ticket: Ticket, number: int) -> None:
    like = {"ticket_id": ticket.id, "kind": EventKind.REPLIED, "audience": Audience.CUSTOMER}
    first = ticket.last_seq + 1
    copies(session, Event, like, number, lambda each: {"seq": first + each})
    ticket.last_seq = ticket.public_seq = ticket.last_seq + number


def _add_tickets(session: Session, ticket: Ticket, number: int) -> None:
    def later(each: int) -> dict[str, Any]:
        moved = timedelta(minutes=each + 1)
        due = ticket.next_due_at + moved if ticket.next_due_at else None
        return {"reference": f"C-{number}-{each}", "opened_at": ticket.opened_at - moved, "next_due_at": due}

    ids = copies(session, Ticket, {"id": ticket.id}, number, later)
    for model, like in (
        (Event, {"ticket_id": ticket.id, "seq": 1}),
        (Promise, {"ticket_id": ticket.id}),
        (Snapshot, {"ticket_id": ticket.id}),
    ):
        copies(session, model, like, number, lambda each: {"ticket_id": ids[each]})


def _add_people(session: Session, contact: Contact, number: int) -> None:
    def named(each: int) -> dict[str, Any]:
        mark = f"{number}-{each}"
        return {
            "email": f"{mark}@crowd.example",
            "phone": None,
            "user_name": None,
            "fs_uniquifier": mark,
            "name": f"Guest {mark}",
        }

    people = copies(session, Person, {"id": contact.person_id}, number, named)
    copies(session, Contact, {"id": contact.id}, number, lambda each: {"person_id": people[each]})
    organisation = {"id": contact.organisation_id}
    copies(session, Organisation, organisation, number, lambda each: {"name": f"Hospital {number}-{each}"})
    running = {"organisation_id": contact.organisation_id}
    copies(session, Installation, running, min(number, MOST_INSTALLATIONS), lambda _: {})
    copies(session, Invitation, {}, number, _invited(contact, number))
    copies(session, SignInSession, {"person_id": contact.person_id}, number, lambda each: _token(number, each))


def _invited(contact: Contact, number: int) -> Change:
    return lambda each: {"organisation_id": contact.organisation_id, **_token(number, each)}


def _token(number: int, each: int) -> dict[str, Any]:
    return {"token_sha256": f"crowd-{number}-{each}"}


def _add_notices(session: Session, contact: Contact, number: int) -> None:
    notice = session.scalars(select(Notice).where(Notice.code == "N-2026-open")).one()
    ids = copies(session, Notice, {"id": notice.id}, number, lambda each: {"code": f"N-{number}-{each}"})
    like = {"notice_id": notice.id, "number": 1}
    revisions = copies(session, NoticeRevision, like, number, lambda each: {"notice_id": ids[each]})
    source = session.scalars(select(NoticeRevision.id).where(NoticeRevision.notice_id == notice.id)).one()
    for language in ("en", "zh_Hans"):
        text = {"revision_id": source, "language": language}
        copies(session, NoticeText, text, number, lambda each: {"revision_id": revisions[each]})
    if not session.scalars(select(Receipt).limit(1)).first():
        session.add(_receipt(notice, contact))
        session.flush()
    copies(session, Receipt, {"notice_id": notice.id}, number, lambda each: {"notice_id": ids[each]})
    copies(session, Receipt, {"notice_id": notice.id}, number, lambda _: {})


def _receipt(notice: Notice, contact: Contact) -> Receipt:
    return Receipt(
        notice_id=notice.id,
        revision_number=1,
        organisation_id=contact.organisation_id,
        contact_id=contact.id,
        kind="read",
        at=clock.now(),
    )


def _add_waiting(session: Session, contact: Contact, number: int) -> None:
    def dead(each: int) -> dict[str, Any]:
        return {"dedupe_key": f"crowd-{number}-{each}", "dead_at": clock.now(), "person_id": contact.person_id}

    copies(session, OutboxMessage, {"dead_at": None}, number, dead)
    copies(session, Job, {}, number, lambda each: {"dedupe_key": f"crowd-{number}-{each}"})
