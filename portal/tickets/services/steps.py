"""Did you do exactly this? What a customer answers to the steps of their own description."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets.models import Event, EventKind, Ticket
from portal.tickets.permissions import Action, require_action
from portal.tickets.services.moves import wake_up
from portal.tickets.services.recording import Happening, record


class StepsError(DomainError):
    """Answers that can't be taken: the description is another one now (``changed``)."""


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """What a customer says of one step."""

    number: int
    was_so: bool
    instead: str = ""
    """What they did in its place."""


def answer_steps(
    session: Session, ticket: Ticket, *, answers: Sequence[StepAnswer], revision: int, by: Actor, at: datetime
) -> Event:
    """Write down which steps a customer did exactly so, and what they did in place of the others."""
    require_action(ticket, Action.REPLY, by=by, at=at)
    if revision != ticket.revision:
        raise StepsError("changed")
    facts = {"steps": {str(each.number): "yes" if each.was_so else "no" for each in answers}, "revision": revision}
    body = "\n".join(f"{each.number}. {each.instead}" for each in answers if each.instead)
    event = record(session, ticket, Happening(EventKind.REPLIED, body=body, facts=facts), by=by, at=at)
    wake_up(session, ticket, event, by=by)
    return event
