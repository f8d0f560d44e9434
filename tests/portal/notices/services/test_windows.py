"""Planning maintenance, moving it, calling it off, telling people in time."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.notices import mail, messages
from portal.notices.models import ActionNeeded, MaintenanceWindow, Notice, NoticeKind, NoticeState
from portal.notices.queries.recurring import Repeat
from portal.notices.services.windows import (
    MOST_LEFT_OUT,
    Plan,
    WindowError,
    call_off,
    change_window,
    plan_window,
    remind_of_windows,
    skip_time,
)
from portal.outbox.models import OutboxMessage
from portal.ui import languages
from tests.portal.notices.cast import Cast, a_draft, a_notice

BEIJING = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 4, 25, 12, 30, tzinfo=BEIJING)


def maintenance(cast: Cast, **values: Any) -> Notice:
    usual = {"kind": NoticeKind.MAINTENANCE, "action": ActionNeeded.NONE, "act_by": None}
    return a_notice(cast, **{**usual, **values})


def a_plan(day: date = date(2026, 4, 25), **values: Any) -> Plan:
    return Plan(**{"day": day, "at": time(22), "minutes": 120, "time_zone": "Asia/Shanghai", **values})


def a_window(cast: Cast, notice: Notice | None = None, **values: Any) -> MaintenanceWindow:
    window = plan_window(cast.session, notice or maintenance(cast), a_plan(**values), by=cast.author, at=clock.now())
    cast.session.commit()
    return window


def look(cast: Cast, day: int, hour: int = 12) -> list[str]:
    """Let the clock look on a day of April, and return what people were told of so far."""
    remind_of_windows(cast.session, at=datetime(2026, 4, day, hour, tzinfo=BEIJING))
    cast.session.commit()
    kinds = (messages.MAINTENANCE, messages.MAINTENANCE_OFF, messages.MAINTENANCE_MOVED)
    told = select(OutboxMessage.kind).where(
        OutboxMessage.kind.in_(kinds), OutboxMessage.person_id == cast.tang.person_id
    )
    return list(cast.session.scalars(told.order_by(OutboxMessage.created_at)))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"day": date(2026, 4, 20)}, "past"),
        ({"minutes": 0}, "length"),
        ({"minutes": 7 * 24 * 60 + 1}, "length"),
        ({"day": date(2026, 10, 2)}, "after-expiry"),
        ({"day": date(2026, 5, 31), "repeat": Repeat.MONTHLY_ON_DAY}, "rare-day"),
        ({"repeat": Repeat.WEEKLY, "until": date(2026, 4, 24)}, "until-too-early"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, values: dict[str, Any], code: str) -> None:
    with pytest.raises(WindowError, match=code):
        a_window(cast, **values)


def test_a_yearly_window_on_29_february_is_refused_when_it_is_written(cast: Cast) -> None:
    notice = maintenance(cast, expires_on=date(2030, 1, 1))
    with pytest.raises(WindowError, match="rare-day"):
        a_window(cast, notice, day=date(2028, 2, 29), repeat=Repeat.YEARLY)
    assert a_window(cast, notice, day=date(2028, 2, 29)).rule == ""


def test_a_week_long_window_cannot_come_every_week_and_a_bit(cast: Cast) -> None:
    notice = maintenance(cast)
    assert a_window(cast, notice, minutes=7 * 24 * 60, repeat=Repeat.WEEKLY).rule


def test_only_maintenance_that_is_in_force_has_windows(cast: Cast) -> None:
    with pytest.raises(WindowError, match="not-maintenance"):
        a_window(cast, a_notice(cast))
    over = maintenance(cast)
    over.state = NoticeState.ARCHIVED
    with pytest.raises(WindowError, match="over"):
        a_window(cast, over)


def test_a_window_ends_with_its_notice(cast: Cast) -> None:
    window = a_window(cast, repeat=Repeat.WEEKLY)
    assert "UNTIL=20261001T155959Z" in window.rule


def test_people_are_told_a_day_before_once(cast: Cast) -> None:
    a_window(cast)
    assert look(cast, 24, 21) == []
    assert look(cast, 24, 22) == [messages.MAINTENANCE]
    assert look(cast, 25, 12) == [messages.MAINTENANCE]


def test_each_time_of_a_recurring_window_is_told_of(cast: Cast) -> None:
    window = a_window(cast, day=date(2026, 4, 22), repeat=Repeat.WEEKLY)
    assert look(cast, 22) == [messages.MAINTENANCE]
    assert look(cast, 29) == [messages.MAINTENANCE] * 2
    assert window.next_starts_at == datetime(2026, 4, 29, 22, tzinfo=BEIJING)


def test_nobody_is_told_of_a_draft(cast: Cast) -> None:
    notice = a_draft(cast, kind=NoticeKind.MAINTENANCE, action=ActionNeeded.NONE, act_by=None)
    a_window(cast, notice)
    assert look(cast, 25) == []


def test_moving_it_counts_up_and_people_are_reminded_of_the_new_time(cast: Cast) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice)
    change_window(cast.session, window, notice, a_plan(date(2026, 4, 27)), at=clock.now())
    assert window.sequence == 1
    assert look(cast, 25) == []
    assert look(cast, 27) == [messages.MAINTENANCE]


def test_whoever_was_told_of_a_time_is_told_at_once_that_it_is_moved(app: Flask, cast: Cast) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice)
    look(cast, 25)
    change_window(cast.session, window, notice, a_plan(date(2026, 4, 29)), at=MORNING)
    assert sorted(look(cast, 25, 13)) == [messages.MAINTENANCE_MOVED, messages.MAINTENANCE]
    moved = cast.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.kind == messages.MAINTENANCE_MOVED, OutboxMessage.person_id == cast.tang.person_id
        )
    ).one()
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        letter = mail.write_window(cast.session, moved)
    assert letter is not None
    assert letter.subject == "At another time: Rainy season (en)"
    for words in ("29 April 22:00", "The earlier time no longer holds."):
        assert words in letter.text
        assert words in letter.html
    assert sorted(look(cast, 29)) == [messages.MAINTENANCE_MOVED, messages.MAINTENANCE, messages.MAINTENANCE]


def test_whoever_was_told_that_it_is_moved_to_tomorrow_is_not_reminded_as_well(cast: Cast) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice)
    look(cast, 25)
    change_window(cast.session, window, notice, a_plan(at=time(23)), at=MORNING)
    assert sorted(look(cast, 25, 14)) == [messages.MAINTENANCE_MOVED, messages.MAINTENANCE]


def test_whoever_knows_of_the_new_time_is_told_of_the_next_move_and_that_it_is_off(cast: Cast) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice)
    look(cast, 25)
    for day in (29, 30):
        change_window(cast.session, window, notice, a_plan(date(2026, 4, day)), at=MORNING)
    call_off(cast.session, window, reason="No parts.", at=MORNING)
    after = [messages.MAINTENANCE_MOVED, messages.MAINTENANCE_MOVED, messages.MAINTENANCE_OFF, messages.MAINTENANCE]
    assert sorted(look(cast, 25, 14)) == sorted(after)


def test_a_change_that_keeps_the_time_that_was_told_tells_nobody(cast: Cast) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice, repeat=Repeat.WEEKLY)
    look(cast, 25)
    again = a_plan(repeat=Repeat.WEEKLY, until=date(2026, 6, 1))
    change_window(cast.session, window, notice, again, at=MORNING)
    assert look(cast, 25, 14) == [messages.MAINTENANCE]
    change_window(cast.session, window, notice, a_plan(minutes=600, repeat=Repeat.WEEKLY), at=MORNING)
    assert sorted(look(cast, 25, 14)) == [messages.MAINTENANCE_MOVED, messages.MAINTENANCE]


def test_a_change_that_keeps_the_time_to_which_it_was_moved_keeps_its_reminder(cast: Cast) -> None:
    notice = maintenance(cast)
    window = a_window(cast, notice)
    look(cast, 25)
    for _twice in range(2):
        change_window(cast.session, window, notice, a_plan(date(2026, 4, 29)), at=MORNING)
    assert sorted(look(cast, 29)) == [messages.MAINTENANCE_MOVED, messages.MAINTENANCE, messages.MAINTENANCE]


def test_a_day_that_is_left_out_is_not_told_of(cast: Cast) -> None:
    window = a_window(cast, day=date(2026, 4, 22), repeat=Repeat.WEEKLY)
    skip_time(cast.session, window, day=date(2026, 4, 22), at=clock.now())
    assert (window.sequence, window.next_starts_at) == (1, datetime(2026, 4, 29, 22, tzinfo=BEIJING))
    assert look(cast, 22) == []


def test_whoever_was_told_of_a_day_is_told_that_it_is_left_out(cast: Cast) -> None:
    window = a_window(cast, day=date(2026, 4, 22), repeat=Repeat.WEEKLY)
    look(cast, 21, 23)
    skip_time(cast.session, window, day=date(2026, 4, 22), at=clock.now())
    assert sorted(look(cast, 21, 23)) == [messages.MAINTENANCE_OFF, messages.MAINTENANCE]
    skip_time(cast.session, window, day=date(2026, 5, 6), at=clock.now())
    assert sorted(look(cast, 21, 23)) == [messages.MAINTENANCE_OFF, messages.MAINTENANCE]


@pytest.mark.parametrize("day", [date(2026, 4, 23), date(2026, 4, 15), date(2090, 1, 4)])
def test_a_day_on_which_it_does_not_come_is_not_left_out(cast: Cast, day: date) -> None:
    window = a_window(cast, day=date(2026, 4, 22), repeat=Repeat.WEEKLY)
    with pytest.raises(WindowError, match="other-day"):
        skip_time(cast.session, window, day=day, at=clock.now())
    assert (window.skipped, window.sequence) == ([], 0)


def test_a_day_is_left_out_once_and_so_many_at_most(cast: Cast) -> None:
    window = a_window(cast, day=date(2026, 4, 22), repeat=Repeat.WEEKLY)
    for _ in range(2):
        skip_time(cast.session, window, day=date(2026, 4, 29), at=clock.now())
    assert (window.skipped, window.sequence) == (["2026-04-29"], 1)
    window.skipped = [f"2025-01-01#{number}" for number in range(MOST_LEFT_OUT)]
    with pytest.raises(WindowError, match="too-many-left-out"):
        skip_time(cast.session, window, day=date(2026, 5, 6), at=clock.now())


def test_whoever_was_told_is_told_that_it_does_not_take_place(app: Flask, cast: Cast) -> None:
    window = a_window(cast)
    look(cast, 25)
    call_off(cast.session, window, reason="The parts have not come.", at=clock.now() + timedelta(days=4))
    assert sorted(look(cast, 25)) == [messages.MAINTENANCE_OFF, messages.MAINTENANCE]
    off = cast.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.kind == messages.MAINTENANCE_OFF, OutboxMessage.person_id == cast.tang.person_id
        )
    ).one()
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        letter = mail.write_window(cast.session, off)
    assert letter is not None
    assert letter.subject == "It does not take place: Rainy season (en)"
    assert "The parts have not come." in letter.text


def test_nobody_is_told_twice_that_it_is_off_or_of_what_they_never_heard(cast: Cast) -> None:
    window = a_window(cast)
    for _ in range(2):
        call_off(cast.session, window, reason="No parts.", at=clock.now())
    assert window.sequence == 1
    assert look(cast, 25) == []


def test_the_mail_says_when_and_what(app: Flask, cast: Cast) -> None:
    a_window(cast)
    look(cast, 25)
    letter = cast.session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.kind == messages.MAINTENANCE, OutboxMessage.person_id == cast.tang.person_id
        )
    ).one()
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        mailed = mail.write_window(cast.session, letter)
    assert mailed is not None
    assert mailed.subject == "Soon: Rainy season (en)"
    for words in ("25 April 22:00", "26 April 00:00", "Storms cut the power."):
        assert words in mailed.text
