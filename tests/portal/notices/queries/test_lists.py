"""The list of notices, by who has the ball."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices import queries, services
from portal.notices.models import ActionNeeded, Notice, NoticeKind, ReceiptKind
from portal.notices.permissions import Action
from portal.notices.queries import Group, NoticeRow
from tests.portal.notices.cast import HIS, TODAY, WORDS, Cast, a_notice, facts


def row(cast: Cast, notice: Notice) -> NoticeRow:
    rows = queries.notices_for(cast.session, cast.actor(cast.tang), locale="en", today=TODAY)
    return next(each for each in rows if each.code == notice.code)


def answer(cast: Cast, notice: Notice, kind: ReceiptKind) -> None:
    found = queries.reader_notice(cast.session, cast.actor(cast.liu), notice.code, locale="en")
    assert found is not None
    services.answer(cast.session, found, kind, by=cast.actor(cast.liu), at=clock.now())
    cast.session.commit()


def test_what_asks_for_something_is_to_do_until_it_is_answered(cast: Cast) -> None:
    notice = a_notice(cast)
    assert row(cast, notice).group is Group.TO_DO
    answer(cast, notice, ReceiptKind.READ)
    assert row(cast, notice).group is Group.TO_DO
    answer(cast, notice, ReceiptKind.DONE)
    assert row(cast, notice).group is Group.TO_KNOW


def test_opening_alone_settles_nothing(cast: Cast) -> None:
    notice = a_notice(cast)
    answer(cast, notice, ReceiptKind.OPENED)
    assert row(cast, notice).answer is None


def test_what_does_not_concern_us_is_nothing_to_do(cast: Cast) -> None:
    notice = a_notice(cast, products=[replace(HIS, range="6.0 and later")])
    assert row(cast, notice).group is Group.TO_KNOW


@pytest.mark.parametrize("kind", [NoticeKind.KNOWN_ISSUE, NoticeKind.INCIDENT])
def test_a_fault_is_ours_until_it_is_solved(cast: Cast, kind: NoticeKind) -> None:
    notice = a_notice(cast, kind=kind, action=ActionNeeded.NONE, act_by=None)
    assert row(cast, notice).group is Group.OURS
    services.move(cast.session, notice, Action.RESOLVE, by=cast.author)
    cast.session.commit()
    assert row(cast, notice).group is Group.TO_KNOW


def test_each_reader_gets_their_language(cast: Cast) -> None:
    notice = a_notice(cast)
    rows = queries.notices_for(cast.session, cast.actor(cast.tang), locale="zh_Hant", today=TODAY)
    assert [(each.code, each.title, each.language) for each in rows] == [
        (notice.code, "Rainy season (zh_Hant)", "zh_Hant")
    ]


def test_without_a_text_of_their_own_they_get_the_source(cast: Cast, session: Session) -> None:
    notice = services.start_notice(session, facts(), by=cast.author, at=clock.now())
    _write_english_only(cast, notice)
    rows = queries.notices_for(cast.session, cast.actor(cast.tang), locale="zh_Hant", today=TODAY)
    assert [(each.title, each.language) for each in rows] == [("Rain", "en")]


def _write_english_only(cast: Cast, notice: Notice) -> None:
    session = cast.session
    services.save_text(session, notice, "en", services.Draft("Rain", WORDS), by=cast.author)
    services.save_text(session, notice, "zh_Hant", services.Draft("雨（草稿）", WORDS), by=cast.author)
    for language in ("zh_Hans", "zh_Hant"):
        services.waive(session, notice, language, by=cast.colleague)
    services.send_to_review(session, notice, by=cast.author, today=TODAY)
    services.approve(session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    services.publish(session, notice, by=cast.author, at=clock.now(), today=TODAY)
    session.commit()


def test_what_is_due_first_stands_on_top(cast: Cast) -> None:
    later = a_notice(cast)
    sooner = a_notice(cast, act_by=TODAY)
    news = a_notice(cast, action=ActionNeeded.NONE, act_by=None)
    rows = queries.notices_for(cast.session, cast.actor(cast.tang), locale="en", today=TODAY)
    assert [each.code for each in queries.newest_order(rows)] == [sooner.code, later.code, news.code]
