"""Keeping the figures of the board, and reports of a month."""

from portal.board.services.counting import count_changes, rebuild
from portal.board.services.deflecting import count_deflected
from portal.board.services.folding import Mark, marks_of
from portal.board.services.reporting import (
    add_paper,
    make_due_reports,
    make_report,
    month_after,
    month_before,
    paper_key,
    read_along,
)
from portal.board.services.speaking import WORDS_JOB, FoundWords, ask_for_words, find_words, keep_words

__all__ = [
    "WORDS_JOB",
    "FoundWords",
    "Mark",
    "add_paper",
    "ask_for_words",
    "count_changes",
    "count_deflected",
    "find_words",
    "keep_words",
    "make_due_reports",
    "make_report",
    "marks_of",
    "month_after",
    "month_before",
    "paper_key",
    "read_along",
    "rebuild",
]
