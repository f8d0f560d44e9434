"""Whoever is told of a notice, and of its withdrawal."""

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core import clock
from portal.notices import services
from portal.notices.models import Notice
from portal.outbox.models import OutboxMessage
from portal.outbox.queries import progress
from tests import factories
from tests.portal.notices.cast import Cast, a_notice, revise


def deliver(session: Session, *people: object) -> None:
    for row in session.execute(select(OutboxMessage).where(OutboxMessage.person_id.in_(people))).scalars():
        row.delivered_at = clock.now()
    session.flush()


def told(session: Session, kind: str) -> set[object]:
    return set(session.execute(select(OutboxMessage.person_id).where(OutboxMessage.kind == kind)).scalars())


def withdraw(cast: Cast, notice: Notice) -> None:
    services.withdraw(cast.session, notice, reason="The fault is elsewhere.", by=cast.author, at=clock.now())


def test_everyone_is_queued_in_one_statement_however_many_they_are(cast: Cast, session: Session) -> None:
    for number in range(40):
        factories.a_contact(session, cast.qinghe, name=f"Nurse {number}")
    session.flush()
    inserts: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("INSERT INTO outbox_message"):
            inserts.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    a_notice(cast)
    event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len(told(session, "notice-published")) == 43
    assert len(inserts) == 1


def test_each_has_an_id_of_their_own_and_waits_for_everything_else(cast: Cast, session: Session) -> None:
    a_notice(cast)
    rows = session.execute(select(OutboxMessage)).scalars().all()
    assert len({row.id for row in rows}) == len(rows) == 3
    assert all(row.id.version in (4, 7) and row.is_bulk for row in rows)
    assert {row.parameters["number"] for row in rows} == {1}


def test_someone_who_has_left_is_not_told(cast: Cast, session: Session) -> None:
    session.get_one(Person, cast.liu.person_id).active = False
    session.flush()
    a_notice(cast)
    assert told(session, "notice-published") == {cast.tang.person_id, cast.stranger.person_id}


def test_those_who_had_been_told_are_told_of_the_withdrawal(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    deliver(session, cast.tang.person_id)
    withdraw(cast, notice)
    assert told(session, "notice-withdrawn") == {cast.tang.person_id}


def test_someone_told_of_two_revisions_hears_of_the_withdrawal_once(cast: Cast, session: Session) -> None:
    notice = revise(cast, a_notice(cast))
    deliver(session, cast.tang.person_id, cast.liu.person_id)
    withdraw(cast, notice)
    rows = session.execute(select(OutboxMessage.id).where(OutboxMessage.kind == "notice-withdrawn")).all()
    assert len(rows) == 2


def test_a_mail_that_was_dropped_told_nobody(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    deliver(session, cast.tang.person_id)
    row = session.execute(select(OutboxMessage).where(OutboxMessage.person_id == cast.tang.person_id)).scalar_one()
    row.was_dropped = True
    session.flush()
    withdraw(cast, notice)
    assert told(session, "notice-withdrawn") == set()


def test_the_progress_counts_each_of_them(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    deliver(session, cast.tang.person_id)
    session.execute(
        select(OutboxMessage).where(OutboxMessage.person_id == cast.liu.person_id)
    ).scalar_one().dead_at = clock.now()
    session.flush()
    found = progress(session, "notice-published", notice.id)
    assert (found.sent, found.dropped, found.given_up, found.waiting, found.total) == (1, 0, 1, 1, 3)
