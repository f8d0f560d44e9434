"""Who writes down visits."""

from portal.core.actor import Actor
from portal.tickets.permissions import Action


def may_report(actor: Actor, actions: frozenset[Action]) -> bool:
    """Whether somebody may write down a visit for a ticket: an agent who may write to the customer."""
    return actor.is_agent and Action.UPDATE in actions
