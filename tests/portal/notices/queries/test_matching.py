"""Which known issues a problem looks like."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.versions import Verdict
from portal.core import clock
from portal.core.actor import Actor, Role
from portal.notices import queries
from portal.notices.models import AudienceKind, NoticeError, NoticeKind, NoticeScope, NoticeState, ProductRange
from portal.notices.permissions import Action
from portal.notices.queries import KnownIssue, Problem, likeness
from portal.notices.services import move, withdraw
from tests.portal.notices.cast import HIS, TODAY, Cast, a_draft, a_notice

SAME, OTHER = "code:YB-3021", "code:YB-9999"
HERE = Problem("his", "orders", "5.5.1")


def a_range(text: str = "5.0 至 5.6.2", module: str = "", *, is_affected: bool = True) -> ProductRange:
    return ProductRange("his", module, {"en": "HIS"}, {}, text, is_affected)


def found(cast: Cast, problem: Problem = HERE, organisation: Any = None) -> list[KnownIssue]:
    cast.session.rollback()
    reader = Actor(role=Role.CONTACT, organisation_id=(organisation or cast.qinghe).id)
    return list(queries.known_issues_for(cast.session, reader, problem, locale="en", today=TODAY))


def codes(cast: Cast, problem: Problem = HERE, organisation: Any = None) -> list[str]:
    return [each.code for each in found(cast, problem, organisation)]


def known(cast: Cast, *fingerprints: str, **values: Any) -> Any:
    notice = a_notice(cast, **{"kind": NoticeKind.KNOWN_ISSUE, **values})
    cast.session.add_all(
        NoticeError(notice_id=notice.id, fingerprint=each, template="…", added_at=clock.now()) for each in fingerprints
    )
    cast.session.commit()
    return notice


@pytest.mark.parametrize(
    ("version", "is_like"),
    [("5.5.1", True), ("", True), ("the new one", True), ("5.6.3", False), ("4.9", False)],
)
def test_the_version_decides_and_one_that_cannot_be_told_may_be_the_same(version: str, is_like: bool) -> None:
    assert (likeness([a_range()], set(), Problem("his", "", version)) is not None) == is_like


def test_a_range_that_cannot_be_read_never_says_that_it_is_another_problem() -> None:
    like = likeness([a_range("most older ones")], set(), Problem("his", "", "9.9"))
    assert like is not None
    assert like.verdict is Verdict.PLEASE_CHECK


def test_another_product_or_module_is_another_problem() -> None:
    assert likeness([a_range()], set(), Problem("lis", "", "5.5.1")) is None
    assert likeness([a_range(module="charging")], set(), HERE) is None
    assert likeness([a_range(module="orders")], set(), HERE) is not None


def test_another_error_message_is_another_problem() -> None:
    assert likeness([a_range()], {SAME}, Problem("his", "orders", "5.5.1", frozenset({OTHER}))) is None


def test_the_same_error_message_is_the_same_problem_in_any_module() -> None:
    like = likeness([a_range(module="charging")], {SAME}, Problem("his", "orders", "5.5.1", frozenset({SAME})))
    assert like is not None
    assert like.has_same_error


def test_the_same_error_message_in_a_version_without_the_fault_is_another_problem() -> None:
    assert likeness([a_range()], {SAME}, Problem("his", "", "5.6.3", frozenset({SAME}))) is None


def test_without_a_product_only_the_error_message_tells() -> None:
    assert likeness([a_range()], {SAME}, Problem("", "", "5.5.1", frozenset({SAME}))) is not None
    assert likeness([a_range()], set(), Problem("", "", "5.5.1", frozenset({SAME}))) is None


def test_what_is_not_affected_matches_nothing() -> None:
    assert likeness([a_range(is_affected=False)], set(), HERE) is None


PROBLEMS = st.builds(
    Problem,
    st.sampled_from(["", "his", "lis"]),
    st.sampled_from(["", "orders", "charging"]),
    st.sampled_from(["", "5.5.1", "5.6.3", "no idea"]),
    st.frozensets(st.sampled_from([SAME, OTHER])),
)
RANGES = st.lists(
    st.builds(
        lambda text, module, is_affected: a_range(text, module, is_affected=is_affected),
        st.sampled_from(["5.0 至 5.6.2", "<5.6", "all", "most older ones"]),
        st.sampled_from(["", "orders"]),
        st.booleans(),
    ),
    max_size=3,
)


@given(RANGES, st.frozensets(st.sampled_from([SAME, OTHER])), PROBLEMS)
def test_what_is_less_well_known_never_matches_less(
    products: list[ProductRange], errors: frozenset[str], problem: Problem
) -> None:
    """Not knowing the version can only make more possible, never hide an issue that a version would show."""
    if likeness(products, errors, problem) is not None:
        assert likeness(products, errors, Problem(problem.product, problem.module, "", problem.fingerprints))


@given(RANGES, st.frozensets(st.sampled_from([SAME, OTHER])), PROBLEMS)
def test_a_match_is_never_of_a_version_that_is_not_affected(
    products: list[ProductRange], errors: frozenset[str], problem: Problem
) -> None:
    like = likeness(products, errors, problem)
    assert like is None or like.verdict is not Verdict.NOT_AFFECTED


def test_it_is_found_with_its_way_round(cast: Cast) -> None:
    notice = known(cast)
    only = found(cast)[0]
    assert (only.id, only.code, only.title) == (notice.id, notice.code, "Rainy season (en)")
    assert only.words.steps[0].see == "The wizard opens."
    assert only.is_certain


def test_only_known_issues_and_incidents_that_go_on_are_found(cast: Cast) -> None:
    known(cast, kind=NoticeKind.ADVISORY)
    a_draft(cast, kind=NoticeKind.KNOWN_ISSUE)
    solved, gone = known(cast), known(cast)
    move(cast.session, solved, Action.RESOLVE, by=cast.author)
    withdraw(cast.session, gone, reason="It was another fault.", by=cast.author, at=clock.now())
    watched = known(cast, kind=NoticeKind.INCIDENT)
    move(cast.session, watched, Action.WATCH, by=cast.author)
    cast.session.commit()
    assert solved.state == NoticeState.RESOLVED
    assert codes(cast) == [watched.code]


def test_nobody_finds_a_notice_that_is_not_for_them(cast: Cast) -> None:
    notice = known(cast, scope=NoticeScope.TARGETED, audience={AudienceKind.ORGANISATION: [str(cast.qinghe.id)]})
    assert codes(cast) == [notice.code]
    assert codes(cast, organisation=cast.songlin) == []


def test_the_same_message_comes_first_and_no_more_than_three_are_shown(cast: Cast) -> None:
    for _ in range(3):
        known(cast)
    same = known(cast, SAME, products=[HIS])
    shown = codes(cast, Problem("his", "orders", "5.5.1", frozenset({SAME})))
    assert (shown[0], len(shown)) == (same.code, 3)


def test_nothing_is_looked_for_before_anything_is_known(cast: Cast) -> None:
    known(cast)
    assert codes(cast, Problem(version="5.5.1")) == []
