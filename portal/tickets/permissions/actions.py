"""What a person may do with a ticket: pages, API and tests share this one answer."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets.models import TicketState

REOPEN_WINDOW = timedelta(days=14)
"""How long after closing one click reopens; later a linked follow-up starts."""


class Action(StrEnum):
    """Something that can be done with a ticket."""

    REPLY = "reply"
    SHARE = "share"
    ESCALATE = "escalate"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    CANCEL = "cancel"
    ACCEPT = "accept"
    """To hear from us only on the day of a planned fix."""
    FOLLOW_UP = "follow_up"
    UPDATE = "update"
    NOTE = "note"
    MOVE = "move"
    RESOLVE = "resolve"
    ASSIGN = "assign"


class ActionError(DomainError):
    """Something that can't be done with this ticket now, or not by this person."""


class Standing(Protocol):
    """What of a ticket decides on what may be done with it."""

    @property
    def state(self) -> TicketState:
        """Where it stands."""

    @property
    def contact_id(self) -> UUID | None:
        """Whose it is."""

    @property
    def closed_at(self) -> datetime | None:
        """When it ended."""


ENDED = frozenset({TicketState.CLOSED, TicketState.DUPLICATE, TicketState.CANCELLED})
"""The states after which nothing more is promised."""


def allowed_actions(ticket: Standing, actor: Actor, *, at: datetime) -> frozenset[Action]:
    """Return exactly what somebody who sees this ticket may do with it now."""
    if actor.is_agent:
        return _for_agents(ticket, at)
    return _for_customers(ticket, at) | _sharing(ticket, actor) if actor.is_customer else frozenset()


def require_action(ticket: Standing, action: Action, *, by: Actor, at: datetime) -> None:
    """Raise ActionError ``not-now`` with the ticket's state unless somebody may do this now."""
    if action not in allowed_actions(ticket, by, at=at):
        raise ActionError("not-now", action=action, state=ticket.state)


def can_reopen(ticket: Standing, *, at: datetime) -> bool:
    """Whether it closed recently enough to go on as the same ticket."""
    if ticket.state != TicketState.CLOSED or ticket.closed_at is None:
        return False
    return at <= ticket.closed_at + REOPEN_WINDOW


def _for_customers(ticket: Standing, at: datetime) -> frozenset[Action]:
    if ticket.state in ENDED:
        return frozenset({Action.REOPEN if can_reopen(ticket, at=at) else Action.FOLLOW_UP})
    if ticket.state == TicketState.RESOLVED:
        return frozenset({Action.CONFIRM, Action.REOPEN})
    planned = {Action.ACCEPT} if ticket.state == TicketState.FIX_SCHEDULED else set()
    return frozenset({Action.REPLY, Action.ESCALATE, Action.CANCEL, *planned})


def _sharing(ticket: Standing, actor: Actor) -> frozenset[Action]:
    """Let the owner share it, and the organisation's manager."""
    is_owner = ticket.contact_id is not None and ticket.contact_id == actor.contact_id
    return frozenset({Action.SHARE} if is_owner or actor.is_manager else ())


def _for_agents(ticket: Standing, at: datetime) -> frozenset[Action]:
    if ticket.state in ENDED:
        return frozenset({Action.NOTE, Action.REOPEN} if can_reopen(ticket, at=at) else {Action.NOTE})
    always = {Action.NOTE, Action.UPDATE, Action.ASSIGN, Action.SHARE}
    if ticket.state == TicketState.RESOLVED:
        return frozenset(always | {Action.REOPEN})
    return frozenset(always | {Action.MOVE, Action.RESOLVE})
