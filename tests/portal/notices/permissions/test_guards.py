"""The one table of what may happen to a notice."""

from uuid import uuid4

import pytest

from portal.core.actor import Actor, Role
from portal.notices.models import NoticeState, RevisionState
from portal.notices.permissions import GUARDS, Action, NoticeRuleError, Standing, allowed_actions, require

AGENT = Actor(person_id=uuid4(), role=Role.AGENT, agent_id=uuid4())
NEVER_OUT_AGAIN = (NoticeState.WITHDRAWN, NoticeState.SUPERSEDED, NoticeState.ARCHIVED)


def a_standing(notice: NoticeState, revision: RevisionState, *authors: Actor) -> Standing:
    return Standing(notice, revision, frozenset(each.person_id for each in authors if each.person_id))


def test_every_action_stands_in_the_table() -> None:
    assert set(GUARDS) == set(Action)


@pytest.mark.parametrize(
    ("notice", "revision", "actions"),
    [
        (NoticeState.DRAFT, RevisionState.DRAFT, {"edit", "send-to-review", "review-text", "waive", "discard"}),
        (NoticeState.DRAFT, RevisionState.IN_REVIEW, {"send-back", "review-text", "waive", "approve", "discard"}),
        (NoticeState.DRAFT, RevisionState.APPROVED, {"send-back", "publish", "schedule", "discard"}),
        (
            NoticeState.DRAFT,
            RevisionState.SCHEDULED,
            {"send-back", "publish", "schedule", "unschedule", "discard"},
        ),
        (
            NoticeState.ACTIVE,
            RevisionState.SCHEDULED,
            {
                "send-back",
                "publish",
                "schedule",
                "unschedule",
                "watch",
                "resolve",
                "withdraw",
                "supersede",
            },
        ),
        (
            NoticeState.ACTIVE,
            RevisionState.PUBLISHED,
            {"revise", "watch", "resolve", "archive", "withdraw", "supersede"},
        ),
        (NoticeState.WATCHING, RevisionState.PUBLISHED, {"revise", "resolve", "withdraw", "supersede"}),
        (NoticeState.RESOLVED, RevisionState.PUBLISHED, {"revise", "archive", "withdraw", "supersede"}),
    ],
)
def test_a_colleague_may_do_exactly_what_the_table_says(
    notice: NoticeState, revision: RevisionState, actions: set[str]
) -> None:
    assert allowed_actions(a_standing(notice, revision), AGENT) == {Action(each) for each in actions}


@pytest.mark.parametrize("state", NEVER_OUT_AGAIN)
def test_nothing_happens_to_a_notice_that_is_gone(state: NoticeState) -> None:
    assert allowed_actions(a_standing(state, RevisionState.PUBLISHED), AGENT) == frozenset()


def test_authors_can_neither_approve_nor_read_their_own_translations() -> None:
    standing = a_standing(NoticeState.DRAFT, RevisionState.IN_REVIEW, AGENT)
    assert allowed_actions(standing, AGENT) == {Action.SEND_BACK, Action.WAIVE, Action.DISCARD}
    with pytest.raises(NoticeRuleError) as refused:
        require(Action.APPROVE, standing, by=AGENT)
    assert refused.value.code == "own-words"


def test_a_customer_may_do_nothing() -> None:
    contact = Actor(person_id=uuid4(), role=Role.MANAGER, organisation_id=uuid4())
    standing = a_standing(NoticeState.DRAFT, RevisionState.IN_REVIEW)
    assert allowed_actions(standing, contact) == frozenset()
    with pytest.raises(NoticeRuleError) as refused:
        require(Action.APPROVE, standing, by=contact)
    assert refused.value.code == "not-allowed"


SERVES_SOME = Actor(person_id=uuid4(), role=Role.AGENT, agent_id=uuid4(), products=frozenset({"his"}))


@pytest.mark.parametrize("action", [each for each in Action if GUARDS[each].reaches_readers])
def test_whoever_serves_some_decides_nothing_that_all_readers_see(action: Action) -> None:
    guard = GUARDS[action]
    standing = a_standing(next(iter(guard.notice)), next(iter(guard.revision)))
    assert action in allowed_actions(standing, AGENT)
    assert action not in allowed_actions(standing, SERVES_SOME)
    with pytest.raises(NoticeRuleError, match="serves-some"):
        require(action, standing, by=SERVES_SOME)


def test_whoever_serves_some_writes_and_asks_for_review() -> None:
    draft = a_standing(NoticeState.DRAFT, RevisionState.DRAFT)
    assert {Action.EDIT, Action.SEND_TO_REVIEW, Action.REVIEW_TEXT} <= allowed_actions(draft, SERVES_SOME)
