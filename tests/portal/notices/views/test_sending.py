"""Who looks at a notice, when it goes out, and how far its mails are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.notices import services
from portal.notices.models import Notice, RevisionState
from portal.notices.queries.workbench import working_revision
from portal.outbox.models import OutboxMessage
from tests.portal.notices.cast import TODAY, Cast, a_draft, a_notice, in_review
from tests.portal.notices.views.conftest import Browser

LOCALES = ("en", "zh_Hans", "zh_Hant")


def approved(cast: Cast) -> Notice:
    notice = in_review(cast, a_draft(cast))
    services.approve(cast.session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    cast.session.commit()
    return notice


def state(cast: Cast, notice: Notice) -> RevisionState:
    cast.session.rollback()
    cast.session.expire_all()
    return RevisionState(working_revision(cast.session, notice).state)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "Choose the colleague who looks at it before it goes out."),
        ("zh_Hans", "请选一位同事，发布前由他来看。"),
        ("zh_Hant", "請選一位同事，發布前由他來看。"),
    ],
)
@pytest.mark.parametrize("reviewer", ["", "nobody", "the writer"])
def test_without_a_reviewer_the_page_asks_for_one(
    cast: Cast, browser: Browser, reviewer: str, locale: str, words: str
) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    agent = browser(cast.writer)
    agent.set_cookie("locale", locale)
    chosen = str(cast.writer.id) if reviewer == "the writer" else reviewer
    page = agent.post(f"/desk/notices/{notice.code}/send-to-review", data={"reviewer": chosen})
    assert page.status_code == 422
    assert words in page.text
    assert state(cast, notice) == RevisionState.DRAFT


def test_the_colleague_who_is_asked_hears_of_it(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    agent = browser(cast.writer)
    agent.post(f"/desk/notices/{notice.code}/send-to-review", data={"reviewer": str(cast.reviewer.id)})
    assert state(cast, notice) == RevisionState.IN_REVIEW
    told = cast.session.execute(
        select(OutboxMessage.person_id).where(OutboxMessage.kind == "notice-to-review")
    ).scalars()
    assert list(told) == [cast.reviewer.person_id]
    assert "Wang Min" in agent.get(f"/desk/notices/{notice.code}").text


def test_it_is_scheduled_in_the_zone_of_whoever_writes(cast: Cast, browser: Browser) -> None:
    notice, agent = approved(cast), browser(cast.writer)
    agent.post(f"/desk/notices/{notice.code}/schedule", data={"day": "２０２６年4月22日", "time": "8点"})
    assert state(cast, notice) == RevisionState.SCHEDULED
    assert working_revision(cast.session, notice).publish_at == datetime(2026, 4, 22, tzinfo=UTC)
    page = agent.get(f"/desk/notices/{notice.code}").text
    assert "Goes out by itself" in page
    agent.post(f"/desk/notices/{notice.code}/unschedule")
    assert state(cast, notice) == RevisionState.APPROVED


@pytest.mark.parametrize(
    ("day", "time", "words"),
    [
        ("", "8:00", "Enter the day."),
        ("soon", "8:00", "Write the day like 2026-04-30."),
        ("2026-04-30", "", "Enter the time."),
        ("2026-04-30", "25:00", "Write the time like 08:30."),
    ],
)
def test_a_moment_that_cannot_be_read_is_asked_for_again(
    cast: Cast, browser: Browser, day: str, time: str, words: str
) -> None:
    notice = approved(cast)
    page = browser(cast.writer).post(f"/desk/notices/{notice.code}/schedule", data={"day": day, "time": time})
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{day}"' in page.text
    assert state(cast, notice) == RevisionState.APPROVED


def test_a_moment_that_has_passed_is_refused(cast: Cast, browser: Browser) -> None:
    notice, agent = approved(cast), browser(cast.writer)
    agent.post(f"/desk/notices/{notice.code}/schedule", data={"day": "2026-04-20", "time": "8:00"})
    assert "This moment has passed." in agent.get(f"/desk/notices/{notice.code}").text
    assert state(cast, notice) == RevisionState.APPROVED


def test_the_page_says_how_far_the_mails_are_and_asks_again_while_they_wait(cast: Cast, browser: Browser) -> None:
    notice, agent = a_notice(cast), browser(cast.writer)
    page = agent.get(f"/desk/notices/{notice.code}").text
    assert "0 of 3" in page
    assert "3 mails wait for their turn" in page
    for row in cast.session.execute(select(OutboxMessage)).scalars():
        row.delivered_at = clock.now()
    cast.session.commit()
    piece = agent.get(f"/desk/notices/{notice.code}/mails").text
    assert "3 of 3" in piece
    assert "hx-trigger" not in piece


def test_it_says_whom_it_reaches_before_it_goes_out(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    page = browser(cast.writer).get(f"/desk/notices/{notice.code}").text
    assert "2 organisations" in page
    assert "3 contacts" in page
    assert "1 of them has no known version and will be asked to check." in page
