"""Looking at words while they are written: what readers would see, and what they would stumble over."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.notices.models import Notice, NoticeText
from tests.portal.notices.cast import Cast, a_draft
from tests.portal.notices.views.conftest import Browser

TEXT = {
    "title": "The API timeout is back",
    "what": "Press F7. **Wait** for the answer:\n\n- then look",
    "steps-0-do": "First",
    "steps-1-do": "Second",
    "steps-1-see": "It opens.",
}


@pytest.fixture
def notice(cast: Cast) -> Notice:
    found = a_draft(cast)
    cast.session.commit()
    return found


def look(agent: FlaskClient, notice: Notice, language: str = "en", **data: str) -> str:
    page = agent.post(f"/desk/notices/{notice.code}/texts/{language}/look", data={**TEXT, **data})
    assert page.status_code == 422
    return page.text


def steps(page: str) -> list[str]:
    return [each.strip() for each in re.findall(r'name="steps-\d+-do"[^>]*>\s*([^<]*)</textarea>', page)]


def test_what_is_being_written_is_shown_as_readers_would_see_it(cast: Cast, browser: Browser, notice: Notice) -> None:
    page = look(browser(cast.writer), notice)
    assert "As readers will see it" in page
    assert "<strong>Wait</strong>" in page
    assert "<li>then look</li>" in page


def test_looking_keeps_nothing(cast: Cast, browser: Browser, notice: Notice) -> None:
    before = cast.session.execute(select(NoticeText.title)).scalars().all()
    look(browser(cast.writer), notice)
    cast.session.rollback()
    assert cast.session.execute(select(NoticeText.title)).scalars().all() == before


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ({"steps-up": "2"}, ["Second", "First"]),
        ({"steps-down": "1"}, ["Second", "First"]),
        ({"steps-remove": "1"}, ["Second"]),
        ({"steps-add": "1"}, ["First", "Second", ""]),
    ],
)
def test_steps_are_moved_added_and_removed_by_buttons_alone(
    cast: Cast, browser: Browser, notice: Notice, button: dict[str, str], left: list[str]
) -> None:
    page = look(browser(cast.writer), notice, **button)
    assert steps(page) == left
    assert "It opens." in page


def test_it_says_what_customers_would_stumble_over(cast: Cast, browser: Browser, notice: Notice) -> None:
    page = look(browser(cast.writer), notice)
    assert "“API timeout” is an engineer’s word." in page
    assert "“F7” could be read letter by letter." in page


def test_what_is_offered_is_put_in_with_one_click(cast: Cast, browser: Browser, notice: Notice) -> None:
    page = look(browser(cast.writer), notice, take="title:0")
    assert 'value="The a wait that was too long for an answer is back"' in page
    assert "Press {key:F7}." in look(browser(cast.writer), notice, take="what:0")


@pytest.mark.parametrize("take", ["", "title", "title:9", "title:-1", "once:0", "nothing:0", "steps-9-do:0", "\x00:x"])
def test_a_button_that_is_not_there_changes_nothing(cast: Cast, browser: Browser, notice: Notice, take: str) -> None:
    assert 'value="The API timeout is back"' in look(browser(cast.writer), notice, take=take)


def test_narrow_marks_in_chinese_are_offered_in_full_width(cast: Cast, browser: Browser, notice: Notice) -> None:
    page = look(browser(cast.writer), notice, "zh_Hans", title="停电了,请备份", take="title:0")
    assert 'value="停电了，请备份"' in page


def test_while_somebody_writes_only_what_changes_is_sent(cast: Cast, browser: Browser, notice: Notice) -> None:
    url = f"/desk/notices/{notice.code}/texts/en/look"
    piece = browser(cast.writer).post(url, data=TEXT, headers={"HX-Request": "true"}).text
    assert "<html" not in piece
    assert 'id="look"' in piece
    assert 'id="title-words" class="stack-s" hx-swap-oob="true"' in piece


def test_it_is_for_support(cast: Cast, browser: Browser, notice: Notice, client: FlaskClient) -> None:
    url = f"/desk/notices/{notice.code}/texts/en/look"
    assert client.post(url).status_code == 303
    assert browser(cast.tang).post(url).status_code == 403
    assert browser(cast.writer).get(url).status_code == 405
    assert browser(cast.writer).post(url.replace("/en/", "/fr/")).status_code == 404
    assert browser(cast.writer).post(url.replace(notice.code, "N-1999-001")).status_code == 404
