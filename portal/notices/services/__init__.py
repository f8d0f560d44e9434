"""Changes to notices: writing them, taking them to their readers, answering them."""

from portal.notices.services.answers import answer, note_opened, set_ticks
from portal.notices.services.lifecycle import (
    approve,
    ask_for_review,
    move,
    send_back,
    send_to_review,
    start_revision,
    supersede,
    withdraw,
)
from portal.notices.services.loading import loaded
from portal.notices.services.publishing import publish, schedule, unschedule
from portal.notices.services.reports import report_affected
from portal.notices.services.translating import convert_text, review_text, waive
from portal.notices.services.writing import Draft, Facts, change_facts, save_text, start_notice

__all__ = [
    "Draft",
    "Facts",
    "answer",
    "approve",
    "ask_for_review",
    "change_facts",
    "convert_text",
    "loaded",
    "move",
    "note_opened",
    "publish",
    "report_affected",
    "review_text",
    "save_text",
    "schedule",
    "send_back",
    "send_to_review",
    "set_ticks",
    "start_notice",
    "start_revision",
    "supersede",
    "unschedule",
    "waive",
    "withdraw",
]
