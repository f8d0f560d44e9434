"""One update for every linked ticket: each in its language, exactly once, resumable."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.db import Database
from portal.core.models import TypedText
from portal.incidents import mail, messages, services
from portal.incidents.models import TicketTold
from portal.incidents.services import IncidentError
from portal.notices.models import NoticeState, ReportSource
from portal.notices.services import report_affected
from portal.outbox.models import Job, OutboxMessage
from portal.tickets.models import Event, Ticket, TicketState
from portal.tickets.services import cancel
from portal.ui import languages
from tests import factories
from tests.portal.incidents.linking import SOLVED, a_ticket, an_incident, kept, kinds, linked, waiting
from tests.portal.notices.cast import Cast

WORDS = {"en": "A router is being replaced.", "zh_Hans": "正在更换路由器。"}


def last_words(cast: Cast, ticket: Ticket) -> str:
    body = cast.session.scalars(
        select(TypedText.body)
        .join(Event, Event.text_id == TypedText.id)
        .where(Event.ticket_id == ticket.id)
        .order_by(Event.seq.desc())
        .limit(1)
    ).one()
    assert body is not None
    return body


def work(cast: Cast, database: Database) -> list[int]:
    """Let the worker do every job of ours, and return how many tickets each told."""
    jobs = cast.session.scalars(select(Job).where(Job.kind == services.UPDATE_JOB).order_by(Job.created_at)).all()
    cast.session.commit()
    done = [int(str(services.tell_all(database, job.parameters)["told"])) for job in jobs]
    cast.session.expire_all()
    return done


def test_every_linked_ticket_gets_a_public_update_that_keeps_its_promise(cast: Cast, database: Database) -> None:
    notice = an_incident(cast)
    tickets = linked(cast, notice, 3)
    other = a_ticket(cast)
    services.write_update(cast.session, notice.id, WORDS, by=cast.author, at=clock.now())
    assert work(cast, database) == [3]
    for ticket in tickets:
        assert kinds(cast, ticket)[-1] == "updated"
        assert kept(cast, ticket) == ["kept"]
        assert ticket.state == TicketState.IN_PROGRESS
    assert kinds(cast, other) == ["opened"]


def test_each_reads_it_in_their_own_language(cast: Cast, database: Database) -> None:
    notice = an_incident(cast)
    chinese = factories.a_contact(cast.session, cast.qinghe, name="王芳", locale="zh_Hans")
    other = factories.a_contact(cast.session, cast.qinghe, name="林怡", locale="zh_Hant")
    tickets = [a_ticket(cast), a_ticket(cast, chinese), a_ticket(cast, other)]
    services.link(cast.session, notice.id, [each.id for each in tickets], by=cast.author, at=clock.now())
    services.write_update(cast.session, notice.id, WORDS, by=cast.author, at=clock.now())
    work(cast, database)
    # Nobody wrote it in Traditional Chinese, so that one reads the language it was written in first.
    assert [last_words(cast, each) for each in tickets] == [WORDS["en"], WORDS["zh_Hans"], WORDS["en"]]


def test_a_job_that_broke_off_goes_on_and_tells_nobody_twice(cast: Cast, database: Database) -> None:
    notice = an_incident(cast)
    tickets = linked(cast, notice, 5)
    update = services.write_update(cast.session, notice.id, WORDS, by=cast.author, at=clock.now())
    cast.session.commit()
    with database.write() as session:
        assert services.tell_some(session, update.id, at=clock.now(), most=2) == 2
    assert waiting(cast) == 3
    assert work(cast, database) == [3]
    assert work(cast, database) == [0]
    for ticket in tickets:
        assert kinds(cast, ticket).count("updated") == 1


def test_whoever_joins_later_is_not_told_what_was_said_before(cast: Cast, database: Database) -> None:
    notice = an_incident(cast)
    linked(cast, notice)
    services.write_update(cast.session, notice.id, WORDS, by=cast.author, at=clock.now())
    (late,) = linked(cast, notice)
    assert work(cast, database) == [1]
    assert kinds(cast, late) == ["opened", "linked"]


def test_a_ticket_that_ended_meanwhile_is_passed_over(cast: Cast, database: Database) -> None:
    notice = an_incident(cast)
    ended, open_one = linked(cast, notice, 2)
    services.write_update(cast.session, notice.id, WORDS, by=cast.author, at=clock.now())
    cancel(cast.session, ended, by=cast.actor(cast.tang), at=clock.now())
    assert work(cast, database) == [2]
    assert kinds(cast, ended)[-1] == "cancelled"
    assert kinds(cast, open_one)[-1] == "updated"
    told = cast.session.scalars(select(TicketTold.event_id).where(TicketTold.ticket_id == ended.id)).one()
    assert told is None


def test_the_same_words_again_keep_no_promise(cast: Cast, database: Database) -> None:
    notice = an_incident(cast)
    (ticket,) = linked(cast, notice)
    for _ in range(2):
        services.write_update(cast.session, notice.id, WORDS, by=cast.author, at=clock.now())
    work(cast, database)
    assert kinds(cast, ticket).count("updated") == 1


def test_an_update_without_words_is_refused(cast: Cast) -> None:
    notice = an_incident(cast)
    with pytest.raises(IncidentError, match="no-words"):
        services.write_update(cast.session, notice.id, {"en": ""}, by=cast.author, at=clock.now())


def test_resolving_it_resolves_every_linked_ticket(cast: Cast, database: Database) -> None:
    notice = an_incident(cast)
    tickets = linked(cast, notice, 2)
    services.resolve_incident(cast.session, notice, {"en": SOLVED}, by=cast.author, at=clock.now())
    assert work(cast, database) == [2]
    assert notice.state == NoticeState.RESOLVED
    for ticket in tickets:
        assert ticket.state == TicketState.RESOLVED
        assert json.loads(last_words(cast, ticket))["cause"] == "The store was full."


def test_followers_get_a_closing_report_and_those_with_a_ticket_hear_it_there(
    app: Flask, cast: Cast, database: Database
) -> None:
    notice = an_incident(cast)
    linked(cast, notice)
    for who in (cast.tang, cast.liu, cast.stranger):
        report_affected(cast.session, notice.id, source=ReportSource.PAGE, by=cast.actor(who), at=clock.now())
    services.resolve_incident(cast.session, notice, {"en": SOLVED}, by=cast.author, at=clock.now())
    letters = cast.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == messages.CLOSED)).all()
    assert {each.person_id for each in letters} == {cast.liu.person_id, cast.stranger.person_id}
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        letter = mail.write_report(cast.session, letters[0])
    assert letter is not None
    assert letter.subject == "Solved: Rainy season (en)"
    for body in (letter.text, letter.html):
        for words in ("The store was full.", "We made room.", "We watch it now.", "2 organisations told us"):
            assert words in body


def test_a_notice_that_was_taken_back_is_not_resolved(cast: Cast) -> None:
    notice = an_incident(cast)
    notice.state = NoticeState.WITHDRAWN
    with pytest.raises(IncidentError, match="not-now"):
        services.resolve_incident(cast.session, notice, {"en": SOLVED}, by=cast.author, at=clock.now())
