"""Who may do what with a notice, and what has to be there first."""

from portal.notices.permissions.guards import (
    GUARDS,
    Action,
    Guard,
    NoticeRuleError,
    Standing,
    allowed_actions,
    require,
)
from portal.notices.permissions.readiness import Fault, Manuscript, Text, is_stale, language_faults, word_faults

__all__ = [
    "GUARDS",
    "Action",
    "Fault",
    "Guard",
    "Manuscript",
    "NoticeRuleError",
    "Standing",
    "Text",
    "allowed_actions",
    "is_stale",
    "language_faults",
    "require",
    "word_faults",
]
