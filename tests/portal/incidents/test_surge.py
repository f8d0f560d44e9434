"""The surge rule: worked examples, properties, a slow reference, and a month in which everything is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.incidents.surge import Change, Happening, Key, Release, Report, Rule, SurgeState, Watch, replay
from tests.portal.incidents.history import History, figures, months, together

pytestmark = pytest.mark.slow

NINE = datetime(2026, 4, 21, 1, tzinfo=UTC)
KEY = Key("his", "orders", "slow", "e1")
SMALL = Rule(organisations=4, stopped=2)
MINUTE = timedelta(minutes=1)


def reports(number: int, key: Key = KEY, *, begins_at: datetime = NINE, stopped: bool = False) -> list[Happening]:
    """Return a report a minute, each of another organisation."""
    return [Report(begins_at + each * MINUTE, f"o{each}", key, stopped) for each in range(number)]


def changes(happenings: Sequence[Happening], rule: Rule = SMALL) -> list[tuple[str, Key, int]]:
    """Return what changes, without its times."""
    return [(each.state.value, each.key, each.organisations) for each in replay(happenings, Watch(rule))]


def test_as_many_organisations_as_the_rule_says_are_a_surge() -> None:
    found = list(replay(reports(10), Watch()))
    assert found == [Change(NINE + 9 * MINUTE, KEY, 10, None, SurgeState.SUSPECTED)]


def test_one_fewer_is_none() -> None:
    assert changes(reports(9), Rule()) == []


def test_fewer_are_enough_where_work_has_stopped() -> None:
    assert changes(reports(4, stopped=True), Rule()) == [("suspected", KEY, 4)]


def test_one_organisation_that_shouts_counts_once() -> None:
    shouting: list[Happening] = [Report(NINE + each * MINUTE, "o1", KEY, has_stopped=True) for each in range(25)]
    assert changes(shouting) == []


def test_whoever_nobody_has_verified_does_not_count() -> None:
    assert changes([replace(each, is_verified=False) for each in reports(20) if isinstance(each, Report)]) == []


def test_what_is_as_old_as_the_window_counts_no_more() -> None:
    late = Report(NINE + timedelta(minutes=30), "o9", KEY)
    assert changes([*reports(3), late]) == []
    assert changes([*reports(3), replace(late, at=late.at - timedelta(microseconds=1))]) == [("suspected", KEY, 4)]


def test_it_is_quiet_only_well_below_and_at_the_moment_at_which_it_is() -> None:
    after = Report(NINE + timedelta(hours=2), "o9", Key("other", "", ""))
    found = list(replay([*reports(10), after], Watch()))
    assert [(each.state, each.organisations) for each in found] == [("suspected", 10), ("quiet", 5)]
    assert found[1].at == NINE + timedelta(minutes=34)


def test_different_error_texts_are_alike_by_the_coarse_key() -> None:
    mixed: list[Happening] = [Report(NINE, f"o{each}", KEY._replace(fingerprint=f"e{each}")) for each in range(4)]
    assert changes(mixed) == [("suspected", KEY.coarse, 4)]


def test_a_finer_one_takes_over_from_the_coarse_one() -> None:
    first: list[Happening] = [Report(NINE, f"p{each}", KEY.coarse) for each in range(4)]
    assert changes([*first, *reports(4)]) == [
        ("suspected", KEY.coarse, 4),
        ("quiet", KEY.coarse, 8),
        ("suspected", KEY, 4),
    ]


def test_the_coarse_one_remains_where_the_finer_one_is_quiet() -> None:
    fine = reports(4)
    rest: list[Happening] = [Report(NINE + 25 * MINUTE, f"p{each}", KEY.coarse) for each in range(4)]
    end = Report(NINE + 40 * MINUTE, "x", Key("other", "", ""))
    assert changes([*fine, *rest, end]) == [
        ("suspected", KEY, 4),
        ("quiet", KEY, 2),
        ("suspected", KEY.coarse, 6),
    ]


def test_the_release_of_the_day_stands_beside_it() -> None:
    old, new = (Release(NINE - timedelta(hours=each), "his", f"5.5.{each}") for each in (25, 3))
    other = Release(NINE - timedelta(hours=1), "lis", "1.0")
    found = list(replay([old, new, other, *reports(4)], Watch(SMALL)))
    assert [each.release for each in found] == [new]


def test_what_comes_late_counts_by_its_own_time() -> None:
    late = Report(NINE + 2 * MINUTE, "late", KEY)
    now = Report(NINE + 20 * MINUTE, "other", Key("other", "", ""))
    found = list(replay([*reports(3), now, late], Watch(SMALL)))
    assert [(each.at, each.organisations) for each in found] == [(NINE + 20 * MINUTE, 4)]
    too_late = Report(NINE + 40 * MINUTE, "other", Key("other", "", ""))
    assert changes([*reports(3), too_late, late]) == []


KEYS = st.builds(Key, st.sampled_from("ab"), st.just("m"), st.sampled_from("xy"), st.sampled_from(("", "f", "g")))
TIMES = st.integers(0, 90 * 60).map(lambda seconds: NINE + timedelta(seconds=seconds))
WHO = st.sampled_from([f"o{each}" for each in range(8)])
REPORTS = st.builds(Report, TIMES, WHO, KEYS, st.booleans(), st.sampled_from((True, True, True, True, False)))
HISTORIES = st.lists(REPORTS, max_size=70).map(lambda found: sorted(found, key=lambda each: each.at))


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_within_a_minute_changes_nothing(history: list[Happening], random: Random) -> None:
    by_minute: dict[datetime, list[Happening]] = {}
    for each in history:
        by_minute.setdefault(each.at.replace(second=0), []).append(each)
    for each_minute in by_minute.values():
        random.shuffle(each_minute)
    shuffled = [each for minute in by_minute.values() for each in minute]
    assert list(replay(shuffled, Watch(SMALL))) == list(replay(history, Watch(SMALL)))


@given(HISTORIES)
def test_what_is_sent_twice_counts_once(history: list[Happening]) -> None:
    doubled = [each for each in history for _ in range(2)]
    assert list(replay(doubled, Watch(SMALL))) == list(replay(history, Watch(SMALL)))


@given(HISTORIES)
def test_a_coarse_key_is_never_suspected_together_with_a_finer_one(history: list[Happening]) -> None:
    suspected: set[Key] = set()
    for change in replay(history, Watch(SMALL)):
        (suspected.add if change.state is SurgeState.SUSPECTED else suspected.remove)(change.key)
        assert not any(each.fingerprint and each.coarse in suspected for each in suspected)


@given(HISTORIES)
def test_it_says_what_counting_everything_again_each_time_says(history: list[Report]) -> None:
    assert list(replay(history, Watch(SMALL))) == counted_again(history, SMALL)


@given(HISTORIES, TIMES)
def test_it_can_be_put_down_and_taken_up_again(history: list[Report], cut: datetime) -> None:
    end = Report(NINE + timedelta(hours=5), "end", Key("end", "", ""))
    whole = list(replay([*history, end], Watch(SMALL)))
    watch = Watch(SMALL)
    before = [*watch.see([each for each in history if each.at <= cut]), *watch.advance(cut)]
    suspected = {each.key for each in before if each.state is SurgeState.SUSPECTED and _lasts(each, before)}
    again = Watch(SMALL, suspected)
    assert list(again.advance(cut)) == []
    for each in history:
        if each.at <= cut:
            again.recall(each)
    assert list(again.judge_all()) == []
    assert [*before, *again.see([*(each for each in history if each.at > cut), end])] == whole


def _lasts(change: Change, found: Sequence[Change]) -> bool:
    return [each for each in found if each.key == change.key][-1] is change


def counted_again(history: Sequence[Report], rule: Rule) -> list[Change]:
    """Say the same by counting everything again at every moment at which something comes or leaves."""
    seen: list[Report] = []
    suspected: set[Key] = set()
    found: list[Change] = []
    for report in sorted(history, key=lambda each: (each.at, each.key, each.organisation, each.has_stopped)):
        for moment in sorted({each.at + rule.window for each in seen}):
            if found_at(seen, moment - rule.window) and (not seen or moment > seen[-1].at) and moment <= report.at:
                found += _calmed(seen, suspected, moment, rule)
        seen.append(report)
        found += _raised(seen, suspected, report, rule)
    return found


def found_at(seen: Sequence[Report], moment: datetime) -> bool:
    """Whether something that counts was reported at a moment."""
    return any(each.at == moment and each.is_verified for each in seen)


def _numbers(seen: Sequence[Report], key: Key, now: datetime, rule: Rule) -> tuple[int, int]:
    within = [each for each in seen if each.is_verified and now - rule.window < each.at <= now]
    mine = [each for each in within if key in (each.key, each.key.coarse)]
    return len({each.organisation for each in mine}), len({each.organisation for each in mine if each.has_stopped})


def _calmed(seen: Sequence[Report], suspected: set[Key], now: datetime, rule: Rule) -> list[Change]:
    found = []
    for key in sorted(suspected):
        number, stopped = _numbers(seen, key, now, rule)
        if number <= rule.organisations / 2 and stopped <= rule.stopped / 2:
            suspected.remove(key)
            found.append(Change(now, key, number, None, SurgeState.QUIET))
            found += _raise_one(seen, suspected, key.coarse, now, rule)
    return found


def _raised(seen: Sequence[Report], suspected: set[Key], report: Report, rule: Rule) -> list[Change]:
    keys = (report.key, report.key.coarse) if report.is_verified else ()
    return [change for key in keys for change in _raise_one(seen, suspected, key, report.at, rule)]


def _raise_one(seen: Sequence[Report], suspected: set[Key], key: Key, now: datetime, rule: Rule) -> list[Change]:
    number, stopped = _numbers(seen, key, now, rule)
    is_under_a_finer_one = not key.fingerprint and any(each != key and each.coarse == key for each in suspected)
    is_many = number >= rule.organisations or stopped >= rule.stopped
    if key in suspected or is_under_a_finer_one or not is_many:
        return []
    found = []
    if key.coarse in suspected:
        suspected.remove(key.coarse)
        found.append(Change(now, key.coarse, _numbers(seen, key.coarse, now, rule)[0], None, SurgeState.QUIET))
    suspected.add(key)
    return [*found, Change(now, key, number, None, SurgeState.SUSPECTED)]


def test_of_a_month_that_is_known_nearly_everything_is_noticed_and_little_else() -> None:
    found = together(list(months(range(1, 4))))
    assert isinstance(found["precision"], float)
    assert isinstance(found["recall"], float)
    assert found["precision"] >= 0.9
    assert found["recall"] >= 0.75


def test_an_outbreak_at_many_places_is_never_missed() -> None:
    for each in months(range(1, 4)):
        noticed, total = each.outbreaks["wide"]
        assert noticed == total == 8
        assert min(each.minutes) >= 0


def test_a_month_without_anything_in_it_has_no_surge() -> None:
    assert figures(History(Random(1))).suspected == 0
