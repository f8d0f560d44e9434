"""While an emergency runs: who answers, what is done, what customers are told, and when it ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core.actor import SYSTEM, Actor
from portal.outbox import services as outbox
from portal.plans import messages
from portal.plans.models import Emergency, EmergencyCall, EmergencyStep, EntryKind, Mode
from portal.plans.permissions import EmergencyError, Held, is_named, may_tell, tellers
from portal.plans.services.starting import News, call, joining, promise_update
from portal.plans.services.writing import Entry, write
from portal.teams.queries import on_duty

AT_ONCE = 100


def answer(session: Session, emergency: Emergency, *, by: Actor, at: datetime) -> int:
    """Say that one is there, for every role that one was called for; returns for how many that was new."""
    _require_running(emergency)
    calls = _calls(session, emergency)
    mine = [each for each in calls if each.agent_id == by.agent_id and each.answered_at is None]
    for each in mine:
        each.answered_at = at
        facts = {"duty": each.duty, "was_in_time": at <= each.answer_by}
        write(session, emergency, Entry(EntryKind.ANSWERED, facts=facts), by=by, at=at)
    if mine:
        _note_assembled(session, emergency, calls, by=by, at=at)
    return len(mine)


def may_take_over(session: Session, held: Sequence[Held], *, by: Actor, at: datetime) -> bool:
    """Whether somebody may tell the customers from now on in place of whoever does: one who is named, or on duty."""
    if by.agent_id is None or may_tell(by, held):
        return False
    if is_named(by, held):
        return True
    duty = on_duty(session, at=at)
    return duty is not None and duty.agent_id == by.agent_id


def take_over(session: Session, emergency: Emergency, *, by: Actor, at: datetime) -> None:
    """Tell the customers from now on, in place of whoever did; whoever does already changes nothing."""
    answer(session, emergency, by=by, at=at)
    calls = _calls(session, emergency)
    if by.agent_id is None or not may_take_over(session, calls, by=by, at=at):
        if may_tell(by, calls):
            return
        raise EmergencyError("not-named")
    role = tellers(calls)[-1]
    for each in calls:
        if each.tells_customers:
            each.passed_on_at = each.passed_on_at or at
    _put_in_place(session, emergency, role, by.agent_id, at=at)
    write(session, emergency, Entry(EntryKind.TAKEN_OVER), by=by, at=at)
    _note_assembled(session, emergency, _calls(session, emergency), by=by, at=at)


def pass_on(session: Session, *, at: datetime) -> int:
    """Call the next where somebody has not answered in time; returns how many there were."""
    late = session.scalars(
        select(EmergencyCall)
        .join(Emergency, Emergency.id == EmergencyCall.emergency_id)
        .where(
            EmergencyCall.answer_by <= at,
            EmergencyCall.answered_at.is_(None),
            EmergencyCall.passed_on_at.is_(None),
            Emergency.ended_at.is_(None),
        )
        .order_by(EmergencyCall.answer_by, EmergencyCall.id)
        .limit(AT_ONCE)
        .with_for_update(of=EmergencyCall, skip_locked=True)
    ).all()
    for each in late:
        _call_next(session, session.get_one(Emergency, each.emergency_id, with_for_update=True), each, at=at)
    return len(late)


def finish_step(session: Session, emergency: Emergency, step: EmergencyStep, *, by: Actor, at: datetime) -> None:
    """Tick off a line of the checklist, which says that one is there; whoever comes second changes nothing."""
    _require_running(emergency)
    if step.done_at is None:
        answer(session, emergency, by=by, at=at)
        step.done_at, step.done_by = at, by.person_id
        facts = {"step": step.words, "was_in_time": at <= step.due_at}
        write(session, emergency, Entry(EntryKind.STEP_DONE, facts=facts), by=by, at=at)


def tell(session: Session, emergency: Emergency, *, news: News, by: Actor, at: datetime) -> None:
    """Tell the customers; only the one whose job that is does so, and is there by that.

    In a drill it reaches at most those who take part.
    """
    _require_running(emergency)
    if not may_tell(by, _calls(session, emergency)):
        raise EmergencyError("not-yours")
    if not news.words.strip():
        raise EmergencyError("needs-words")
    answer(session, emergency, by=by, at=at)
    was_in_time = emergency.next_update_at is None or at <= emergency.next_update_at
    emergency.next_update_at = at + timedelta(minutes=emergency.cadence_minutes)
    is_real = emergency.mode == Mode.REAL
    others = promise_update(session, emergency, news, by=by, at=at) if is_real else 0
    facts = {"was_in_time": was_in_time, "others": others}
    entry = write(session, emergency, Entry(EntryKind.TOLD, news.words, facts), by=by, at=at)
    outside = joining(session, emergency)
    outbox.queue_all(session, (messages.drill_tells(entry.id, each) for each in outside), at=at)


def note(session: Session, emergency: Emergency, *, words: str, by: Actor, at: datetime) -> None:
    """Write something down for everybody who works on it."""
    _require_running(emergency)
    if not words.strip():
        raise EmergencyError("needs-words")
    write(session, emergency, Entry(EntryKind.NOTED, words), by=by, at=at)


def end(session: Session, emergency: Emergency, *, by: Actor, at: datetime) -> None:
    """Say that it is over; a drill's banner goes."""
    _require_running(emergency)
    emergency.ended_at, emergency.next_update_at = at, None
    write(session, emergency, Entry(EntryKind.ENDED), by=by, at=at)
    session.execute(update(Person).where(Person.drill_id == emergency.id).values(drill_id=None))


