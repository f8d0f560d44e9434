"""What was agreed with a customer and is done by a day: each thing is a promise, and made anew where it was missed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from portal.core.actor import SYSTEM, Actor
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, Promise, PromiseKind, PromiseOutcome, Ticket
from portal.tickets.models.actions import ActionPromise, AgreedAction
from portal.tickets.services import promises, telling
from portal.tickets.services.agreed import agreed
from portal.tickets.services.recording import Happening, record

DONE_BY = time(18)
"""By when on its day something agreed is done."""
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something that was agreed, and the day by which it is done."""

    words: str
    due_on: date


def due_at(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment by which something agreed for a day is done."""
    return datetime.combine(day, DONE_BY, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions that a feature has agreed on, by its two tables."""

    action: type[AgreedAction]
    promise: type[ActionPromise]

    def promise_it(
        self,
        session: Session,
        event: Event,
        action: AgreedAction,
        due: datetime,
        *,
        source: str = promises.BY_PERSON,
    ) -> None:
        """Promise on the ticket of an event that something is done by a time."""
        ticket = session.get_one(Ticket, event.ticket_id)
        made = promises.make(session, ticket, event, PromiseKind.ACTION, due, source=source)
        action.next_due_at = due
        session.flush()
        session.execute(insert(self.promise).values(promise_id=made.id, action_id=action.id))

    def finish(
        self, session: Session, ticket: Ticket, action: AgreedAction, *, by: Actor, at: datetime, words: str = ""
    ) -> Event:
        """Say that something is done; in time it is a promise kept."""
        promise = self._open_promise(session, action)
        facts = {"action_id": str(action.id), "was_due_at": promise.due_at.isoformat()}
        event = record(session, ticket, Happening(EventKind.ACTION_DONE, body=words, facts=facts), by=by, at=at)
        promises.settle(session, [promise], event)
        action.next_due_at, action.done_at = None, at
        telling.tell(session, ticket, messages.UPDATE, event)
        return event

    def settle_late(self, session: Session, *, at: datetime) -> int:
        """Say sorry for what is not done in time, and promise a new day; returns how many there were."""
        table = cast(Table, self.action.__table__)
        rows = select(table.c.id, table.c.ticket_id).where(table.c.next_due_at < at, table.c.ticket_id.is_not(None))
        late = session.execute(rows.order_by(table.c.next_due_at).limit(AT_ONCE)).all()
        return sum(self._settle(session, row.ticket_id, row.id, at) for row in late)

    def _settle(self, session: Session, ticket_id: UUID, action_id: UUID, at: datetime) -> bool:
        """Say sorry for one of them, unless its ticket is being changed: the next look at the clock finds it again."""
        # The ticket is held first, as pages do it; the other way round two could wait for each other.
        held = select(Ticket).where(Ticket.id == ticket_id).with_for_update(skip_locked=True)
        ticket = session.scalars(held).one_or_none()
        if ticket is None:
            return False
        action = session.get_one(self.action, action_id, with_for_update=True, populate_existing=True)
        is_late = action.next_due_at is not None and action.next_due_at < at
        if is_late:
            self._apologise(session, ticket, action, at)
        return is_late

    def _apologise(self, session: Session, ticket: Ticket, action: AgreedAction, at: datetime) -> None:
        agreement, missed = agreed(session, ticket), self._open_promise(session, action)
        next_due_at = agreement.calendar.walk_days(at, 1)
        facts = {
            "action_id": str(action.id),
            "was_due_at": missed.due_at.isoformat(),
            "next_due_at": next_due_at.isoformat(),
        }
        event = record(session, ticket, Happening(EventKind.ACTION_LATE, facts=facts), by=SYSTEM, at=at)
        promises.settle(session, [missed], event)
        self.promise_it(session, event, action, next_due_at, source=f"apology {agreement.source}")
        telling.tell(session, ticket, messages.UPDATE, event)

    def _open_promise(self, session: Session, action: AgreedAction) -> Promise:
        session.flush()
        return session.scalars(
            select(Promise)
            .join(self.promise, self.promise.promise_id == Promise.id)
            .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
            .where(self.promise.action_id == action.id, PromiseOutcome.promise_id.is_(None))
        ).one()
