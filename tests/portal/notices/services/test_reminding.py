"""Reminders before something is to be done: in time, once each, never after an answer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.notices import mail, messages, queries, services
from portal.notices.models import ActionNeeded, Notice, NoticeReminder, ReceiptKind
from portal.notices.permissions import Action
from portal.notices.services.reminding import remind_due
from portal.outbox.models import OutboxMessage
from portal.ui import languages
from tests.portal.notices.cast import Cast, a_notice, revise

ACT_BY = date(2026, 4, 30)


def look(cast: Cast, days_before: int) -> list[int]:
    """Look at what is due so many days before, and return which reminders have gone out."""
    day = ACT_BY - timedelta(days=days_before)
    at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    while remind_due(cast.session, at=at, today=day):
        pass
    cast.session.commit()
    return list(cast.session.scalars(select(NoticeReminder.days_before).order_by(NoticeReminder.at)))


def people(cast: Cast) -> set[str]:
    found = select(OutboxMessage.person_id).where(OutboxMessage.kind == messages.REMINDER)
    names = {cast.tang.person_id: "tang", cast.liu.person_id: "liu", cast.stranger.person_id: "stranger"}
    return {names[each] for each in cast.session.scalars(found) if each in names}


def answer(cast: Cast, notice: Notice, kind: ReceiptKind) -> None:
    actor = cast.actor(cast.tang)
    read = queries.reader_notice(cast.session, actor, notice.code, locale="en")
    assert read is not None
    services.answer(cast.session, read, kind, by=actor, at=clock.now())
    cast.session.commit()


@pytest.mark.parametrize(("days", "sent"), [(8, []), (7, [7]), (5, [7]), (3, [3]), (1, [1]), (0, [1])])
def test_the_reminder_that_is_due_goes_out(cast: Cast, days: int, sent: list[int]) -> None:
    a_notice(cast)
    assert look(cast, days) == sent


def test_each_reminder_goes_out_once(cast: Cast) -> None:
    a_notice(cast)
    for days in (7, 7, 3, 3, 1, 1):
        look(cast, days)
    assert look(cast, 0) == [7, 3, 1]
    assert people(cast) == {"tang", "liu", "stranger"}


def test_nobody_is_reminded_after_an_answer(cast: Cast) -> None:
    notice = a_notice(cast)
    answer(cast, notice, ReceiptKind.IN_PROGRESS)
    look(cast, 3)
    assert people(cast) == {"stranger"}


def test_opening_it_is_no_answer(cast: Cast) -> None:
    notice = a_notice(cast)
    answer(cast, notice, ReceiptKind.OPENED)
    look(cast, 3)
    assert people(cast) == {"tang", "liu", "stranger"}


def test_a_new_demand_is_reminded_of_anew(cast: Cast) -> None:
    notice = a_notice(cast)
    answer(cast, notice, ReceiptKind.DONE)
    look(cast, 3)
    revise(cast, notice)
    assert people(cast) == {"stranger"}
    look(cast, 1)
    assert people(cast) == {"tang", "liu", "stranger"}


@pytest.mark.parametrize("values", [{"action": ActionNeeded.NONE, "act_by": None}, {"act_by": date(2026, 4, 20)}])
def test_what_asks_for_nothing_or_is_past_reminds_nobody(cast: Cast, values: dict[str, object]) -> None:
    a_notice(cast, **values)
    assert look(cast, 7) == []


def test_what_is_solved_reminds_nobody(cast: Cast) -> None:
    notice = a_notice(cast)
    services.move(cast.session, notice, Action.RESOLVE, by=cast.author)
    assert look(cast, 3) == []


def test_whoever_was_told_today_is_not_reminded_today(cast: Cast) -> None:
    a_notice(cast, act_by=date(2026, 4, 22))
    assert not remind_due(cast.session, at=clock.now() + timedelta(hours=5), today=date(2026, 4, 21))


def test_a_mail_that_waits_while_somebody_answers_is_not_sent(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    look(cast, 3)
    letter = cast.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.kind == messages.REMINDER, OutboxMessage.person_id == cast.liu.person_id
        )
    ).one()
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        before = mail.write_reminder(cast.session, letter)
        answer(cast, notice, ReceiptKind.READ)
        assert before is not None
        assert "Nobody of your organisation has answered" in before.text
        assert mail.write_reminder(cast.session, letter) is None
