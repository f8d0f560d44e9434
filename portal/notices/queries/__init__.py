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
from portal.notices.queries.matching import KnownIssue, Likeness, Problem, errors_of, known_issues_for, likeness
from portal.notices.queries.reach import (
    Reach,
    names_of_organisations,
    organisations_named,
    organisations_reached,
    reach,
    standpoints,
)
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
    reader_notices,
)
from portal.notices.queries.seasons import season_of
from portal.notices.queries.sending import agents, mails, reviewers
from portal.notices.queries.visibility import visible_to
from portal.notices.queries.workbench import Workbench, desk_notices, preview, previewed, workbench

__all__ = [
    "Answer",
    "Concern",
    "Group",
    "History",
    "Installed",
    "KnownIssue",
    "Likeness",
    "NoticeRow",
    "OwnAnswers",
    "Paper",
    "Problem",
    "RangeKind",
    "RangeShape",
    "Reach",
    "ReaderNotice",
    "Reason",
    "RevisionLine",
    "Workbench",
    "agents",
    "concern",
    "desk_notices",
    "errors_of",
    "history",
    "installed_by",
    "is_settled",
    "known_issues_for",
    "likeness",
    "mails",
    "names_of_organisations",
    "newest_order",
    "notices_for",
    "organisations_named",
    "organisations_reached",
    "own_answers",
    "paper_key",
    "preview",
    "previewed",
    "range_shape",
    "reach",
    "reader_notice",
    "reader_notices",
    "reviewers",
    "season_of",
    "standpoints",
    "visible_to",
    "workbench",
]
