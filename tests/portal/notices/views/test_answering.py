"""Ticking off a checklist and answering a notice."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.notices import queries
from portal.notices.models import Notice, NoticeScope, Receipt, ReceiptKind
from portal.notices.queries import OwnAnswers
from tests.portal.notices.cast import Cast, a_notice, revise
from tests.portal.notices.views.conftest import Browser

DOORS = ["ticks", "answer"]


def own(cast: Cast, notice: Notice) -> OwnAnswers:
    cast.session.rollback()
    return queries.own_answers(cast.session, notice.id, cast.qinghe.id)


def test_ticks_are_kept_without_a_script(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    tang = browser(cast.tang)
    answer = tang.post(f"/notices/{notice.code}/ticks", data={"done": ["c1"], "before": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/notices/{notice.code}#checklist")
    assert own(cast, notice).ticks == {"c1"}
    assert "1 of 2 done" in tang.get(f"/notices/{notice.code}").text


def test_a_single_tick_brings_back_the_checklist_alone(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    piece = browser(cast.tang).post(
        f"/notices/{notice.code}/ticks", data={"done": ["c1", "c2"], "before": "c1"}, headers={"HX-Request": "true"}
    )
    assert piece.status_code == 200
    assert piece.text.lstrip().startswith('<section id="checklist"')
    assert own(cast, notice).ticks == {"c2"}


def test_an_older_page_does_not_take_back_what_a_colleague_ticked(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    browser(cast.liu).post(f"/notices/{notice.code}/ticks", data={"done": ["c2"], "before": ""})
    browser(cast.tang).post(f"/notices/{notice.code}/ticks", data={"done": ["c1"], "before": ""})
    assert own(cast, notice).ticks == {"c1", "c2"}


@pytest.mark.parametrize("kind", ["done", "read", "not_applicable", "need_help"])
def test_every_answer_is_kept_and_thanked_for(cast: Cast, browser: Browser, kind: str) -> None:
    notice = a_notice(cast)
    tang = browser(cast.tang)
    sent = tang.post(f"/notices/{notice.code}/answer", data={"answer": kind, "once": "one"})
    assert sent.status_code == 303
    page = tang.get(f"/notices/{notice.code}").text
    assert "Thank you. Your answer has arrived." in page
    latest = own(cast, notice).latest
    assert latest is not None
    assert (latest.kind, latest.name) == (ReceiptKind(kind), "Tang Xiuying")


def test_an_answer_belongs_to_the_revision_that_was_read(cast: Cast, browser: Browser) -> None:
    notice, tang = a_notice(cast), browser(cast.tang)
    assert '<input type="hidden" name="revision" value="1">' in tang.get(f"/notices/{notice.code}").text
    revise(cast, notice)
    sent = {"answer": "done", "once": "a", "revision": "1"}
    page = tang.post(f"/notices/{notice.code}/answer", data=sent, follow_redirects=True).text
    assert "We have changed this notice while you read it." in page
    assert '<input type="hidden" name="revision" value="2">' in page
    latest = own(cast, notice).latest
    assert latest is not None
    assert (latest.kind, latest.number) == (ReceiptKind.DONE, 1)
    tang.post(f"/notices/{notice.code}/answer", data={**sent, "once": "b", "revision": "2"})
    again = own(cast, notice).latest
    assert again is not None
    assert again.number == 2


@pytest.mark.parametrize("revision", ["9", "0", "-1", "x", "１", "9" * 400])
def test_a_revision_that_nobody_can_have_read_is_taken_for_the_present_one(
    cast: Cast, browser: Browser, revision: str
) -> None:
    notice = a_notice(cast)
    sent = {"answer": "done", "once": "a", "revision": revision}
    assert browser(cast.tang).post(f"/notices/{notice.code}/answer", data=sent).status_code == 303
    latest = own(cast, notice).latest
    assert latest is not None
    assert latest.number == 1


def test_asking_for_help_is_taken_up(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    tang = browser(cast.tang)
    tang.post(f"/notices/{notice.code}/answer", data={"answer": "need_help", "once": "one"})
    assert (
        "tell us what is difficult, and you get a number and a promised time"
        in tang.get(f"/notices/{notice.code}").text
    )


def test_a_double_click_answers_once(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    tang = browser(cast.tang)
    for _ in range(2):
        assert tang.post(f"/notices/{notice.code}/answer", data={"answer": "done", "once": "one"}).status_code == 303
    kinds = cast.session.execute(select(Receipt.kind).where(Receipt.kind != ReceiptKind.OPENED)).scalars().all()
    assert kinds == ["done"]


@pytest.mark.parametrize("data", [{}, {"answer": "opened"}, {"answer": "\x00"}, {"answer": "d" * 10_000}])
def test_an_answer_that_is_none_is_refused_kindly(cast: Cast, browser: Browser, data: dict[str, str]) -> None:
    notice = a_notice(cast)
    page = browser(cast.tang).post(f"/notices/{notice.code}/answer", data={**data, "once": "one"})
    assert page.status_code == 422
    assert "Please choose one" in page.text
    assert 'id="errors"' in page.text
    assert own(cast, notice).latest is None


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_gets_404(cast: Cast, browser: Browser, door: str) -> None:
    notice = a_notice(cast, scope=NoticeScope.TARGETED)
    assert browser(cast.stranger).post(f"/notices/{notice.code}/{door}").status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_an_agent_gets_403(cast: Cast, browser: Browser, door: str) -> None:
    assert browser(cast.writer).post(f"/notices/{a_notice(cast).code}/{door}").status_code == 403


@pytest.mark.parametrize("door", DOORS)
def test_signed_out_it_leads_to_signing_in(cast: Cast, client: FlaskClient, door: str) -> None:
    answer = client.post(f"/notices/{a_notice(cast).code}/{door}")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("door", DOORS)
def test_looking_at_it_is_not_possible(cast: Cast, browser: Browser, door: str) -> None:
    assert browser(cast.tang).get(f"/notices/{a_notice(cast).code}/{door}").status_code == 405
