"""Reads of calendars and policies: what applies now, and what somebody edits."""

from portal.agreements.queries.applying import agreement_for, forget_agreements
from portal.agreements.queries.versions import (
    CalendarVersion,
    PolicyVersion,
    calendar_named,
    calendars,
    policies,
    policy_named,
)

__all__ = [
    "CalendarVersion",
    "PolicyVersion",
    "agreement_for",
    "calendar_named",
    "calendars",
    "forget_agreements",
    "policies",
    "policy_named",
]
