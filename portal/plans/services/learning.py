"""After it: why it happened, what prevents it, what is done because of it by when, and what customers read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.core.calendar import OFFICE
from portal.plans.models import AfterAction, Emergency, EmergencyAction, EmergencyActionPromise, EntryKind
from portal.plans.permissions import EmergencyError
from portal.plans.services.sharing import tell_readers
from portal.plans.services.writing import Entry, write
from portal.tickets.models import Audience, Event, EventKind, Ticket
from portal.tickets.services.actions import Actions, Agreed, due_at
from portal.tickets.services.recording import Happening, record

_ACTIONS = Actions(EmergencyAction, EmergencyActionPromise)


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
    if action.ticket_id is None:
        action.next_due_at, action.done_at = None, at
    else:
        _ACTIONS.finish(session, session.get_one(Ticket, action.ticket_id, with_for_update=True), action, by=by, at=at)
    write(session, emergency, Entry(EntryKind.ACTION_DONE, facts={"action_id": str(action.id)}), by=by, at=at)


def settle_actions(session: Session, *, at: datetime) -> int:
    """Say sorry for what was promised and is not done in time, and promise a new day; returns how many there were."""
    return _ACTIONS.settle_late(session, at=at)


def _texts(lessons: Lessons) -> tuple[str, str, str]:
    return lessons.cause, lessons.prevention, lessons.summary


def _require_complete(session: Session, emergency: Emergency, lessons: Lessons, at: datetime) -> None:
    if emergency.ended_at is None:
        raise EmergencyError("not-ended")
    if session.get(AfterAction, emergency.id) is not None:
        raise EmergencyError("looked-back")
    if not all(each.strip() for each in (*_texts(lessons), *(each.words for each in lessons.actions))):
        raise EmergencyError("needs-words")
    if any(due_at(each.due_on, OFFICE.zone) <= at for each in lessons.actions):
        raise EmergencyError("due-has-passed")


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
    action = EmergencyAction(emergency_id=emergency.id, ticket_id=emergency.ticket_id, text_id=text.id)
    action.next_due_at = due_at(wanted.due_on, OFFICE.zone)
    session.add(action)
    session.flush()
    if event is not None:
        _ACTIONS.promise_it(session, event, action, action.next_due_at)


def action_of(session: Session, emergency: Emergency, action_id: UUID) -> EmergencyAction | None:
    """Return something that is to be done after an emergency, held to be changed; None where it is another's."""
    found = select(EmergencyAction).where(EmergencyAction.id == action_id, EmergencyAction.emergency_id == emergency.id)
    return session.scalars(found.with_for_update()).one_or_none()
