"""The mails that tell people about a notice, and what notices do by the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.notices import mail, services
from portal.notices.models import ActionNeeded, NoticeSeries, NoticeState
from portal.notices.queries.seasons import window_of
from portal.notices.services import seasons
from portal.outbox.mail import Mail
from portal.outbox.models import OutboxMessage
from portal.outbox.registry import registry_of
from portal.ui import languages
from tests.portal.notices.cast import TODAY, Cast, a_draft, a_notice, in_review, revise


def written(app: Flask, cast: Cast, locale: str = "en") -> list[Mail | None]:
    letters = cast.session.execute(
        select(OutboxMessage).where(OutboxMessage.person_id == cast.tang.person_id).order_by(OutboxMessage.created_at)
    ).scalars()
    with app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
        return [mail.write(cast.session, letter) for letter in letters]


def test_it_says_what_to_do_by_when_and_why(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    (letter,) = written(app, cast)
    assert letter is not None
    assert letter.subject == "Please act by 30 April: Rainy season (en)"
    for body in (letter.text, letter.html):
        assert "You are affected because you run HIS 5.5.1." in body
        assert "Make a backup." in body
        assert f"http://localhost/notices/{notice.code}" in body


@pytest.mark.parametrize(
    ("locale", "subject"),
    [
        ("zh_Hans", "请在 4 月 30 日前处理：Rainy season (zh_Hans)"),
        ("zh_Hant", "請在 4 月 30 日前處理：Rainy season (zh_Hant)"),
    ],
)
def test_it_speaks_the_readers_language(app: Flask, cast: Cast, locale: str, subject: str) -> None:
    a_notice(cast)
    (letter,) = written(app, cast, locale)
    assert letter is not None
    assert letter.subject == subject


def test_news_asks_for_nothing(app: Flask, cast: Cast) -> None:
    a_notice(cast, action=ActionNeeded.NONE, act_by=None)
    (letter,) = written(app, cast)
    assert letter is not None
    assert letter.subject == "Notice: Rainy season (en)"


def test_a_newer_revision_makes_the_older_mail_fall_away(app: Flask, cast: Cast) -> None:
    revise(cast, a_notice(cast))
    assert [each is None for each in written(app, cast)] == [True, False]


def test_an_editorial_revision_leaves_the_mail_as_it_is(app: Flask, cast: Cast) -> None:
    revise(cast, a_notice(cast), is_material=False)
    assert [each is None for each in written(app, cast)] == [False]


def test_what_was_withdrawn_meanwhile_is_not_told(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    services.withdraw(cast.session, notice, reason="Wrong.", by=cast.author, at=clock.now())
    assert written(app, cast) == [None]


def letters(app: Flask, cast: Cast, kind: str, locale: str = "en") -> list[Mail]:
    rows = cast.session.execute(select(OutboxMessage).where(OutboxMessage.kind == kind)).scalars().all()
    with app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
        made = [registry_of(app).renderers[kind](cast.session, row) for row in rows]
    return [each for each in made if each]


def withdrawn(cast: Cast) -> None:
    notice = a_notice(cast)
    for row in cast.session.execute(select(OutboxMessage)).scalars():
        row.delivered_at = clock.now()
    cast.session.flush()
    services.withdraw(cast.session, notice, reason="The fault is <elsewhere>.", by=cast.author, at=clock.now())
    cast.session.commit()


@pytest.mark.parametrize(
    ("locale", "subject"),
    [
        ("en", "Withdrawn: Rainy season (en)"),
        ("zh_Hans", "已撤回：Rainy season (zh_Hans)"),
        ("zh_Hant", "已撤回：Rainy season (zh_Hant)"),
    ],
)
def test_a_withdrawal_says_why_in_the_readers_language(app: Flask, cast: Cast, locale: str, subject: str) -> None:
    withdrawn(cast)
    found = letters(app, cast, "notice-withdrawn", locale)
    assert len(found) == 3
    assert found[0].subject == subject
    assert "The fault is &lt;elsewhere&gt;." in found[0].html
    assert "The fault is <elsewhere>." in found[0].text


def test_a_withdrawal_of_what_they_may_no_longer_read_tells_nobody(app: Flask, cast: Cast) -> None:
    withdrawn(cast)
    for row in cast.session.execute(select(OutboxMessage).where(OutboxMessage.kind == "notice-withdrawn")).scalars():
        row.person_id = cast.writer.person_id
    cast.session.flush()
    assert letters(app, cast, "notice-withdrawn") == []


def test_whoever_is_to_look_at_it_is_led_to_the_desk(app: Flask, cast: Cast) -> None:
    notice = a_draft(cast)
    services.ask_for_review(
        cast.session, notice, reviewer_id=cast.reviewer.id, by=cast.author, at=clock.now(), today=TODAY
    )
    (letter,) = letters(app, cast, "notice-to-review")
    assert letter.subject == "Please look at a notice: Rainy season (en)"
    assert f"http://localhost/desk/notices/{notice.code}" in letter.text
    assert "It goes out only once you approve it." in letter.html


def test_the_lead_reads_that_the_draft_is_there_and_later_that_nobody_approves(app: Flask, cast: Cast) -> None:
    seasons.ship(cast.session, at=clock.now())
    series = cast.session.execute(select(NoticeSeries)).scalars().first()
    assert series is not None
    series.lead_id = cast.reviewer.id
    seasons.begin_season(cast.session, series, by=cast.author, at=clock.now(), today=TODAY)
    seasons.alarm_leads(cast.session, at=clock.now(), today=window_of(series, TODAY).starts_on)
    assert [each.subject for each in letters(app, cast, "notice-season-begun")] == [
        "This year’s draft is there: 雨季来临，请检查数据备份"
    ]
    (late,) = letters(app, cast, "notice-season-late")
    assert "nobody has approved it" in late.text


def test_the_clock_publishes_archives_and_begins_what_is_due(app: Flask, cast: Cast) -> None:
    notice = in_review(cast, a_draft(cast))
    services.approve(cast.session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    moment = clock.now() + timedelta(hours=1)
    services.schedule(cast.session, notice, publish_at=moment, by=cast.author, at=clock.now())
    states = []
    for at in (moment, datetime(2026, 10, 2, tzinfo=UTC)):
        with app.app_context():
            mail.look_at_the_day(cast.session, at=at)
        cast.session.expire_all()
        states.append(notice.state)
    assert states == [NoticeState.ACTIVE, NoticeState.ARCHIVED]
