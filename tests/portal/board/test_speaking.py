"""Words are counted by week in every scope, and those that only few use, or that are names, are not kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.board import services
from portal.board.models import BoardWordUse
from portal.board.queries.figures import Scope
from portal.board.queries.words import rising_words, words_used
from portal.board.services import speaking
from portal.board.services.speaking import Said, uses
from portal.core import clock
from portal.core.db import Database
from portal.core.models import TypedText
from portal.outbox import leasing
from portal.outbox.models import Job
from portal.outbox.registry import registry_of
from portal.tickets.models import Ticket
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

BEIJING = ZoneInfo("Asia/Shanghai")
WEEK = timedelta(days=7)
THIS_MONDAY = date(2026, 4, 20)
ALL = Scope()
Row = tuple[str, str, date, str, int]


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


def report(cast: Cast, *titles: str, weeks_ago: int = 0) -> list[Ticket]:
    with clock.stopped_at(clock.now() - weeks_ago * WEEK):
        return [a_ticket(cast, title=each) for each in titles]


def count(database: Database, *, hours: int = 0) -> None:
    while found := find(database, hours=hours):
        with database.write() as session:
            assert services.keep_words(session, found)


def find(database: Database, *, hours: int = 0) -> services.FoundWords | None:
    with database.read() as session:
        return services.find_words(session, zone=BEIJING, at=clock.now() + timedelta(hours=hours))


def kept(session: Session, scope: Scope = ALL) -> dict[tuple[int, str], int]:
    """Return how many tickets of which week, counted back from this one, use each word."""
    session.rollback()
    rows = session.scalars(
        select(BoardWordUse).where(BoardWordUse.scope_kind == scope.kind, BoardWordUse.scope == scope.key)
    )
    return {((THIS_MONDAY - row.week).days // 7, row.word): row.count for row in rows}


def test_only_words_that_several_tickets_use_are_kept(cast: Cast, database: Database, session: Session) -> None:
    report(cast, *(f"转科操作太复杂，第 {number} 次" for number in range(3)), "转科时白屏")
    count(database)
    assert kept(session) == {(0, ""): 4, (0, "复杂"): 3, (0, "操作"): 3, (0, "转科"): 4}


def test_three_tickets_of_eight_weeks_are_enough_and_two_are_not(
    cast: Cast, database: Database, session: Session
) -> None:
    for weeks_ago, title in ((7, "列表白屏"), (4, "列表"), (0, "列表"), (8, "白屏"), (30, "白屏")):
        report(cast, title, weeks_ago=weeks_ago)
    count(database)
    found = {key: number for key, number in kept(session).items() if key[1]}
    assert found == {(7, "列表"): 1, (4, "列表"): 1, (0, "列表"): 1}


def test_each_scope_has_its_own_words(cast: Cast, database: Database, session: Session) -> None:
    report(cast, "列表打不开", "列表打不开", "列表打不开")
    a_ticket(cast, title="列表打不开", by=cast.stranger)
    count(database)
    ours, theirs = (Scope("organisation", each.organisation_id.hex) for each in (cast.tang, cast.stranger))
    assert kept(session, ours) == {(0, ""): 3, (0, "列表"): 3, (0, "打不开"): 3}
    assert kept(session, theirs) == {(0, ""): 1}
    assert kept(session, Scope("module", "his/orders"))[0, "列表"] == 4
    assert kept(session, Scope("both", f"{cast.tang.organisation_id.hex}/his"))[0, "列表"] == 3


def test_the_name_of_somebody_there_is_no_word(cast: Cast, database: Database, session: Session) -> None:
    session.get_one(Person, cast.tang.person_id).name = "唐名片"
    session.commit()
    report(cast, *["名片打不出中文"] * 3)
    count(database)
    assert {word for _, word in kept(session)} == {"", "打不出", "中文"}


def test_words_of_an_erased_text_leave_with_the_next_count(cast: Cast, database: Database, session: Session) -> None:
    tickets = report(cast, "列表白屏", "列表白屏", "列表白屏")
    count(database)
    session.get_one(TypedText, session.get_one(Ticket, tickets[0].id).title_id).body = ""
    session.commit()
    count(database, hours=2)
    assert kept(session) == {(0, ""): 3}


def test_counting_anew_from_nothing_gives_the_same(cast: Cast, database: Database, session: Session) -> None:
    for weeks_ago in (40, 39, 38, 20, 3, 1):
        report(cast, "列表打不开", "列表白屏", weeks_ago=weeks_ago)
        with clock.stopped_at(clock.now() - weeks_ago * WEEK):
            count(database)
    count(database)
    before = kept(session)
    assert {weeks_ago for weeks_ago, _ in before} == {40, 39, 38, 20, 3, 1}
    with database.write() as writing:
        services.rebuild(writing)
    assert kept(session) == {}
    count(database)
    assert kept(session) == before


def test_what_is_shown_follows_the_stretch_and_the_scope(cast: Cast, database: Database, session: Session) -> None:
    report(cast, *["发票打印慢"] * 3, weeks_ago=6)
    report(cast, *["列表打不开"] * 3, "别的")
    count(database)
    four, eight = (words_used(session, ALL, THIS_MONDAY - (weeks - 1) * WEEK, weeks) for weeks in (4, 8))
    assert [(each.word, each.tickets, each.now, each.before) for each in four] == [
        ("列表", 3, 75, 0),
        ("打不开", 3, 75, 0),
    ]
    assert {each.word for each in eight} == {"列表", "打不开", "发票", "打印"}
    assert words_used(session, Scope("product", "emr"), THIS_MONDAY - 3 * WEEK, 4) == []


def test_a_word_that_has_become_frequent_stands_out_in_its_module(
    cast: Cast, database: Database, session: Session
) -> None:
    report(cast, "太复杂", *["列表打不开"] * 19, weeks_ago=5)
    report(cast, *["太复杂"] * 3, *["列表打不开"] * 7)
    count(database)
    begin = THIS_MONDAY - 3 * WEEK
    (found,) = rising_words(session, ALL, begin, 4)
    assert (found.word, found.before, found.now, found.scope) == ("复杂", 5, 30, Scope("module", "his/orders"))
    assert rising_words(session, Scope("product", "his"), begin, 4) == [found]
    assert rising_words(session, Scope("product", "emr"), begin, 4) == []
    (theirs,) = rising_words(session, Scope("organisation", cast.tang.organisation_id.hex), begin, 4)
    assert theirs.scope.kind == "organisation"


def test_too_few_tickets_say_nothing(cast: Cast, database: Database, session: Session) -> None:
    report(cast, *["列表打不开"] * 9, weeks_ago=5)
    report(cast, *["太复杂"] * 3, *["列表打不开"] * 7)
    count(database)
    assert rising_words(session, ALL, THIS_MONDAY - 3 * WEEK, 4) == []


def test_eight_weeks_are_any_eight_in_a_row() -> None:
    weeks = (0, 7, 14, 20)
    said = [Said(week, (("all", ""),), ("列表",)) for week in (*weeks, 7)]
    assert uses(said)["列表"] == {0: 1, 7: 2, 14: 1}


def test_nobody_waits_while_texts_are_taken_apart(cast: Cast, database: Database, session: Session) -> None:
    report(cast, *["列表打不开"] * 3)
    with database.read() as reading, database.write() as writing:
        # Somebody else is in the middle of writing; waiting for them would end in an error after five seconds.
        writing.execute(update(Ticket).values(team="ward"))
        assert services.find_words(reading, zone=BEIJING, at=clock.now())


def test_only_what_has_changed_is_written(cast: Cast, database: Database) -> None:
    tickets = report(cast, *["列表打不开"] * 3, weeks_ago=2)
    report(cast, *["发票打印慢"] * 3)
    count(database)
    again = find(database, hours=2)
    assert again is not None
    assert (again.gone, again.new) == (frozenset(), {})
    with database.write() as writing:
        writing.get_one(TypedText, writing.get_one(Ticket, tickets[0].id).title_id).body = ""
    again = find(database, hours=2)
    assert again is not None
    assert {each.week for each in again.gone} == {THIS_MONDAY - 2 * WEEK}
    assert {each.word for each in again.gone} == {"列表", "打不开"}
    assert again.new == {}


def test_of_two_counts_at_once_one_is_kept(cast: Cast, database: Database, session: Session) -> None:
    report(cast, *["列表打不开"] * 3)
    first, second = find(database), find(database)
    assert first is not None
    assert second is not None
    with database.write() as writing:
        assert services.keep_words(writing, first)
    with database.write() as writing:
        assert not services.keep_words(writing, second)
    assert kept(session) == {(0, ""): 3, (0, "列表"): 3, (0, "打不开"): 3}


def test_what_is_new_is_written_in_parts_and_the_last_says_how_far_it_is(
    cast: Cast, database: Database, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "_ROWS", 4)
    report(cast, *["列表打不开"] * 3)
    found = find(database)
    assert found is not None
    parts = list(found.in_parts())
    assert [len(each.new) for each in parts] == [4, 4, 4, 3]
    assert [each.up_to is not None for each in parts] == [False, False, False, True]
    for part in parts:
        with database.write() as writing:
            assert services.keep_words(writing, part)
    assert kept(session) == {(0, ""): 3, (0, "列表"): 3, (0, "打不开"): 3}
    assert find(database) is None


def test_the_clock_asks_once_an_hour_and_at_once_where_weeks_are_left(
    app: Flask, cast: Cast, database: Database, session: Session
) -> None:
    report(cast, *["列表打不开"] * 3, weeks_ago=5)
    assert len(changed_at(app, database, 0)) == 1
    assert kept(session) != {}
    assert len(changed_at(app, database, 1)) == 2
    assert set(kept(session)) == {(5, ""), (5, "列表"), (5, "打不开")}
    assert len(changed_at(app, database, 60)) == 2
    report(cast, "列表打不开")
    first, second, third = changed_at(app, database, 61)
    assert (first > 0, second, third > 0) == (True, 0, True)
    assert kept(session)[0, "列表"] == 1


def changed_at(app: Flask, database: Database, minutes: int) -> list[Any]:
    """Look at the clock, do what it asks for, and return what each count so far has changed."""
    with clock.stopped_at(clock.now() + timedelta(minutes=minutes)), app.app_context():
        with database.write() as writing:
            services.ask_for_words(writing, at=clock.now())
        while lease := leasing.take(database, Job, at=clock.now()):
            result = registry_of(app).makers[services.WORDS_JOB](database, lease.row.parameters)
            leasing.finish(database, lease, done_at=clock.now(), result=dict(result))
    with database.read() as reading:
        return [each["changed"] for each in reading.scalars(select(Job.result).order_by(Job.id))]


@pytest.mark.slow
def test_each_database_keeps_the_same_words(migrated: Database) -> None:
    with clock.stopped_at(datetime(2026, 4, 21, 2, 2, tzinfo=UTC)), Session(migrated.writer) as session:
        report(a_cast(session), *["列表打不开"] * 3)
        count(migrated)
        count(migrated, hours=2)
        assert kept(session) == {(0, ""): 3, (0, "列表"): 3, (0, "打不开"): 3}
        assert [each.word for each in words_used(session, ALL, THIS_MONDAY, 1)] == ["列表", "打不开"]
