"""Erasing a person: a tombstone and the hashes of their texts stay, and nothing that says who it was."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Invitation, Person
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.db import Database, new_id
from portal.core.models import RateLimit, TypedText
from portal.files.models import StoredFile
from portal.interviews.models import DraftFile, Interview, ParkedForm
from portal.outbox import services as outbox
from portal.outbox.models import Job, OutboxMessage
from portal.privacy.permissions import FATES, EraseError, Fate
from portal.privacy.queries import Identity, identity_of, linked_tables, links
from portal.tickets.models import Event, Snapshot, Ticket

ERASED_NAME = "—"
"""Where a name or a title must stand, this stands."""
FINISH_JOB = "finish-erasing"


def erase(session: Session, person_id: UUID, *, by: Actor, at: datetime) -> list[str]:
    """Erase a person; returns the keys of the files that ``finish`` removes from the store, now or by the worker."""
    person = session.get(Person, person_id)
    if person is None or (not person.active and person.name == ERASED_NAME):
        raise EraseError("already-erased")
    if by.person_id == person_id:
        raise EraseError("yourself")
    who = identity_of(session, person_id)
    tickets = _tickets_with_texts_of(session, person_id)
    _forget_tries(session, person)
    _erase_texts(session, person_id, tickets, at=at)
    keys = [*_erase_files(session, person_id, at=at), *_erase_papers(session, tickets, at=at)]
    _erase_drafts(session, who)
    _erase_messages(session, who, at=at)
    _delete_rows(session, who)
    _clear_person(session, person, who)
    note_audit(session, "erase-person", subject=person, by=by, at=at, tickets=len(tickets), files=len(keys))
    outbox.add_job(session, FINISH_JOB, {"keys": list(keys)}, dedupe_key=f"{FINISH_JOB}:{new_id()}", at=at)
    return keys


def finish(database: Database, keys: Sequence[str], *, remove: Callable[[str], None]) -> None:
    """Remove the files from the store, and what SQLite still has of the rows in its file; harmless to repeat."""
    for key in keys:
        remove(key)
    if database.is_sqlite:
        with database.reader.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _tickets_with_texts_of(session: Session, person_id: UUID) -> list[UUID]:
    theirs = select(TypedText.id).where(TypedText.person_id == person_id)
    found = (
        select(Ticket.id).where(Ticket.title_id.in_(theirs)),
        select(Event.ticket_id).where(or_(Event.text_id.in_(theirs), Event.person_id == person_id)),
        select(Snapshot.ticket_id).where(Snapshot.document_id.in_(theirs)),
    )
    return sorted({ticket for each in found for ticket in session.scalars(each)})


def _forget_tries(session: Session, person: Person) -> None:
    """Forget how often somebody tried to sign in by their names."""
    for name in (person.email, person.phone, person.user_name):
        if name:
            session.execute(delete(RateLimit).where(RateLimit.key.contains(name, autoescape=True)))


def _erase_texts(session: Session, person_id: UUID, tickets: Sequence[UUID], *, at: datetime) -> None:
    """Leave the hash of each text, and a mark where a page needs one; the database takes the words out of the index."""
    theirs = (TypedText.person_id == person_id, TypedText.erased_at.is_(None))
    titles = select(Ticket.title_id).where(Ticket.id.in_(tickets))
    session.execute(update(TypedText).where(*theirs, TypedText.id.in_(titles)).values(body=ERASED_NAME, erased_at=at))
    session.execute(update(TypedText).where(*theirs).values(body="", erased_at=at))


def _erase_files(session: Session, person_id: UUID, *, at: datetime) -> list[str]:
    found = session.execute(
        update(StoredFile)
        .where(StoredFile.person_id == person_id, StoredFile.erased_at.is_(None))
        .values(name=ERASED_NAME, erased_at=at)
        .returning(StoredFile.storage_key)
    )
    return list(found.scalars())


def _erase_papers(session: Session, tickets: Sequence[UUID], *, at: datetime) -> list[str]:
    """Erase the sheets that were printed of the person's tickets; whoever wants one has it made anew."""
    wanted = {str(each) for each in tickets}
    jobs = [
        job
        for job in session.scalars(select(Job).where(Job.kind == "pdf"))
        if str(job.parameters.get("id")) in wanted or str(job.parameters.get("ticket_id")) in wanted
    ]
    files = [UUID(str(job.result["file_id"])) for job in jobs if "file_id" in job.result]
    session.execute(delete(Job).where(Job.id.in_([job.id for job in jobs])))
    rows = session.scalars(select(StoredFile).where(StoredFile.id.in_(files), StoredFile.erased_at.is_(None))).all()
    for row in rows:
        row.name, row.erased_at = ERASED_NAME, at
    return [row.storage_key for row in rows]


def _erase_drafts(session: Session, who: Identity) -> None:
    """Drop what was never sent, and the answers of what was: they are in the ticket's texts."""
    theirs = select(Interview.id).where(Interview.contact_id.in_(who.contact_ids))
    session.execute(delete(ParkedForm).where(ParkedForm.interview_id.in_(theirs)))
    session.execute(delete(DraftFile).where(DraftFile.interview_id.in_(theirs)))
    session.execute(
        update(Interview).where(Interview.contact_id.in_(who.contact_ids)).values(answers={}, visited=[], page="")
    )
    session.execute(delete(Interview).where(Interview.contact_id.in_(who.contact_ids), Interview.ticket_id.is_(None)))


def _erase_messages(session: Session, who: Identity, *, at: datetime) -> None:
    """Blank what was or would be told to them; what waits is dropped."""
    theirs = [OutboxMessage.person_id == who.person_id]
    invited = []
    if who.email:
        theirs.append(OutboxMessage.address == who.email)
        invited = list(session.scalars(select(Invitation.id).where(Invitation.email == who.email)))
        session.execute(update(Invitation).where(Invitation.id.in_(invited)).values(email="", name=""))
    blank: dict[str, Any] = {"address": None, "parameters": {}, "secret": None, "last_error": "", "was_dropped": True}
    told = or_(*theirs, OutboxMessage.subject_id.in_(invited))
    session.execute(
        update(OutboxMessage)
        .where(told)
        .values(**blank, delivered_at=func.coalesce(OutboxMessage.delivered_at, at), dead_at=None, leased_until=None)
    )


def _delete_rows(session: Session, who: Identity) -> None:
    """Delete the rows that are of no use without the person: sessions, codes, what was seen, replies begun."""
    for name, table in linked_tables().items():
        if FATES[name] is Fate.DELETED:
            for column, target in links(table):
                session.execute(delete(table).where(column.in_(who.keys_for(target))))


def _clear_person(session: Session, person: Person, who: Identity) -> None:
    person.name, person.active = ERASED_NAME, False
    person.email = person.phone = person.user_name = person.password = person.locale = None
    person.fs_uniquifier = new_id().hex
    session.execute(update(Contact).where(Contact.id.in_(who.contact_ids)).values(title=""))
