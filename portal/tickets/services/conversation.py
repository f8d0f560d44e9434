"""What people say about a ticket: customers' replies, our updates, notes for colleagues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.core.models import TypedText
from portal.tickets import messages
from portal.tickets.models import UPDATES, Audience, Event, EventKind, Ticket, TicketState
from portal.tickets.permissions import Action, require, require_action
from portal.tickets.services import promises, solving_clock, telling
from portal.tickets.services.moves import enter, wake_up
from portal.tickets.services.recording import Happening, record

_FRESH = (TicketState.NEW, TicketState.TRIAGED)


class UpdateError(DomainError):
    """An update that tells nobody anything: ``empty``, or the ``same-as-last``."""


@dataclass(frozen=True, slots=True)
class Update:
    """What somebody writes for the other side to read."""

    body: str
    attachments: Sequence[UUID] = ()
    next_by: datetime | None = None
    """By when we write again, where an agent promises earlier than the policy does."""
    about: str = ""
    """The part of the snapshot that it is about: a question's name, or ``step:2``."""

    def quoting(self, ticket: Ticket) -> dict[str, object]:
        """Return what is noted of the part that it is about: which, in the description as it now is."""
        return {"about": self.about, "revision": ticket.revision} if self.about else {}


def add_update(session: Session, ticket: Ticket, *, update: Update, by: Actor, at: datetime) -> Event:
    """Add a customer's reply, or an agent's update, which keeps the promise and makes the next."""
    if by.is_agent:
        return _tell_customer(session, ticket, update, by=by, at=at)
    require_action(ticket, Action.REPLY, by=by, at=at)
    _require_content(update)
    facts = update.quoting(ticket)
    happening = Happening(EventKind.REPLIED, body=update.body, facts=facts, attachments=update.attachments)
    event = record(session, ticket, happening, by=by, at=at)
    wake_up(session, ticket, event, by=by)
    return event


def add_note(
    session: Session, ticket: Ticket, *, body: str, by: Actor, at: datetime, attachments: Sequence[UUID] = ()
) -> Event:
    """Add a note for colleagues; it reaches no customer, and it keeps no promise."""
    require_action(ticket, Action.NOTE, by=by, at=at)
    _require_content(Update(body, attachments))
    happening = Happening(EventKind.NOTED, Audience.INTERNAL, body, attachments=attachments)
    return record(session, ticket, happening, by=by, at=at)


def say_sorry(session: Session, ticket: Ticket, *, words: str, by: Actor, at: datetime) -> Event:
    """Tell the customer what we are sorry for, whatever the state of the ticket; it keeps no promise."""
    _require_content(Update(words))
    event = record(session, ticket, Happening(EventKind.APOLOGISED, body=words), by=by, at=at)
    telling.tell(session, ticket, messages.UPDATE, event)
    return event


def _tell_customer(session: Session, ticket: Ticket, update: Update, *, by: Actor, at: datetime) -> Event:
    require_action(ticket, Action.UPDATE, by=by, at=at)
    _require_content(update)
    _require_news(session, ticket, update)
    if ticket.state in _FRESH:
        require(ticket.state, TicketState.IN_PROGRESS, by=by)
        enter(session, ticket, TicketState.IN_PROGRESS, at=at)
    promised = {"next_by": update.next_by.isoformat()} if update.next_by else {}
    facts = {**promised, **update.quoting(ticket)}
    happening = Happening(EventKind.UPDATED, body=update.body, facts=facts, attachments=update.attachments)
    event = record(session, ticket, happening, by=by, at=at)
    promises.keep(session, ticket, event, next_by=update.next_by)
    solving_clock.follow(session, ticket, event)
    telling.tell(session, ticket, messages.UPDATE, event)
    return event


def _require_content(update: Update) -> None:
    if not update.body.strip() and not update.attachments:
        raise UpdateError("empty")


def _require_news(session: Session, ticket: Ticket, update: Update) -> None:
    """Refuse the same words as last time: they would keep a promise without saying anything."""
    last = session.execute(
        select(TypedText.body)
        .join(Event, Event.text_id == TypedText.id)
        .where(Event.ticket_id == ticket.id, Event.kind.in_(UPDATES))
        .order_by(Event.seq.desc())
        .limit(1)
    ).scalar()
    if last is not None and not update.attachments and _gist(last) == _gist(update.body):
        raise UpdateError("same-as-last")


def _gist(body: str) -> str:
    return " ".join(body.split()).casefold()
