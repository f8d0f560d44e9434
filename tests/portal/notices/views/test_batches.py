"""Copies by name on the desk: planned, looked at, printed, fetched."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.notices.models import NoticeScope, PrintBatch
from portal.outbox.worker import Worker
from tests import factories
from tests.portal.notices.cast import Cast, a_draft, a_notice
from tests.portal.notices.views.conftest import Browser


def work(app: Flask) -> None:
    worker = Worker(app)
    while worker.turn():
        pass


def begin(writer: FlaskClient, code: str, **values: object) -> str:
    page = writer.get(f"/desk/notices/{code}/batches/new").text
    once = re.findall(r'name="once" value="([^"]+)"', page)[0]
    chosen = {"languages": ["en"], "shape": "one", "once": once, **values}
    sent = writer.post(f"/desk/notices/{code}/batches/new", data=chosen)
    assert sent.status_code == 303
    assert writer.post(f"/desk/notices/{code}/batches/new", data=chosen).headers["Location"] == sent.headers["Location"]
    return sent.headers["Location"]


@pytest.mark.slow
def test_it_goes_from_the_addresses_to_the_finished_file(app: Flask, cast: Cast, browser: Browser) -> None:
    cast.qinghe.address = "广州市 1 号"
    broken = factories.an_organisation(cast.session, "No Address Hospital")
    factories.an_installation(cast.session, broken, cast.product, "5.5.1")
    code, writer = a_notice(cast).code, browser(cast.writer)
    here = begin(writer, code)
    assert "The addresses are being looked at" in writer.get(here).text
    work(app)
    page = writer.get(here).text
    assert "Ready to be printed" in page
    assert "No Address Hospital" in page
    writer.post(here)
    page = writer.get(here).text
    assert 'max="3" value="0"' in page
    work(app)
    page = writer.get(here).text
    assert "The copies are ready" in page
    assert 'max="3" value="3"' in page
    assert writer.get(f"{here}/file", buffered=True).data[:5] == b"%PDF-"


def test_a_notice_that_is_not_out_leads_back_with_a_word(cast: Cast, browser: Browser) -> None:
    code, writer = a_draft(cast).code, browser(cast.writer)
    cast.session.commit()
    page = writer.get(f"/desk/notices/{code}/batches/new", follow_redirects=True)
    assert "Copies can be printed once the notice is out." in page.text


def test_what_is_not_chosen_is_asked_for(cast: Cast, browser: Browser) -> None:
    code = a_notice(cast).code
    page = browser(cast.writer).post(f"/desk/notices/{code}/batches/new", data={"shape": "one"})
    assert page.status_code == 422
    assert "Choose one language at least." in page.text
    assert cast.session.query(PrintBatch).count() == 0


def test_a_batch_is_found_under_its_own_notice_only(cast: Cast, browser: Browser) -> None:
    code, other, writer = a_notice(cast).code, a_notice(cast).code, browser(cast.writer)
    here = begin(writer, code)
    assert writer.get(here.replace(code, other)).status_code == 404
    assert writer.get(f"{here}/file").status_code == 404
    assert browser(cast.tang).get(here).status_code == 403


def test_copies_of_a_notice_that_is_taken_back_meanwhile_end_with_a_word(
    app: Flask, cast: Cast, browser: Browser
) -> None:
    notice, writer = a_notice(cast), browser(cast.writer)
    here = begin(writer, notice.code)
    writer.post(f"/desk/notices/{notice.code}/withdraw", data={"reason": "Wrong.", "once": "a"})
    work(app)
    page = writer.get(here).text
    assert "No more copies are printed of it." in page
    assert "hx-trigger" not in page
    assert "Everything has been delivered." in writer.get("/desk/outbox").text


def test_only_those_it_concerns_get_a_copy(cast: Cast, browser: Browser) -> None:
    code = a_notice(cast, scope=NoticeScope.TARGETED).code
    here = begin(browser(cast.writer), code)
    batch = cast.session.query(PrintBatch).one()
    assert (batch.copies, str(batch.id) in here) == (2, True)  # the one that runs it, and one of which nothing is known
