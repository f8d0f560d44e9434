"""Who may do what with a ticket: one table of moves, one list of actions."""

from portal.tickets.permissions.actions import (
    ENDED,
    REOPEN_WINDOW,
    Action,
    ActionError,
    Standing,
    allowed_actions,
    can_reopen,
    require_action,
)
from portal.tickets.permissions.transitions import TABLE, Need, TransitionError, Who, require, targets, who_is

__all__ = [
    "ENDED",
    "REOPEN_WINDOW",
    "TABLE",
    "Action",
    "ActionError",
    "Need",
    "Standing",
    "TransitionError",
    "Who",
    "allowed_actions",
    "can_reopen",
    "require",
    "require_action",
    "targets",
    "who_is",
]
