"""Notices that are kept for the next reader who is signed out."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from portal.core import clock
from portal.core.db import Database
from portal.notices import services
from portal.notices.views import shelf
from tests.portal.notices.cast import Cast, a_notice
from tests.portal.notices.counting import counted
from tests.portal.notices.views.conftest import Browser


def test_the_next_reader_costs_no_statement(cast: Cast, client: FlaskClient, database: Database) -> None:
    url = f"/notices/{a_notice(cast).code}"
    first = client.get(url)
    with counted(database) as said:
        second = client.get(url)
    assert said == []
    assert second.text.replace(_token(second.text), "") == first.text.replace(_token(first.text), "")


def test_whoever_has_it_already_gets_304(cast: Cast, client: FlaskClient) -> None:
    url = f"/notices/{a_notice(cast).code}"
    etag = client.get(url).headers["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(url, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_what_an_agent_does_is_seen_at_once(cast: Cast, browser: Browser, client: FlaskClient) -> None:
    notice = a_notice(cast)
    assert "We have taken this notice back." not in client.get(f"/notices/{notice.code}").text
    browser(cast.writer).post(f"/desk/notices/{notice.code}/withdraw", data={"reason": "Wrong.", "once": "a"})
    assert "We have taken this notice back." in client.get(f"/notices/{notice.code}").text


def test_a_page_that_was_made_before_a_change_is_not_kept_after_it(app: Flask, cast: Cast, browser: Browser) -> None:
    code, writer = a_notice(cast).code, browser(cast.writer)

    def make_while_it_is_withdrawn() -> str:
        writer.post(f"/desk/notices/{code}/withdraw", data={"reason": "Wrong.", "once": "a"})
        return "as it was"

    with app.test_request_context(f"/notices/{code}"):
        shelf.answer(code, make_while_it_is_withdrawn)
        assert shelf.answer(code, lambda: "taken back").data == b"taken back"


def test_a_change_elsewhere_is_seen_within_seconds(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    url = f"/notices/{notice.code}"
    etag = client.get(url).headers["ETag"]
    services.withdraw(cast.session, notice, reason="Wrong.", by=cast.author, at=clock.now())
    cast.session.commit()
    with clock.stopped_at(clock.now() + timedelta(seconds=16)):
        changed = client.get(url, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert "We have taken this notice back." in changed.text


def test_each_language_and_theme_has_its_own(cast: Cast, client: FlaskClient) -> None:
    url = f"/notices/{a_notice(cast).code}"
    english = client.get(url)
    client.set_cookie("locale", "zh_Hans")
    chinese = client.get(url)
    client.set_cookie("theme", "dark")
    assert len({page.headers["ETag"] for page in (english, chinese, client.get(url))}) == 3


def test_every_reader_has_a_token_of_their_own(cast: Cast, client: FlaskClient) -> None:
    url = f"/notices/{a_notice(cast).code}"
    other = client.application.test_client()
    tokens = {_token(browser.get(url).text) for browser in (client, other)}
    assert len(tokens) == 2
    assert all(tokens)


def _token(page: str) -> str:
    return page.split('name="csrf_token" value="')[1].split('"', maxsplit=1)[0]


def test_a_missing_notice_is_not_kept(client: FlaskClient, cast: Cast) -> None:
    assert client.get("/notices/N-2026-001").status_code == 404
    notice = a_notice(cast)
    assert client.get(f"/notices/{notice.code}").status_code == 200
