"""Which policy applies."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agreements.shipped import POLICIES
from portal.agreements.terms import PRIORITIES, Conditions, Policy, Subject, Targets, applying

DEFAULT, BY_PRIORITY = POLICIES
names = st.sampled_from(["", "a", "b", "c"])
subjects = st.builds(Subject, priority=st.sampled_from(PRIORITIES), product=names, channel=names, tier=names)
some = st.frozensets(names, max_size=2)
conditions = st.builds(
    Conditions, tier=some, priority=st.frozensets(st.sampled_from(PRIORITIES), max_size=2), product=some, channel=some
)
policies = st.lists(
    st.builds(Policy, st.sampled_from("xyz"), rank=st.integers(1, 99), is_on=st.booleans(), conditions=conditions)
)


def test_by_priority_applies_only_once_somebody_has_switched_it_on() -> None:
    assert applying(POLICIES, Subject("P1")) is DEFAULT
    switched_on = replace(BY_PRIORITY, is_on=True)
    assert applying((DEFAULT, switched_on), Subject("P1")) is switched_on


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        (Conditions(), True),
        (Conditions(tier=frozenset({"gold"})), True),
        (Conditions(tier=frozenset({"silver"})), False),
        (Conditions(tier=frozenset({"gold"}), priority=frozenset({"P1"})), False),
        (Conditions(product=frozenset({"his", "emr"}), channel=frozenset({"portal"})), True),
        (Conditions(channel=frozenset({"call-back"})), False),
    ],
)
def test_every_condition_that_is_named_must_hold(conditions: Conditions, fits: bool) -> None:
    assert conditions.fit(Subject("P2", product="his", channel="portal", tier="gold")) is fits


@given(policies, subjects)
def test_whatever_is_set_up_every_ticket_has_one_policy_that_fits_it(found: list[Policy], subject: Subject) -> None:
    chosen = applying([*found, DEFAULT], subject)
    assert chosen.is_on
    assert chosen.conditions.fit(subject)
    assert not [each for each in found if each.is_on and each.conditions.fit(subject) and each.rank < chosen.rank]


def test_without_a_default_it_says_what_to_do() -> None:
    with pytest.raises(LookupError, match="portal db upgrade"):
        applying((BY_PRIORITY,), Subject("P1"))


@given(conditions)
def test_conditions_come_back_as_they_were_kept(kept: Conditions) -> None:
    assert Conditions.from_json(kept.as_json()) == kept


def test_targets_come_back_as_they_were_kept() -> None:
    targets = Targets(reply_within={"P1": 30}, resolution={"P1": 240})
    assert Targets.from_json(targets.as_json()) == targets
