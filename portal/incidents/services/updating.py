"""One update that answers every linked ticket: written once, told to each exactly once, some at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.core import clock, typed_text
from portal.core.actor import Actor, Role
from portal.core.db import Database
from portal.core.errors import DomainError
from portal.core.models import TypedText
from portal.incidents import messages
from portal.incidents.models import IncidentUpdate, TicketTold, UpdateKind, best_words
from portal.incidents.services.ending import end_for
from portal.notices import services as notices
from portal.notices.models import AffectedReport, Notice, NoticeState
from portal.notices.permissions import Action
from portal.outbox.plain import Plain
from portal.outbox.services import add_job, queue_for_all
from portal.tickets.models import Event, Ticket, TicketState
from portal.tickets.queries import visible_to
from portal.tickets.services import Resolution, Update, add_update, promises, resolve

UPDATE_JOB = "incident-update"
AT_ONCE = 25
"""Tickets in one transaction: a worker that dies loses no more than these, and they are told again by the next."""

_ENDED = (NoticeState.ARCHIVED, NoticeState.WITHDRAWN, NoticeState.SUPERSEDED)


class IncidentError(DomainError):
    """An update that can't be written: it has ``no-words``, or the notice is ``not-now`` to be resolved."""


def write_update(
    session: Session,
    notice_id: UUID,
    words: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
    next_by: datetime | None = None,
) -> IncidentUpdate:
    """Answer every linked ticket in its customer's language; the worker tells them one after the other.

    Where ``next_by`` is sooner than what is promised on a ticket anyway, it is promised there in its place.
    """
    if not any(words.values()):
        raise IncidentError("no-words")
    update = IncidentUpdate(notice_id=notice_id, kind=UpdateKind.UPDATE, at=at, next_by=next_by)
    return _begin(session, update, dict(words), by=by)


def resolve_incident(
    session: Session, notice: Notice, words: Mapping[str, Resolution], *, by: Actor, at: datetime
) -> IncidentUpdate:
    """Say that it is solved, ask every linked ticket's customer to confirm, and report to whoever follows it.

    A notice that isn't out yet stays as it is: what was solved before anybody read of it needs none.
    """
    if not words:
        raise IncidentError("no-words")
    if notice.state in _ENDED:
        raise IncidentError("not-now")
    if notice.revision_number is not None and notice.state != NoticeState.RESOLVED:
        notices.move(session, notice, Action.RESOLVE, by=by)
    end_for(session, notice.id, at=at)
    kept = {language: asdict(each) for language, each in words.items()}
    update = _begin(session, IncidentUpdate(notice_id=notice.id, kind=UpdateKind.RESOLVED, at=at), kept, by=by)
    _report_to_followers(session, update)
    return update


def _begin(session: Session, update: IncidentUpdate, words: Mapping[str, object], *, by: Actor) -> IncidentUpdate:
    text = typed_text.keep(session, json.dumps(words, ensure_ascii=False), person_id=by.person_id)
    update.text_id, update.person_id = text.id, by.person_id
    session.add(update)
    session.flush()
    # Who is told is settled now: whoever joins later has read it in the notice. Nobody writes to tickets out of sight.
    linked = select(literal(update.id, TicketTold.update_id.type), Ticket.id).where(
        Ticket.notice_id == update.notice_id,
        Ticket.closed_at.is_(None),
        Ticket.state != TicketState.RESOLVED,
        visible_to(by),
    )
    session.execute(insert(TicketTold).from_select(["update_id", "ticket_id"], linked, include_defaults=False))
    add_job(session, UPDATE_JOB, {"update": str(update.id)}, dedupe_key=f"{UPDATE_JOB}:{update.id}", at=update.at)
    return update


def _report_to_followers(session: Session, update: IncidentUpdate) -> None:
    """Have everyone told who said that they have it too; whose ticket is told hears it there."""
    by_ticket = (
        select(Ticket.contact_id)
        .join(TicketTold, TicketTold.ticket_id == Ticket.id)
        .where(TicketTold.update_id == update.id, Ticket.contact_id.is_not(None))
    )
    people = (
        select(Contact.person_id)
        .join(AffectedReport, AffectedReport.contact_id == Contact.id)
        .join(Person, Person.id == Contact.person_id)
        .where(AffectedReport.notice_id == update.notice_id, Person.active, Contact.id.not_in(by_ticket))
    )
    queue_for_all(session, messages.closed(update), people, at=update.at)


def tell_all(database: Database, parameters: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Tell every ticket that has not been told yet; what was begun and broke off goes on where it was."""
    update_id, told = UUID(str(parameters["update"])), 0
    while True:
        with database.write() as session:
            some = tell_some(session, update_id, at=clock.now())
        if not some:
            return {"told": told}
        told += some


def note_told(session: Session, update: IncidentUpdate, event: Event) -> int:
    """Note that a ticket has just been told by hand; returns how many others wait to be told."""
    row = session.get(TicketTold, (update.id, event.ticket_id))
    if row is not None:
        row.event_id, row.told_at = event.id, event.at
    session.flush()
    waiting = select(func.count()).where(TicketTold.update_id == update.id, TicketTold.told_at.is_(None))
    return session.execute(waiting).scalar_one()


def tell_some(session: Session, update_id: UUID, *, at: datetime, most: int = AT_ONCE) -> int:
    """Tell some of the tickets that are waiting, and return how many; two workers never tell the same one."""
    waiting = session.scalars(
        select(TicketTold)
        .where(TicketTold.update_id == update_id, TicketTold.told_at.is_(None))
        .order_by(TicketTold.ticket_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    if not waiting:
        return 0
    update = session.get_one(IncidentUpdate, update_id)
    words = json.loads(session.get_one(TypedText, update.text_id).body or "{}")
    by = Actor(person_id=update.person_id, role=Role.AGENT)
    for ticket, locale in tickets_to_tell(session, [each.ticket_id for each in waiting]):
        row = next(each for each in waiting if each.ticket_id == ticket.id)
        event = _tell(session, ticket, update, best_words(words, locale), by=by, at=at)
        row.event_id, row.told_at = event.id if event else None, at
    session.flush()
    return len(waiting)


def tickets_to_tell(session: Session, ticket_ids: Sequence[UUID]) -> list[tuple[Ticket, str]]:
    """Return tickets with the language of whoever reads them, held until the transaction ends."""
    rows = session.execute(
        select(Ticket, func.coalesce(Person.locale, Organisation.locale, "").label("locale"))
        .outerjoin(Organisation, Organisation.id == Ticket.organisation_id)
        .outerjoin(Contact, Contact.id == Ticket.contact_id)
        .outerjoin(Person, Person.id == Contact.person_id)
        .where(Ticket.id.in_(ticket_ids))
        .with_for_update(of=Ticket)
    )
    return [(row.Ticket, row.locale) for row in rows]


def _tell(
    session: Session, ticket: Ticket, update: IncidentUpdate, words: object, *, by: Actor, at: datetime
) -> Event | None:
    """Tell one ticket; None where it needs it no more, because it ended meanwhile or was told the same."""
    try:
        with session.begin_nested():
            if update.kind == UpdateKind.RESOLVED and isinstance(words, Mapping):
                return resolve(session, ticket, resolution=Resolution(**words), by=by, at=at)
            event = add_update(session, ticket, update=Update(str(words)), by=by, at=at)
            if update.next_by is not None and update.next_by > at and ticket.state not in promises.NOTHING_PROMISED:
                promises.bring_forward(session, ticket, event, update.next_by)
            return event
    except DomainError:
        return None
