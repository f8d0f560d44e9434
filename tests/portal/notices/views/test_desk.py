"""The desk's pages of notices."""

import pytest
from flask.testing import FlaskClient

from portal.core.db import Database
from portal.notices import services
from portal.notices.models import Words
from portal.notices.services import Draft
from tests import factories
from tests.portal.notices.cast import WORDS, Cast, a_draft, a_notice, in_review
from tests.portal.notices.counting import counted
from tests.portal.notices.views.conftest import Browser

PAGES = ["/desk/notices", "/desk/notices/{code}", "/desk/notices/{code}/preview/en"]


def test_the_list_shows_drafts_too(cast: Cast, browser: Browser) -> None:
    draft, out = a_draft(cast), a_notice(cast)
    page = browser(cast.writer).get("/desk/notices").text
    assert draft.code in page
    assert out.code in page


def test_a_title_in_another_language_than_the_page_says_which(cast: Cast, browser: Browser) -> None:
    code = a_notice(cast).code
    reader = browser(cast.writer)
    assert f'<a href="/desk/notices/{code}">' in reader.get("/desk/notices").text
    reader.set_cookie("locale", "zh_Hans")
    assert f'<a href="/desk/notices/{code}" lang="en">' in reader.get("/desk/notices").text


def test_an_empty_list_says_how_to_begin(cast: Cast, browser: Browser) -> None:
    assert "There are no notices yet." in browser(cast.writer).get("/desk/notices").text


def test_a_draft_says_what_is_missing(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast, Words(what="Press F7."))
    page = browser(cast.writer).get(f"/desk/notices/{notice.code}").text
    assert "It doesn’t say what to do." in page
    assert "No step says what one should see when it was done right." in page
    assert "English: write the key F7 in braces, so that it is drawn as a key." in page
    assert "Nobody has read 繁體中文 against the source yet." in page


def test_the_author_is_told_that_somebody_else_must_look(cast: Cast, browser: Browser) -> None:
    notice = in_review(cast, a_draft(cast))
    cast.session.commit()
    assert "A colleague who didn’t must look at it." in browser(cast.writer).get(f"/desk/notices/{notice.code}").text
    assert "approve" in browser(cast.reviewer).get(f"/desk/notices/{notice.code}").text


def test_it_shows_whom_it_reaches_and_who_has_answered(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    browser(cast.tang).post(f"/notices/{notice.code}/answer", data={"answer": "done", "once": "1"})
    page = browser(cast.writer).get(f"/desk/notices/{notice.code}").text
    assert "2 organisations" in page
    assert "1 of them has no known version and will be asked to check." in page
    assert "Everything done" in page
    assert "Not opened" in page


def test_a_stale_and_a_converted_text_say_so(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast, source_language="zh_Hans")
    services.convert_text(cast.session, notice, "zh_Hant", by=cast.author)
    cast.session.commit()
    agent = browser(cast.writer)
    assert "Converted by a machine, not read yet" in agent.get(f"/desk/notices/{notice.code}").text
    services.save_text(cast.session, notice, "zh_Hans", Draft("雨季来了", WORDS), by=cast.author)
    cast.session.commit()
    assert "Source has moved on" in agent.get(f"/desk/notices/{notice.code}").text


def test_the_preview_shows_a_draft_as_its_readers_would_see_it(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    page = browser(cast.reviewer).get(f"/desk/notices/{notice.code}/preview/zh_Hant")
    assert page.status_code == 200
    assert "Rainy season (zh_Hant)" in page.text
    assert "Send answer" not in page.text


def test_there_is_no_preview_of_what_is_not_written(cast: Cast, browser: Browser) -> None:
    assert browser(cast.writer).get(f"/desk/notices/{a_notice(cast).code}/preview/fr").status_code == 404


@pytest.mark.parametrize("url", PAGES[1:])
def test_a_missing_one_and_one_out_of_scope_are_the_same_404(cast: Cast, browser: Browser, url: str) -> None:
    factories.a_product(cast.session, "pacs")
    limited = factories.an_agent(cast.session, "Li Na")
    factories.limit_agent(cast.session, limited, products=("pacs",))
    draft = a_draft(cast)
    cast.session.commit()
    agent = browser(limited)
    codes = (draft.code, "N-1999-001")
    assert [agent.get(url.format(code=code)).status_code for code in codes] == [404, 404]


@pytest.mark.parametrize("url", PAGES)
def test_customers_get_403_and_others_sign_in(cast: Cast, browser: Browser, client: FlaskClient, url: str) -> None:
    path = url.format(code=a_notice(cast).code)
    assert browser(cast.tang).get(path).status_code == 403
    assert client.get(path).status_code == 303


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_the_list_costs_at_most_six_statements(cast: Cast, browser: Browser, database: Database, rows: int) -> None:
    for _ in range(rows):
        a_draft(cast)
    cast.session.commit()
    agent = browser(cast.writer)
    with counted(database) as said:
        agent.get("/desk/notices")
    assert len(said) <= 6


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_one_costs_at_most_fourteen_statements(cast: Cast, browser: Browser, database: Database, rows: int) -> None:
    for number in range(rows):
        factories.an_installation(cast.session, factories.an_organisation(cast.session, str(number)), cast.product)
    notice = a_notice(cast)
    agent = browser(cast.writer)
    with counted(database) as said:
        agent.get(f"/desk/notices/{notice.code}")
    assert len(said) <= 14
