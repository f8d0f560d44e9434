"""The page of one notice."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.accounts.models import Installation
from portal.core import clock
from portal.core.db import Database
from portal.notices import services
from portal.notices.models import NoticeScope, Receipt, ReceiptKind
from portal.notices.services.writing import Draft
from tests.factories import an_installation
from tests.portal.notices.cast import HIS, WORDS, Cast, a_draft, a_notice, publish, revise, write
from tests.portal.notices.counting import counted
from tests.portal.notices.views.conftest import Browser


def test_it_says_what_to_do_by_when_and_why(cast: Cast, browser: Browser) -> None:
    page = browser(cast.tang).get(f"/notices/{a_notice(cast).code}").text
    assert "Important: action needed" in page
    assert "Complete by 30 April" in page
    assert "You are affected because you run HIS 5.5.1." in page
    assert "The wizard opens." in page
    assert "5.0 to 5.6.2" in page
    assert "you run 5.5.1" in page


def test_a_key_is_drawn_and_shown_on_a_keyboard(cast: Cast, browser: Browser) -> None:
    page = browser(cast.tang).get(f"/notices/{a_notice(cast).code}").text
    assert '<kbd class="key">F7</kbd>' in page
    assert "F7 is one single key. It is not made of F + 7." in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("most older ones", "Please check: we don’t know exactly whether HIS 5.5.1 is affected."),
        ("6.0 and later", "You are not affected: you run HIS 5.5.1."),
    ],
)
def test_the_reason_follows_the_range(cast: Cast, browser: Browser, text: str, words: str) -> None:
    notice = a_notice(cast, products=[replace(HIS, range=text)])
    assert words in browser(cast.tang).get(f"/notices/{notice.code}").text


def test_an_unknown_version_is_asked_to_check(cast: Cast, browser: Browser) -> None:
    page = browser(cast.stranger).get(f"/notices/{a_notice(cast).code}").text
    assert "Please check: we don’t know which versions you run." in page


def test_the_first_opening_is_noted_once(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    for who in (cast.tang, cast.tang, cast.liu):
        browser(who).get(f"/notices/{notice.code}")
    opened = cast.session.execute(select(func.count()).select_from(Receipt).where(Receipt.kind == ReceiptKind.OPENED))
    assert opened.scalar() == 1


def test_what_changed_since_the_answer_stands_on_top(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    tang = browser(cast.tang)
    tang.post(f"/notices/{notice.code}/answer", data={"answer": "done", "once": "1"})
    assert "You have answered, thank you" in tang.get(f"/notices/{notice.code}").text
    revise(cast, notice, is_material=False, change="A comma.")
    assert "Please read it again." not in tang.get(f"/notices/{notice.code}").text
    revise(cast, notice, change="A second disk.")
    page = tang.get(f"/notices/{notice.code}").text
    assert "This notice has changed since your organisation answered. Please read it again." in page
    assert page.count("A second disk.") == 2


def test_a_withdrawn_notice_says_why(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    services.withdraw(cast.session, notice, reason="The fault is <elsewhere>.", by=cast.author, at=clock.now())
    cast.session.commit()
    page = browser(cast.tang).get(f"/notices/{notice.code}").text
    assert "The fault is &lt;elsewhere&gt;." in page
    assert "Send answer" not in page


def test_a_superseded_notice_leads_to_the_newer_one(cast: Cast, browser: Browser) -> None:
    older, newer = a_notice(cast), a_notice(cast)
    services.supersede(cast.session, older, by_code=newer.code, by=cast.author)
    cast.session.commit()
    assert f'href="/notices/{newer.code}"' in browser(cast.tang).get(f"/notices/{older.code}").text


def test_words_in_another_language_say_so(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    client.set_cookie("locale", "zh_Hant")
    page = client.get(f"/notices/{notice.code}").text
    assert '<html lang="zh-Hant">' in page
    assert "Rainy season (zh_Hant)" in page


def test_a_stranger_a_draft_and_a_missing_one_get_the_same_404(cast: Cast, browser: Browser) -> None:
    targeted, draft = a_notice(cast, scope=NoticeScope.TARGETED), a_draft(cast)
    stranger = browser(cast.stranger)
    codes = (targeted.code, draft.code, "N-1999-001")
    assert [stranger.get(f"/notices/{code}").status_code for code in codes] == [404, 404, 404]


def test_an_agent_reads_it_and_finds_the_way_to_the_desk(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    page = browser(cast.writer).get(f"/notices/{notice.code}").text
    assert f'href="/desk/notices/{notice.code}"' in page
    assert "Send answer" not in page


def test_signed_out_it_costs_at_most_two_statements(cast: Cast, client: FlaskClient, database: Database) -> None:
    notice = revise(cast, revise(cast, a_notice(cast)))
    with counted(database) as said:
        assert client.get(f"/notices/{notice.code}").status_code == 200
    assert len(said) <= 2


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_signed_in_it_costs_at_most_six_statements(cast: Cast, browser: Browser, database: Database, rows: int) -> None:
    cast.session.query(Installation).delete()
    for number in range(rows):
        an_installation(cast.session, cast.qinghe, cast.product, f"5.{number}")
    notice = a_notice(cast)
    for _ in range(min(rows, 3)):
        revise(cast, notice)
    tang = browser(cast.tang)
    with counted(database) as said:
        tang.get(f"/notices/{notice.code}")
    assert len(said) <= 6


def test_posting_to_it_is_not_possible(cast: Cast, browser: Browser) -> None:
    assert browser(cast.tang).post(f"/notices/{a_notice(cast).code}").status_code == 405


def test_it_shows_what_changed_since_the_organisation_read_it(cast: Cast, browser: Browser) -> None:
    notice, reader = a_notice(cast), browser(cast.tang)
    assert "What changed since you read" not in reader.get(f"/notices/{notice.code}").text
    services.start_revision(cast.session, notice, is_material=True, by=cast.author, at=clock.now())
    write(cast, notice, replace(WORDS, do="Make two backups."), change="Two backups.")
    publish(cast, notice)
    page = reader.get(f"/notices/{notice.code}").text
    assert "What changed since you read revision 1" in page
    assert "<del>" in page
    assert "two backups</ins>" in page
    assert "What changed since you read" not in browser(cast.stranger).get(f"/notices/{notice.code}").text


def test_what_changed_is_said_in_the_sources_words_where_a_translation_lacks_it(cast: Cast, browser: Browser) -> None:
    notice, reader = a_notice(cast), browser(cast.tang)
    reader.post(f"/notices/{notice.code}/answer", data={"answer": "done", "once": "1"})
    reader.set_cookie("locale", "zh_Hans")
    services.start_revision(cast.session, notice, is_material=True, by=cast.author, at=clock.now())
    write(cast, notice, change="A second disk.")
    services.save_text(cast.session, notice, "zh_Hans", Draft("雨季", WORDS), by=cast.author)
    publish(cast, notice)
    page = reader.get(f"/notices/{notice.code}").text
    assert '<li lang="en">A second disk.</li>' in page
    assert "文字小改" not in page


@pytest.mark.parametrize(("since", "is_shown"), [("1", True), ("2", False), ("0", False), ("x", False), ("99", False)])
def test_anyone_may_ask_what_changed_since_a_revision(
    cast: Cast, client: FlaskClient, since: str, is_shown: bool
) -> None:
    notice = a_notice(cast)
    services.start_revision(cast.session, notice, is_material=False, by=cast.author, at=clock.now())
    write(cast, notice, replace(WORDS, do="Make two backups."))
    publish(cast, notice)
    page = client.get(f"/notices/{notice.code}?since={since}")
    assert page.status_code == 200
    assert ("two backups</ins>" in page.text) is is_shown


def test_prose_is_markdown_and_stays_harmless(cast: Cast, client: FlaskClient) -> None:
    words = replace(WORDS, what="**Storms**\n\n- rain\n- <script>alert(1)</script>")
    notice = a_draft(cast)
    write(cast, notice, words)
    publish(cast, notice)
    page = client.get(f"/notices/{notice.code}").text
    assert "<strong>Storms</strong>" in page
    assert "<li>rain</li>" in page
    assert "<script>alert" not in page
