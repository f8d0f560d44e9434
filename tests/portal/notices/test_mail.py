"""The mail that tells somebody about a notice."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.notices import mail, services
from portal.notices.models import ActionNeeded
from portal.outbox.mail import Mail
from portal.outbox.models import OutboxMessage
from portal.ui import languages
from tests.portal.notices.cast import Cast, a_notice, revise


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
