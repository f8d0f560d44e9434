"""What becomes of each table when a person is erased; a table that says who and is not named here is a fault."""

from collections.abc import Mapping
from enum import StrEnum

from portal.core.errors import DomainError


class Fate(StrEnum):
    """What happens to a person's rows."""

    KEPT = "kept"
    """The row says only that somebody did something; the somebody is a tombstone now."""
    DELETED = "deleted"
    CLEARED = "cleared"
    """The row stays, and what it says of the person is taken out."""


FATES: Mapping[str, Fate] = {
    "affected_report": Fate.KEPT,
    "after_action": Fate.KEPT,
    "agent": Fate.KEPT,
    "agent_scope": Fate.KEPT,
    "agent_skill": Fate.KEPT,
    "article": Fate.KEPT,
    "audit_entry": Fate.KEPT,
    "call_back": Fate.KEPT,
    "chat_group": Fate.KEPT,
    "contact": Fate.CLEARED,
    "duty_turn": Fate.KEPT,
    "emergency": Fate.KEPT,
    "emergency_call": Fate.KEPT,
    "emergency_entry": Fate.KEPT,
    "emergency_plan": Fate.KEPT,
    "emergency_step": Fate.KEPT,
    "event": Fate.KEPT,
    "fault": Fate.KEPT,
    "fault_step": Fate.KEPT,
    "fault_ticket": Fate.KEPT,
    "feed_link": Fate.DELETED,
    "giving_out": Fate.KEPT,
    "idempotency_key": Fate.DELETED,
    "incident_update": Fate.KEPT,
    "installation_change": Fate.KEPT,
    "interview": Fate.CLEARED,
    "invitation": Fate.CLEARED,
    "kept_term": Fate.KEPT,
    "lesson_task": Fate.KEPT,
    "list_import": Fate.KEPT,
    "maintenance_window": Fate.KEPT,
    "monthly_report": Fate.KEPT,
    "monthly_report_reader": Fate.DELETED,
    "notice": Fate.KEPT,
    "notice_check": Fate.KEPT,
    "notice_error": Fate.KEPT,
    "notice_feed_link": Fate.KEPT,
    "notice_import": Fate.KEPT,
    "notice_revision": Fate.KEPT,
    "notice_series": Fate.KEPT,
    "notice_text": Fate.KEPT,
    "organisation": Fate.KEPT,
    "outbox_message": Fate.CLEARED,
    "participant": Fate.KEPT,
    "person": Fate.CLEARED,
    "print_batch": Fate.KEPT,
    "plan_contact": Fate.DELETED,
    "plan_role": Fate.KEPT,
    "promise": Fate.KEPT,
    "promise_policy": Fate.KEPT,
    "questionnaire_version": Fate.KEPT,
    "rating": Fate.KEPT,
    "receipt": Fate.KEPT,
    "reply_draft": Fate.DELETED,
    "saved_filter": Fate.DELETED,
    "saved_reply": Fate.KEPT,
    "sign_in_code": Fate.DELETED,
    "sign_in_session": Fate.DELETED,
    "stored_file": Fate.CLEARED,
    "summary_reader": Fate.DELETED,
    "team_member": Fate.KEPT,
    "term_aside": Fate.KEPT,
    "surge": Fate.KEPT,
    "surge_aside": Fate.KEPT,
    "ticket": Fate.KEPT,
    "ticket_link": Fate.KEPT,
    "ticket_seen": Fate.DELETED,
    "typed_text": Fate.CLEARED,
    "work_calendar": Fate.KEPT,
}


class EraseError(DomainError):
    """Somebody who can't be erased: ``yourself``, or ``already-erased``."""
