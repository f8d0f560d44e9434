"""Messages and jobs are queued in the transaction of what they are about, each once."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.outbox import queries, services
from portal.outbox.messages import Message
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.queries import JobState


@pytest.fixture
def reading(database: Database) -> Iterator[Session]:
    """Look at rows without standing in the writers' line."""
    with database.read() as session:
        yield session


def a_message(dedupe_key: str = "one") -> Message:
    return Message(kind="test", subject_id=uuid4(), address="tang@hospital.example", dedupe_key=dedupe_key)


def test_a_message_is_queued_with_its_values(database: Database, reading: Session) -> None:
    message = Message(kind="test", subject_id=uuid4(), dedupe_key="one", address="a@b.example", parameters={"n": 1})
    with database.write() as writing:
        services.queue(writing, message, at=clock.now())
    (row,) = reading.scalars(select(OutboxMessage))
    assert (row.kind, row.subject_id, row.parameters) == ("test", message.subject_id, {"n": 1})
    assert (row.next_at, row.delivered_at, row.attempts) == (clock.now(), None, 0)


def test_the_same_dedupe_key_is_told_once(database: Database, reading: Session) -> None:
    for _ in range(2):
        with database.write() as writing:
            services.queue_all(writing, [a_message("one"), a_message("two"), a_message("one")], at=clock.now())
    assert sorted(row.dedupe_key for row in reading.scalars(select(OutboxMessage))) == ["one", "two"]


def test_nothing_is_told_of_work_that_was_rolled_back(database: Database, reading: Session) -> None:
    with Session(database.writer) as undone:
        services.queue(undone, a_message(), at=clock.now())
        undone.rollback()
    assert reading.scalars(select(OutboxMessage)).all() == []


def test_the_same_job_is_added_once(database: Database, reading: Session) -> None:
    with database.write() as writing:
        first = services.add_job(writing, "pdf", {"id": "1"}, dedupe_key="notice-1", at=clock.now())
        second = services.add_job(writing, "pdf", {"id": "1"}, dedupe_key="notice-1", at=clock.now())
    assert first.id == second.id
    status = queries.job_status(reading, "notice-1")
    assert status is not None
    assert status.id == first.id
    assert status.state is JobState.PENDING


def test_nobody_asked_for_it(reading: Session) -> None:
    assert queries.job_status(reading, "unknown") is None


def test_dead_letters_are_listed_newest_first_and_can_be_tried_again(database: Database, reading: Session) -> None:
    earlier = clock.now() - timedelta(hours=1)
    with database.write() as writing:
        services.queue_all(writing, [a_message("dead"), a_message("alive")], at=earlier)
        job = services.add_job(writing, "pdf", {}, dedupe_key="job", at=earlier)
        job.dead_at, job.last_error = clock.now(), "PrintError: too long"
        dead = writing.scalars(select(OutboxMessage).where(OutboxMessage.dedupe_key == "dead")).one()
        dead.dead_at, dead.attempts = earlier, 15
    found = queries.dead_letters(reading)
    assert [(each.what, each.kind) for each in found] == [("job", "pdf"), ("message", "test")]
    assert (found[0].last_error, found[1].address) == ("PrintError: too long", "tang@hospital.example")
    with database.write() as writing:
        assert services.try_again(writing, found[0].id, at=clock.now())
        assert services.try_again(writing, found[1].id, at=clock.now())
    assert queries.dead_letters(reading) == []
    reading.expire_all()
    assert reading.scalars(select(OutboxMessage.attempts)).all() == [0, 0]
    assert reading.scalars(select(Job.next_at)).one() == clock.now()


def test_only_what_is_dead_is_tried_again(database: Database, reading: Session) -> None:
    with database.write() as writing:
        services.queue(writing, a_message(), at=clock.now())
    (row,) = reading.scalars(select(OutboxMessage))
    with database.write() as writing:
        assert not services.try_again(writing, row.id, at=clock.now())
        assert not services.try_again(writing, uuid4(), at=clock.now())
