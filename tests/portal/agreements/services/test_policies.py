"""Versions of policies, and which one applies."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from portal.agreements.permissions import EditError
from portal.agreements.queries import agreement_for, policies, policy_named
from portal.agreements.services import CalendarDraft, PolicyError, save_calendar, save_policy
from portal.agreements.shipped import POLICIES
from portal.agreements.terms import Conditions, Policy, Subject, Targets
from portal.core import clock
from portal.core.actor import Actor, Role
from portal.core.calendar import OFFICE
from portal.core.errors import StaleError
from tests import factories

DEFAULT, BY_PRIORITY = POLICIES
ADMIN = Actor(role=Role.ADMIN)
GOLD = Policy("gold", rank=5, conditions=Conditions(tier=frozenset({"gold"})), targets=Targets(resolution={"P1": 240}))


def save(session: Session, policy: Policy, seen: int | None = None) -> None:
    save_policy(session, policy, by=ADMIN, at=clock.now(), seen=seen)


def test_both_come_with_the_portal_and_the_default_applies(session: Session) -> None:
    assert [each.policy.name for each in policies(session)] == ["by_priority", "default"]
    assert agreement_for(session, Subject("P1"), None).source == "default/1 cn-office/1"


def test_it_applies_as_soon_as_it_is_switched_on(session: Session) -> None:
    save(session, replace(BY_PRIORITY, is_on=True), seen=1)
    assert agreement_for(session, Subject("P1"), None).source == "by_priority/2 cn-office/1"


def test_an_organisations_tier_decides(session: Session) -> None:
    save(session, GOLD)
    gold, other = (factories.an_organisation(session, tier=tier) for tier in ("gold", "standard"))
    assert agreement_for(session, Subject("P1"), gold.id).policy.name == "gold"
    assert agreement_for(session, Subject("P1"), other.id).policy.name == "default"
    assert agreement_for(session, Subject("P1"), None).policy.name == "default"


def test_it_goes_by_the_latest_version_of_its_calendar(session: Session) -> None:
    save_calendar(session, CalendarDraft("cn-office", "Asia/Shanghai", OFFICE.weekly), by=ADMIN, at=clock.now())
    assert agreement_for(session, Subject("P3"), None).source == "default/1 cn-office/2"


def test_what_comes_back_is_what_was_saved(session: Session) -> None:
    save(session, GOLD)
    found = policy_named(session, "gold")
    assert found is not None
    assert found.policy == GOLD


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(DEFAULT, is_on=False), "default-fits-all"),
        (replace(DEFAULT, conditions=Conditions(priority=frozenset({"P1"}))), "default-fits-all"),
        (replace(GOLD, calendar="nowhere"), "no-calendar"),
        (replace(GOLD, targets=Targets(reply_working_minutes=0)), "target-out-of-range"),
        (replace(GOLD, targets=Targets(reply_within={"P1": -5})), "target-out-of-range"),
        (replace(GOLD, targets=Targets(resolution={"P1": 10**9})), "target-out-of-range"),
        (replace(GOLD, targets=Targets(gap_working_days=0)), "target-out-of-range"),
    ],
)
def test_a_policy_that_can_not_be_is_refused(session: Session, wrong: Policy, code: str) -> None:
    with pytest.raises(PolicyError, match=code):
        save(session, wrong)


def test_of_two_who_edit_at_once_the_second_is_told(session: Session) -> None:
    save(session, BY_PRIORITY, seen=1)
    with pytest.raises(StaleError):
        save(session, BY_PRIORITY, seen=1)


def test_only_an_admin_edits(session: Session) -> None:
    with pytest.raises(EditError):
        save_policy(session, GOLD, by=Actor(role=Role.AGENT), at=clock.now())
