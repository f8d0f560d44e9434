"""What a session sees: one moment, and what it remembers of its transaction; on both databases."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.db import Database, in_this_transaction
from portal.core.models import Counter


def test_a_snapshot_is_of_one_moment_whatever_is_written_meanwhile(migrated: Database) -> None:
    wanted = select(func.count()).select_from(Counter)
    with migrated.snapshot() as session:
        before = session.scalar(wanted)
        with migrated.write() as other:
            other.add(Counter(name="meanwhile", value=1))
        assert session.scalar(wanted) == before
    with migrated.snapshot() as session:
        assert session.scalar(wanted) == (before or 0) + 1


def test_after_a_snapshot_a_reader_is_as_it_was(migrated: Database) -> None:
    for _ in range(3):
        with migrated.snapshot() as session:
            session.scalar(select(1))
    with migrated.read() as reader:
        with migrated.write() as writer:
            writer.add(Counter(name="now", value=1))
        assert reader.scalar(select(Counter.value).where(Counter.name == "now")) == 1


def test_what_is_remembered_is_forgotten_with_its_transaction(migrated: Database) -> None:
    with migrated.write() as session:
        in_this_transaction(session, "test")["seen"] = 1
        assert in_this_transaction(session, "test") == {"seen": 1}
        with session.begin_nested():
            assert in_this_transaction(session, "test") == {}
        assert in_this_transaction(session, "test") == {}
    with Session(migrated.writer) as session, session.begin():
        assert in_this_transaction(session, "test") == {}
