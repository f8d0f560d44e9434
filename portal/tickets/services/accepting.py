"""A customer who agrees to hear from us only when a planned fix is there."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets.models import Event, EventKind, Ticket
from portal.tickets.permissions import Action, require_action
from portal.tickets.services import policies, promises
from portal.tickets.services.agreed import agreed
from portal.tickets.services.recording import Happening, record


class AcceptError(DomainError):
    """A date that can't be agreed on: there is ``no-date``, it ``has-passed``, or they agreed ``already``."""


def accept_date(session: Session, ticket: Ticket, *, by: Actor, at: datetime) -> Event:
    """Let the customer wait until the day of the planned fix; until then nobody has to write “still planned”."""
    require_action(ticket, Action.ACCEPT, by=by, at=at)
    if ticket.fix_on is None:
        raise AcceptError("no-date")
    due_at = policies.accepted_due(agreed(session, ticket), ticket.fix_on)
    if due_at <= at:
        raise AcceptError("has-passed")
    if ticket.accepted_due_at is not None:
        raise AcceptError("already")
    ticket.accepted_due_at = due_at
    facts = {"next_due_at": due_at.isoformat(), "fix_on": ticket.fix_on.isoformat()}
    event = record(session, ticket, Happening(EventKind.ACCEPTED, facts=facts), by=by, at=at)
    promises.agree_on(session, ticket, event, due_at)
    return event