def _call_next(session: Session, emergency: Emergency, missed: EmergencyCall, *, at: datetime) -> None:
    missed.passed_on_at = at
    if missed.substitute_id is not None:
        write(session, emergency, Entry(EntryKind.PASSED_ON, facts={"duty": missed.duty}), by=SYSTEM, at=at)
        call(session, emergency, missed, missed.substitute_id, at=at)
        return
    write(session, emergency, Entry(EntryKind.NOBODY_LEFT, facts={"duty": missed.duty}), by=SYSTEM, at=at)
    if emergency.started_by is not None:
        outbox.queue(session, messages.nobody_left(missed.id, emergency.started_by), at=at)


def _calls(session: Session, emergency: Emergency) -> Sequence[EmergencyCall]:
    found = select(EmergencyCall).where(EmergencyCall.emergency_id == emergency.id)
    return session.scalars(found.order_by(EmergencyCall.place, EmergencyCall.id)).all()


def _put_in_place(session: Session, emergency: Emergency, role: EmergencyCall, agent_id: UUID, *, at: datetime) -> None:
    """Note who has a role from now on; nobody calls them, for they are there."""
    row = EmergencyCall(
        emergency_id=emergency.id,
        place=role.place,
        duty=role.duty,
        tells_customers=role.tells_customers,
        agent_id=agent_id,
        called_at=at,
        answer_by=at,
        answered_at=at,
    )
    session.add(row)
    session.flush()


def _note_assembled(
    session: Session, emergency: Emergency, calls: Sequence[EmergencyCall], *, by: Actor, at: datetime
) -> None:
    if emergency.assembled_at is None and _everybody_is_there(calls):
        emergency.assembled_at = at
        write(session, emergency, Entry(EntryKind.ASSEMBLED), by=by, at=at)


def _everybody_is_there(calls: Sequence[EmergencyCall]) -> bool:
    """Whether somebody has answered for each role; one who was passed over may still come."""
    roles = {each.place for each in calls}
    return roles == {each.place for each in calls if each.answered_at is not None}


def _require_running(emergency: Emergency) -> None:
    if emergency.ended_at is not None:
        raise EmergencyError("has-ended")
