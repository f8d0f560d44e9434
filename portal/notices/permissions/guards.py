"""The one table of what may happen to a notice, when, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.notices.models import IN_FORCE, NoticeState, RevisionState


class NoticeRuleError(DomainError):
    """A rule about notices says no."""


class Action(StrEnum):
    """What an agent can do with a notice."""

    EDIT = "edit"
    SEND_TO_REVIEW = "send-to-review"
    SEND_BACK = "send-back"
    REVIEW_TEXT = "review-text"
    WAIVE = "waive"
    APPROVE = "approve"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    REVISE = "revise"
    WATCH = "watch"
    RESOLVE = "resolve"
    ARCHIVE = "archive"
    DISCARD = "discard"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"


@dataclass(frozen=True, slots=True)
class Guard:
    """When something may be done, and by whom."""

    notice: frozenset[NoticeState]
    revision: frozenset[RevisionState]
    is_for_others: bool = False
    """Whoever wrote a part of the words can't do this; a second person must."""
    reaches_readers: bool = False
    """Readers see it at once, whoever serves them: an agent who serves only some of them can't do this."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a notice and its newest revision stand, and who wrote the words."""

    notice: NoticeState
    revision: RevisionState
    authors: frozenset[UUID]


_IN_USE = frozenset({NoticeState.DRAFT, *IN_FORCE})
_OUT = frozenset(IN_FORCE)
_DRAFT = frozenset({RevisionState.DRAFT})
_IN_REVIEW = frozenset({RevisionState.IN_REVIEW})
_APPROVED = frozenset({RevisionState.APPROVED})
_SCHEDULED = frozenset({RevisionState.SCHEDULED})
_PUBLISHED = frozenset({RevisionState.PUBLISHED})
_OPEN = _DRAFT | _IN_REVIEW
_ANY = frozenset(RevisionState)

GUARDS: Mapping[Action, Guard] = {
    Action.EDIT: Guard(_IN_USE, _DRAFT),
    Action.SEND_TO_REVIEW: Guard(_IN_USE, _DRAFT),
    Action.SEND_BACK: Guard(_IN_USE, _IN_REVIEW | _APPROVED | _SCHEDULED),
    Action.REVIEW_TEXT: Guard(_IN_USE, _OPEN, is_for_others=True),
    Action.WAIVE: Guard(_IN_USE, _OPEN, reaches_readers=True),
    Action.APPROVE: Guard(_IN_USE, _IN_REVIEW, is_for_others=True, reaches_readers=True),
    Action.PUBLISH: Guard(_IN_USE, _APPROVED | _SCHEDULED, reaches_readers=True),
    Action.SCHEDULE: Guard(_IN_USE, _APPROVED | _SCHEDULED, reaches_readers=True),
    Action.UNSCHEDULE: Guard(_IN_USE, _SCHEDULED, reaches_readers=True),
    Action.REVISE: Guard(_OUT, _PUBLISHED),
    Action.WATCH: Guard(frozenset({NoticeState.ACTIVE}), _ANY, reaches_readers=True),
    Action.RESOLVE: Guard(frozenset({NoticeState.ACTIVE, NoticeState.WATCHING}), _ANY, reaches_readers=True),
    Action.ARCHIVE: Guard(frozenset({NoticeState.ACTIVE, NoticeState.RESOLVED}), _PUBLISHED, reaches_readers=True),
    Action.DISCARD: Guard(frozenset({NoticeState.DRAFT}), _OPEN | _APPROVED | _SCHEDULED),
    Action.WITHDRAW: Guard(_OUT, _ANY, reaches_readers=True),
    Action.SUPERSEDE: Guard(_OUT, _ANY, reaches_readers=True),
}
"""Everything that is not in this table is refused."""


def allowed_actions(standing: Standing, actor: Actor) -> frozenset[Action]:
    """Return what somebody may do with a notice now; pages and services share this answer."""
    if not actor.is_agent:
        return frozenset()
    return frozenset(action for action in Action if _refusal(action, standing, actor) is None)


def require(action: Action, standing: Standing, *, by: Actor) -> None:
    """Raise NoticeRuleError where the table says no."""
    refusal = _refusal(action, standing, by) if by.is_agent else "not-allowed"
    if refusal:
        raise NoticeRuleError(refusal, action=action)


def _refusal(action: Action, standing: Standing, actor: Actor) -> str | None:
    guard = GUARDS[action]
    if standing.notice not in guard.notice or standing.revision not in guard.revision:
        return "not-now"
    if guard.is_for_others and actor.person_id in standing.authors:
        return "own-words"
    if guard.reaches_readers and actor.is_limited:
        return "serves-some"
    return None
