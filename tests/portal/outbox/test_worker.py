"""The worker finds the words, sends them, and keeps what went wrong with its row."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.core.errors import GiveUpError, GoneError
from portal.outbox import queries, services
from portal.outbox.mail import Mail
from portal.outbox.messages import Message
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.plain import Plain
from portal.outbox.registry import MoreIsDue, register_clock_pass, register_job, register_mail
from portal.outbox.worker import MAILS_BEFORE_A_JOB, MINUTE, Worker
from tests.factories import a_contact, a_person, an_organisation

Words = Callable[[Session, OutboxMessage], Mail | None]


def words(session: Session, row: OutboxMessage) -> Mail:
    return Mail(to=None, subject="A subject", text="Some words\n", html="<p>Some words</p>")


@pytest.fixture
def told(app: Flask, database: Database) -> Callable[..., OutboxMessage]:
    """Queue a message, let the worker take a turn, and return what became of the row."""

    def tell(renderer: Words = words, **values: object) -> OutboxMessage:
        register_mail(app, "test", renderer)
        given = {"subject_id": uuid4(), "dedupe_key": uuid4().hex, "address": "tang@hospital.example", **values}
        message = Message(kind="test", **given)  # type: ignore[arg-type]  # a test's own values
        with database.write() as session:
            services.queue(session, message, at=clock.now())
        Worker(app).turn()
        with database.read() as session:
            return session.scalars(select(OutboxMessage).where(OutboxMessage.dedupe_key == message.dedupe_key)).one()

    return tell


def test_a_mail_is_printed_on_the_console(
    told: Callable[..., OutboxMessage], capsys: pytest.CaptureFixture[str]
) -> None:
    row = told()
    assert row.delivered_at == clock.now()
    assert not row.was_dropped
    assert "mail to tang@hospital.example: A subject" in capsys.readouterr().out


def test_the_words_are_in_the_language_and_zone_of_the_reader(
    told: Callable[..., OutboxMessage], session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    organisation = an_organisation(session, locale="zh_Hant", time_zone="Asia/Taipei")
    contact = a_contact(session, organisation, locale=None)
    session.commit()

    def say(_session: Session, _row: OutboxMessage) -> Mail:
        return Mail(to=None, subject=gettext("Sign in"), text="", html="")

    told(say, address=None, person_id=contact.person_id)
    assert "登入" in capsys.readouterr().out


def test_a_secret_is_blanked_when_it_is_delivered(told: Callable[..., OutboxMessage]) -> None:
    assert told(secret=b"sealed").secret is None


def test_what_is_gone_meanwhile_is_dropped(
    told: Callable[..., OutboxMessage], capsys: pytest.CaptureFixture[str]
) -> None:
    row = told(lambda _, __: None, secret=b"sealed")
    assert (row.was_dropped, row.secret) == (True, None)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("person", [{"active": False}, {"email": None}])
def test_who_can_not_be_written_to_is_not(
    told: Callable[..., OutboxMessage], session: Session, person: Mapping[str, Any]
) -> None:
    someone = a_person(session, **person)
    session.commit()
    assert told(address=None, person_id=someone.id).was_dropped


def test_words_that_break_are_tried_again_and_do_not_stop_the_next(told: Callable[..., OutboxMessage]) -> None:
    def break_down(session: Session, row: OutboxMessage) -> Mail:
        raise KeyError("name")

    broken = told(break_down)
    assert (broken.delivered_at, broken.attempts, broken.last_error) == (None, 1, "KeyError: 'name'")
    assert broken.next_at > clock.now()
    assert told().delivered_at is not None


@pytest.mark.parametrize(
    "mail",
    [
        Mail(to=None, subject="Hello\r\nBcc: everyone@hospital.example", text="", html=""),
        Mail(to=None, subject="Hello\u2028Bcc: everyone@hospital.example", text="", html=""),
        Mail(to="a@b.example\nBcc: c@d.example", subject="Hello", text="", html=""),
        Mail(to="no address", subject="Hello", text="", html=""),
    ],
)
def test_a_line_break_in_the_head_is_refused_for_good(told: Callable[..., OutboxMessage], mail: Mail) -> None:
    row = told(lambda _, __: mail)
    assert row.dead_at is not None
    assert row.last_error.startswith("RefusedError")


def test_a_kind_that_nobody_finds_words_for_is_a_dead_letter(app: Flask, database: Database) -> None:
    with database.write() as session:
        services.queue(
            session, Message(kind="unknown", subject_id=None, dedupe_key="1", address="a@b.example"), at=clock.now()
        )
    assert Worker(app).turn()
    with database.read() as session:
        assert session.scalars(select(OutboxMessage.dead_at)).one() is not None


def make(app: Flask, database: Database, maker: Callable[[Database, Mapping[str, Plain]], dict[str, Plain]]) -> Job:
    register_job(app, "test", maker)
    with database.write() as session:
        job = services.add_job(session, "test", {"number": 20}, dedupe_key=uuid4().hex, at=clock.now())
    Worker(app).turn()
    with database.read() as session:
        return session.get_one(Job, job.id)


def test_a_job_is_made_from_its_parameters(app: Flask, database: Database) -> None:
    job = make(app, database, lambda _, parameters: {"double": str(parameters["number"]) * 2})
    assert (job.done_at, job.result) == (clock.now(), {"double": "2020"})


def test_a_job_that_can_not_work_is_given_up_at_once(app: Flask, database: Database) -> None:
    def give_up(_: Database, __: Mapping[str, Plain]) -> dict[str, Plain]:
        raise GiveUpError("it has 900 pages")

    job = make(app, database, give_up)
    assert (job.dead_at, job.last_error) == (clock.now(), "GiveUpError: it has 900 pages")


def test_a_job_whose_matter_is_gone_ends_quietly(app: Flask, database: Database) -> None:
    def find_nothing(_: Database, __: Mapping[str, Plain]) -> dict[str, Plain]:
        raise GoneError("the notice was withdrawn")

    register_job(app, "test", find_nothing)
    with database.write() as session:
        services.add_job(session, "test", {}, dedupe_key="a", at=clock.now())
    Worker(app).turn()
    with database.read() as session:
        assert (queries.job_status(session, "a"), queries.dead_letters(session)) == (None, [])


def test_the_clock_is_looked_at_once_a_minute(app: Flask, database: Database) -> None:
    seen: list[datetime] = []

    def look(session: Session, *, at: datetime) -> None:
        seen.append(at)

    register_clock_pass(app, look)
    worker, begun = Worker(app), clock.now()
    for seconds in (0, 1, 59, 60, 61, 130):
        with clock.stopped_at(begun + timedelta(seconds=seconds)):
            worker.turn()
    assert seen == [begun, begun + MINUTE, begun + timedelta(seconds=130)]


def test_a_clock_pass_that_has_left_something_comes_again_at_once(app: Flask, database: Database) -> None:
    answers: list[object] = [MoreIsDue.AT_ONCE, MoreIsDue.AT_ONCE, None]

    def look(session: Session, *, at: datetime) -> object:
        return answers.pop(0)

    register_clock_pass(app, look)
    worker = Worker(app)
    for _ in range(6):
        worker.turn()
    assert answers == []


def test_a_clock_pass_that_breaks_is_rolled_back_and_stops_nobody(app: Flask, database: Database) -> None:
    def break_down(session: Session, *, at: datetime) -> None:
        services.queue(session, Message(kind="test", subject_id=None, dedupe_key="half"), at=at)
        raise KeyError("half done")

    register_clock_pass(app, break_down)
    Worker(app).turn()
    with database.read() as session:
        assert session.scalars(select(OutboxMessage)).all() == []


def test_there_is_nothing_to_do_once_what_the_clock_asks_for_is_done(app: Flask) -> None:
    worker = Worker(app)
    assert [worker.turn() for _ in range(5)][-1] is False


def test_mails_go_before_documents_and_documents_are_not_forgotten(app: Flask, database: Database) -> None:
    done: list[str] = []

    def tell(session: Session, row: OutboxMessage) -> Mail:
        done.append("mail")
        return words(session, row)

    def make_it(database: Database, parameters: Mapping[str, Plain]) -> dict[str, Plain]:
        done.append("job")
        return {}

    register_mail(app, "test", tell)
    register_job(app, "test", make_it)
    with database.write() as session:
        services.add_job(session, "test", {}, dedupe_key="job", at=clock.now())
        for number in range(MAILS_BEFORE_A_JOB + 2):
            message = Message(kind="test", subject_id=None, dedupe_key=str(number), address="a@b.example")
            services.queue(session, message, at=clock.now())
    worker = Worker(app)
    while worker.turn():
        pass
    assert done == ["mail"] * MAILS_BEFORE_A_JOB + ["job"] + ["mail"] * 2
