"""Taking a notice to its readers on the desk."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.notices.models import Notice, NoticeKind, NoticeState, RevisionState
from portal.notices.queries.workbench import working_revision
from tests import factories
from tests.portal.notices.cast import Cast, a_draft, a_notice, in_review
from tests.portal.notices.views.conftest import Browser

DOORS = [
    "send-to-review", "schedule", "unschedule", "approve", "publish", "watch", "resolve", "archive", "send-back",
    "withdraw", "revise", "supersede", "texts/zh_Hans/review", "texts/zh_Hans/waive", "texts/zh_Hans/convert",
]  # fmt: skip


def now(cast: Cast) -> Notice:
    cast.session.rollback()
    cast.session.expire_all()
    return cast.session.execute(select(Notice)).scalars().first() or pytest.fail("there is no notice")


def press(agent: FlaskClient, notice: Notice, door: str, **data: str) -> TestResponse:
    sent = agent.post(f"/desk/notices/{notice.code}/{door}", data=data)
    assert (sent.status_code, sent.headers.get("Location")) == (303, f"/desk/notices/{notice.code}")
    return agent.get(f"/desk/notices/{notice.code}")


def asking(cast: Cast) -> dict[str, str]:
    return {"reviewer": str(cast.reviewer.id)}


def test_one_writes_another_approves_and_it_goes_out(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    writer, reviewer = browser(cast.writer), browser(cast.reviewer)
    assert (
        "The notice waits for a colleague to look at it."
        in press(writer, notice, "send-to-review", **asking(cast)).text
    )
    for language in ("zh_Hans", "zh_Hant"):
        assert "The text is marked as read." in press(reviewer, notice, f"texts/{language}/review").text
    assert "You wrote part of this notice." in press(writer, notice, "approve").text
    assert "The notice is approved and can be published." in press(reviewer, notice, "approve").text
    assert "The notice is out." in press(writer, notice, "publish").text
    assert now(cast).state == NoticeState.ACTIVE


def test_what_is_missing_keeps_it_from_review(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast, act_by=None)
    cast.session.commit()
    page = press(browser(cast.writer), notice, "send-to-review", **asking(cast)).text
    assert "Some things are still missing. They are listed on this page." in page
    assert "It asks for something, but not by when." in page


def test_it_is_sent_back_with_a_reason(cast: Cast, browser: Browser) -> None:
    notice = in_review(cast, a_draft(cast))
    cast.session.commit()
    page = press(browser(cast.reviewer), notice, "send-back", reason="Name the window.").text
    assert "Name the window." in page
    assert working_revision(cast.session, now(cast)).state == RevisionState.DRAFT


@pytest.mark.parametrize("door", ["withdraw", "send-back"])
@pytest.mark.parametrize("reason", ["", "   ", "\x00"])
def test_without_a_reason_the_page_asks_for_one(cast: Cast, browser: Browser, door: str, reason: str) -> None:
    notice = a_notice(cast)
    page = browser(cast.writer).post(f"/desk/notices/{notice.code}/{door}", data={"reason": reason})
    assert page.status_code == 422
    assert "Write the reason in a sentence." in page.text
    assert now(cast).state == NoticeState.ACTIVE


def test_it_is_withdrawn(cast: Cast, browser: Browser) -> None:
    press(browser(cast.writer), a_notice(cast), "withdraw", reason="Wrong.")
    assert (now(cast).state, now(cast).withdrawn_reason) == (NoticeState.WITHDRAWN, "Wrong.")


def test_a_new_revision_is_begun_material_or_not(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    agent = browser(cast.writer)
    assert agent.post(f"/desk/notices/{notice.code}/revise").status_code == 422
    press(agent, notice, "revise", weight="editorial")
    revision = working_revision(cast.session, now(cast))
    assert (revision.number, revision.is_material, revision.state) == (2, False, RevisionState.DRAFT)


def test_it_is_replaced_by_one_that_is_out(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    agent = browser(cast.writer)
    assert agent.post(f"/desk/notices/{notice.code}/supersede").status_code == 422
    press(agent, notice, "supersede", code="N-1999-001")
    assert now(cast).state == NoticeState.ACTIVE


@pytest.mark.parametrize(
    ("door", "state"),
    [("watch", NoticeState.WATCHING), ("resolve", NoticeState.RESOLVED), ("archive", NoticeState.ARCHIVED)],
)
def test_a_known_issue_moves_on(cast: Cast, browser: Browser, door: str, state: NoticeState) -> None:
    press(browser(cast.writer), a_notice(cast, kind=NoticeKind.KNOWN_ISSUE), door)
    assert now(cast).state == state


def test_a_language_is_waived_and_another_converted(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast, source_language="zh_Hans")
    cast.session.commit()
    agent = browser(cast.writer)
    assert "The notice may go out without this language." in press(agent, notice, "texts/en/waive").text
    assert "Saved." in press(agent, notice, "texts/zh_Hant/convert").text


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.slow
def test_who_may_come_in(cast: Cast, browser: Browser, client: FlaskClient, door: str) -> None:
    draft = a_draft(cast)
    factories.a_product(cast.session, "pacs")
    limited = factories.an_agent(cast.session, "Li Na")
    factories.limit_agent(cast.session, limited, products=("pacs",))
    cast.session.commit()
    url, data = f"/desk/notices/{draft.code}/{door}", {
        "reason": "x", "weight": "material", "code": "x", "day": "2026-04-30", "time": "8:00", **asking(cast)
    }  # fmt: skip
    assert client.post(url, data=data).status_code == 303
    assert browser(cast.tang).post(url, data=data).status_code == 403
    assert browser(limited).post(url, data=data).status_code == 404
    assert browser(cast.writer).get(url).status_code == 405


@pytest.mark.parametrize("door", ["watch", "resolve", "archive"])
def test_whoever_serves_some_says_nothing_to_all_readers(cast: Cast, browser: Browser, door: str) -> None:
    notice = a_notice(cast, kind=NoticeKind.INCIDENT)
    factories.limit_agent(cast.session, cast.reviewer, products=("his",))
    cast.session.commit()
    page = press(browser(cast.reviewer), notice, door)
    assert f"/desk/notices/{notice.code}/{door}" not in page.text
    assert "Ask a colleague who serves all of them." in page.text
    assert now(cast).state == NoticeState.ACTIVE
