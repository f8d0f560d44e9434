"""After it: why it happened, what prevents it, what is done because of it by when, and what customers read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import SYSTEM, Actor
from portal.core.calendar import OFFICE
from portal.plans.models import AfterAction, Emergency, EmergencyAction, EmergencyActionPromise, EntryKind
from portal.plans.permissions import EmergencyError
from portal.plans.services.sharing import tell_readers
from portal.plans.services.writing import Entry, write
from portal.tickets import messages
from portal.tickets.models import Audience, Event, EventKind, Promise, PromiseKind, PromiseOutcome, Ticket
from portal.tickets.services import promises, telling
from portal.tickets.services.agreed import agreed
from portal.tickets.services.recording import Happening, record

DONE_BY = time(18)
"""By when on its day something is done."""
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something that is done because of what was learned, and the day by which it is."""

    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Lessons:
    """What was learned."""

    cause: str
    prevention: str
    summary: str
    """What customers read."""
    actions: Sequence[Agreed] = ()


def look_back(session: Session, emergency: Emergency, *, lessons: Lessons, by: Actor, at: datetime) -> AfterAction:
    """Keep what was learned from an emergency that has ended; each thing to be done is a promise where it was real."""
    _require_complete(session, emergency, lessons, at)
    texts = [typed_text.keep(session, each, person_id=by.person_id) for each in _texts(lessons)]
    row = AfterAction(
        emergency_id=emergency.id,
        cause_id=texts[0].id,
        prevention_id=texts[1].id,
        summary_id=texts[2].id,
        person_id=by.person_id,
        at=at,
    )
    session.add(row)
    write(session, emergency, Entry(EntryKind.LOOKED_BACK), by=by, at=at)
    event = _note_on_ticket(session, emergency, lessons, by=by, at=at) if lessons.actions else None
    for each in lessons.actions:
        _agree(session, emergency, event, each, by=by)
    tell_readers(session, emergency, by=by, at=at)
    return row


def finish_action(session: Session, emergency: Emergency, action: EmergencyAction, *, by: Actor, at: datetime) -> None:
    """Say that something is done; in time it is a promise kept. Whoever comes second changes nothing."""
    if action.done_at is not None:
        return
    ticket = session.get_one(Ticket, action.ticket_id, with_for_update=True) if action.ticket_id else None
    if ticket is not None:
        promise = _open_promise(session, action)
        facts = {"action_id": str(action.id), "was_due_at": promise.due_at.isoformat()}
        event = record(session, ticket, Happening(EventKind.ACTION_DONE, facts=facts), by=by, at=at)
        promises.settle(session, [promise], event)
        telling.tell(session, ticket, messages.UPDATE, event)
    action.next_due_at, action.done_at = None, at
    write(session, emergency, Entry(EntryKind.ACTION_DONE, facts={"action_id": str(action.id)}), by=by, at=at)


def settle_actions(session: Session, *, at: datetime) -> int:
    """Say sorry for what was promised and is not done in time, and promise a new day; returns how many there were."""
    late = session.scalars(
        select(EmergencyAction)
        .where(EmergencyAction.next_due_at < at, EmergencyAction.ticket_id.is_not(None))
        .order_by(EmergencyAction.next_due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for action in late:
        _apologise(session, action, at)
    return len(late)


def _texts(lessons: Lessons) -> tuple[str, str, str]:
    return lessons.cause, lessons.prevention, lessons.summary


def _require_complete(session: Session, emergency: Emergency, lessons: Lessons, at: datetime) -> None:
    if emergency.ended_at is None:
        raise EmergencyError("not-ended")
    if session.get(AfterAction, emergency.id) is not None:
        raise EmergencyError("looked-back")
    if not all(each.strip() for each in (*_texts(lessons), *(each.words for each in lessons.actions))):
        raise EmergencyError("needs-words")
    if any(_due(each.due_on) <= at for each in lessons.actions):
        raise EmergencyError("due-has-passed")


def _due(day: date) -> datetime:
    return datetime.combine(day, DONE_BY, tzinfo=OFFICE.zone)


def _note_on_ticket(
    session: Session, emergency: Emergency, lessons: Lessons, *, by: Actor, at: datetime
) -> Event | None:
    """Write on the ticket, for colleagues, why something is promised now."""
    if emergency.ticket_id is None:
        return None
    ticket = session.get_one(Ticket, emergency.ticket_id, with_for_update=True)
    happening = Happening(EventKind.NOTED, Audience.INTERNAL, lessons.prevention)
    return record(session, ticket, happening, by=by, at=at)


def _agree(session: Session, emergency: Emergency, event: Event | None, wanted: Agreed, *, by: Actor) -> None:
    text = typed_text.keep(session, wanted.words, person_id=by.person_id)
    action = EmergencyAction(
        emergency_id=emergency.id, ticket_id=emergency.ticket_id, text_id=text.id, next_due_at=_due(wanted.due_on)
    )
    session.add(action)
    session.flush()
    if event is not None:
        ticket = session.get_one(Ticket, event.ticket_id)
        _promise(session, ticket, event, action, promises.BY_PERSON)


def _promise(session: Session, ticket: Ticket, event: Event, action: EmergencyAction, source: str) -> None:
    if action.next_due_at is None:
        return
    promise = promises.make(session, ticket, event, PromiseKind.ACTION, action.next_due_at, source=source)
    session.flush()
    session.add(EmergencyActionPromise(promise_id=promise.id, action_id=action.id))


def _open_promise(session: Session, action: EmergencyAction) -> Promise:
    session.flush()
    return session.scalars(
        select(Promise)
        .join(EmergencyActionPromise, EmergencyActionPromise.promise_id == Promise.id)
        .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
        .where(EmergencyActionPromise.action_id == action.id, PromiseOutcome.promise_id.is_(None))
    ).one()


def _apologise(session: Session, action: EmergencyAction, at: datetime) -> None:
    ticket = session.get_one(Ticket, action.ticket_id, with_for_update=True)
    missed, action.next_due_at = _open_promise(session, action), agreed(session, ticket).calendar.walk_days(at, 1)
    facts = {
        "action_id": str(action.id),
        "was_due_at": missed.due_at.isoformat(),
        "next_due_at": action.next_due_at.isoformat(),
    }
    event = record(session, ticket, Happening(EventKind.ACTION_LATE, facts=facts), by=SYSTEM, at=at)
    promises.settle(session, [missed], event)
    _promise(session, ticket, event, action, f"apology {agreed(session, ticket).source}")
    telling.tell(session, ticket, messages.UPDATE, event)


def action_of(session: Session, emergency: Emergency, action_id: UUID) -> EmergencyAction | None:
    """Return something that is to be done after an emergency, held to be changed; None where it is another's."""
    found = select(EmergencyAction).where(EmergencyAction.id == action_id, EmergencyAction.emergency_id == emergency.id)
    return session.scalars(found.with_for_update()).one_or_none()
