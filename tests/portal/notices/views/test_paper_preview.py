"""The paper of a notice, page by page, before it is printed."""

import pytest
from flask import Flask

from portal.core.db import Database
from portal.notices import services
from portal.notices.documents.preview import PREVIEW_JOB
from portal.outbox.models import Job
from portal.outbox.worker import Worker
from tests.portal.notices.cast import WORDS, Cast, a_draft, a_notice
from tests.portal.notices.views.conftest import Browser


def preview_jobs(cast: Cast) -> int:
    cast.session.expire_all()
    return cast.session.query(Job).filter_by(kind=PREVIEW_JOB).count()


def work(app: Flask) -> None:
    worker = Worker(app)
    while worker.turn():
        pass


@pytest.mark.slow
def test_a_draft_is_shown_page_by_page_as_it_is_now(app: Flask, cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    writer = browser(cast.writer)
    chosen = {"languages": ["en", "zh_Hans"], "arrangement": "apart"}
    sent = writer.post(f"/desk/notices/{notice.code}/paper", data=chosen)
    assert sent.status_code == 303
    here = sent.headers["Location"]
    assert "The pages are being drawn" in writer.get(here).text
    work(app)
    page = writer.get(here).text
    assert page.count("paper-page") == 4
    picture = writer.get(here.replace("/paper?", "/paper/1?"), buffered=True)
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")
    pdf = writer.get(here.replace("/paper?", "/paper/0?"), buffered=True)
    assert pdf.data[:5] == b"%PDF-"
    assert writer.get(here.replace("/paper?", "/paper/9?")).status_code == 404


def test_the_same_words_are_drawn_once_and_changed_ones_anew(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    writer = browser(cast.writer)
    chosen = {"languages": "en", "arrangement": "board"}
    for _ in range(2):
        writer.post(f"/desk/notices/{notice.code}/paper", data=chosen)
    assert preview_jobs(cast) == 1
    services.save_text(cast.session, notice, "en", services.Draft("Another title", WORDS), by=cast.author)
    cast.session.commit()
    page = writer.post(f"/desk/notices/{notice.code}/paper", data=chosen, follow_redirects=True)
    assert "The pages are being drawn" in page.text
    assert preview_jobs(cast) == 2


def test_a_waiting_page_hears_only_of_news(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    writer = browser(cast.writer)
    here = writer.post(f"/desk/notices/{notice.code}/paper", data={"languages": "en", "arrangement": "beside"}).headers[
        "Location"
    ]
    assert writer.get(here, headers={"HX-Request": "true"}).status_code == 204


def test_no_language_is_refused_with_what_to_do(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    page = browser(cast.writer).post(f"/desk/notices/{notice.code}/paper", data={"arrangement": "beside"})
    assert page.status_code == 422
    assert "Choose one language at least." in page.text


def test_customers_may_not(cast: Cast, browser: Browser) -> None:
    code = a_notice(cast).code
    assert browser(cast.tang).get(f"/desk/notices/{code}/paper").status_code == 403


def test_the_notice_on_the_desk_leads_there(cast: Cast, browser: Browser, database: Database) -> None:
    code = a_notice(cast).code
    assert f'href="/desk/notices/{code}/paper"' in browser(cast.writer).get(f"/desk/notices/{code}").text
