"""Reads of notices; all of them go through visible_to."""

from portal.notices.queries.concern import (
    Concern,
    Installed,
    RangeKind,
    RangeShape,
    Reason,
    concern,
    range_shape,
)
from portal.notices.queries.lists import Group, NoticeRow, newest_order, notices_for
from portal.notices.queries.reading import (
    Answer,
    History,
    OwnAnswers,
    Paper,
    ReaderNotice,
    RevisionLine,
    history,
    installed_by,
    is_settled,
    own_answers,
    paper_key,
    reader_notice,
)
from portal.notices.queries.visibility import visible_to

__all__ = [
    "Answer",
    "Concern",
    "Group",
    "History",
    "Installed",
    "NoticeRow",
    "OwnAnswers",
    "Paper",
    "RangeKind",
    "RangeShape",
    "ReaderNotice",
    "Reason",
    "RevisionLine",
    "concern",
    "history",
    "installed_by",
    "is_settled",
    "newest_order",
    "notices_for",
    "own_answers",
    "paper_key",
    "range_shape",
    "reader_notice",
    "visible_to",
]
