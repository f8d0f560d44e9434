"""Taking a CSAF file in on the desk: looked at first, refused with the place, made once."""

import io
import re

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.formats.services.importing import import_csaf
from portal.notices.models import Notice
from portal.notices.queries.workbench import working_revision
from tests.portal.formats.conftest import Browser
from tests.portal.formats.examples import ADVISORY, body, without
from tests.portal.notices.cast import Cast, a_notice
from tests.posted_forms import forms_on


def sent(given: bytes, name: str = "s-7.json") -> dict[str, object]:
    return {"file": (io.BytesIO(given), name)}


def test_it_shows_the_notice_before_it_makes_it(cast: Cast, browser: Browser) -> None:
    page = browser(cast.writer).post("/desk/notices/import/check", data=sent(body()))
    assert page.status_code == 200
    for words in (
        "备份向导会漏掉附件",
        "备份里没有附件。",
        "vers:intdot/&gt;=5.0|&lt;5.6.3",
        "/document/aggregate_severity",
    ):
        assert words in page.text
    assert cast.session.query(Notice).count() == 0


def test_what_was_looked_at_is_made_a_draft_once(cast: Cast, browser: Browser) -> None:
    writer = browser(cast.writer)
    page = writer.post("/desk/notices/import/check", data=sent(body())).text
    fields = dict(re.findall(r'type="hidden" name="(once|name)" value="([^"]*)"', page))
    form = {**fields, "text": body().decode()}
    first = writer.post("/desk/notices/import", data=form)
    again = writer.post("/desk/notices/import", data=form)
    assert first.headers["Location"] == again.headers["Location"]
    assert cast.session.query(Notice).count() == 1
    assert "备份向导会漏掉附件" in writer.get(first.headers["Location"]).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This is missing. Please add it."),
        ("zh_Hans", "这里缺少内容，请补上。"),
        ("zh_Hant", "這裡缺少內容，請補上。"),
    ],
)
def test_a_file_that_breaks_the_schema_is_refused_with_the_place(
    cast: Cast, browser: Browser, language: str, words: str
) -> None:
    writer = browser(cast.writer)
    writer.set_cookie("locale", language)
    page = writer.post("/desk/notices/import/check", data=sent(without("/document/tracking/id")))
    assert page.status_code == 422
    assert "/document/tracking/id" in page.text
    assert words in page.text


def test_pasted_text_is_kept_when_it_is_refused(cast: Cast, browser: Browser) -> None:
    page = browser(cast.writer).post("/desk/notices/import/check", data={"text": '{"document": '})
    assert page.status_code == 422
    assert "{&#34;document&#34;: " in page.text
    assert "Look at line 1" in page.text


def test_nothing_is_asked_for_again(cast: Cast, browser: Browser) -> None:
    page = browser(cast.writer).post("/desk/notices/import/check", data={})
    assert page.status_code == 422
    assert "Choose a file, or paste its text." in page.text


def test_saving_the_facts_of_a_draft_loses_no_product_that_we_do_not_have(cast: Cast, browser: Browser) -> None:
    made = import_csaf(cast.session, ADVISORY, "s-7.json", by=cast.author, at=clock.now())
    cast.session.commit()
    writer = browser(cast.writer)
    page = writer.get(f"/desk/notices/{made.code}/facts")
    (form,) = (each for each in forms_on(page, "writer") if each.action.endswith("/facts"))
    assert "Something Else (not in our list)" in page.text
    assert writer.post(form.action, data=dict(form.untouched)).status_code == 303
    cast.session.rollback()
    notice = cast.session.scalars(select(Notice)).one()
    found = [(each["product"], each["range"]) for each in working_revision(cast.session, notice).products]
    assert found == [("his", "vers:intdot/>=5.0|<5.6.3"), ("his", "5.6.3"), ("something-else", "")]


def test_the_draft_shows_what_found_no_place_and_what_goes_out_again(cast: Cast, browser: Browser) -> None:
    made = import_csaf(cast.session, ADVISORY, "s-7.json", by=cast.author, at=clock.now())
    cast.session.commit()
    page = browser(cast.writer).get(f"/desk/notices/{made.code}").text
    again, here_only = page.split("These are kept here only:")
    assert "S-2026-7" in again
    assert '<code>/document/notes/2</code><br><samp class="muted">No warranty.</samp>' in again
    assert '<code>/document/aggregate_severity</code><br><samp class="muted">high</samp>' in again
    assert "<code>/vulnerabilities</code>" in here_only


def test_a_notice_that_was_written_here_has_no_origin(cast: Cast, browser: Browser) -> None:
    assert "Taken in from CSAF" not in browser(cast.writer).get(f"/desk/notices/{a_notice(cast).code}").text


def test_customers_may_not(cast: Cast, browser: Browser) -> None:
    assert browser(cast.tang).get("/desk/notices/import").status_code == 403
    assert browser(cast.tang).post("/desk/notices/import", data={}).status_code == 403


def test_the_desks_list_leads_to_it(cast: Cast, browser: Browser) -> None:
    assert 'href="/desk/notices/import"' in browser(cast.writer).get("/desk/notices").text
