"""Noting what was read, and reading it again, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from portal.accounts.models import Organisation, SignInSession
from portal.accounts.services import start_session
from portal.core import rereading
from portal.core.db import Database
from portal.core.rereading import Read, Reading
from tests.factories import a_person, an_organisation

AT = datetime(2026, 4, 21, 2, 2, 30, 5, tzinfo=UTC)
_NAMES = select(Organisation.name, Organisation.id).order_by(Organisation.name)
_BEGUN = select(SignInSession.id).where(SignInSession.started_at <= bindparam("at"))


def test_what_reads_the_same_again_is_the_same(migrated: Database) -> None:
    add_organisation(migrated, "County Hospital")
    assert is_same(migrated, read(migrated, _NAMES))


def test_a_row_that_changed_or_is_new_is_seen(migrated: Database) -> None:
    add_organisation(migrated, "County Hospital")
    reading = read(migrated, _NAMES)
    add_organisation(migrated, "People’s Hospital")
    assert not is_same(migrated, reading)
    reading = read(migrated, _NAMES)
    with migrated.write() as session:
        session.scalars(select(Organisation).where(Organisation.name == "County Hospital")).one().name = "Elsewhere"
    assert not is_same(migrated, reading)


def test_noting_takes_nothing_from_what_is_read(migrated: Database) -> None:
    add_organisation(migrated, "County Hospital")
    with rereading.noting() as reads, migrated.read() as session:
        assert [row.name for row in session.execute(_NAMES)] == ["County Hospital"]
    assert len(reads) == 1
    assert len(reads[0].rows) == 1


def test_nothing_is_noted_once_nobody_asks(migrated: Database) -> None:
    with rereading.noting() as reads:
        pass
    read(migrated, _NAMES)
    assert reads == []


def test_a_time_that_was_this_moment_moves_on(migrated: Database) -> None:
    """What begins between the two readings is seen, as whoever asks now would see it."""
    reading = read(migrated, _BEGUN, {"at": AT})
    assert is_same(migrated, reading, at=AT + timedelta(seconds=1))
    begin_session(migrated, AT + timedelta(seconds=2))
    assert not is_same(migrated, reading, at=AT + timedelta(seconds=3))


def test_a_time_that_was_another_moment_stays(migrated: Database) -> None:
    reading = read(migrated, _BEGUN, {"at": AT - timedelta(days=1)})
    begin_session(migrated, AT)
    assert is_same(migrated, reading, at=AT + timedelta(seconds=3))


def test_it_knows_the_next_time_that_was_read(migrated: Database) -> None:
    for minutes in (-5, 20, 10):
        begin_session(migrated, AT + timedelta(minutes=minutes))
    assert read(migrated, select(SignInSession.started_at)).next_moment() == AT + timedelta(minutes=10)
    assert read(migrated, _NAMES).next_moment() is None


def test_a_database_that_does_not_answer_is_not_the_same(migrated: Database) -> None:
    assert not is_same(migrated, Reading([Read("SELECT * FROM no_such_table", (), [], is_timed=False)], AT, AT))


def read(database: Database, statement: Any, values: Any = None) -> Reading:
    """Return what is read now."""
    with rereading.noting() as reads, database.read() as session:
        session.execute(statement, values).all()
    return Reading(reads, AT, AT)


def is_same(database: Database, reading: Reading, *, at: datetime = AT) -> bool:
    """Whether it reads the same again."""
    with database.read() as session:
        return reading.is_same(session, at=at)


def add_organisation(database: Database, name: str) -> None:
    """Add an organisation."""
    with database.write() as session:
        an_organisation(session, name)


def begin_session(database: Database, at: datetime) -> None:
    """Have somebody sign in at a moment."""
    with database.write() as session:
        person = a_person(session, f"Tang {at}", user_name=None)
        start_session(session, person_id=person.id, browser="tests", at=at)
