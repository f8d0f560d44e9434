"""Notices are found by their words in both scripts, and year by year, by whoever may read them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.core import clock
from portal.notices import services
from portal.notices.models import Notice, NoticeScope, Step, Words
from tests.portal.notices.cast import WORDS, Cast, a_draft, a_notice, publish, revise, write
from tests.portal.notices.views.conftest import Browser

CHINESE = Words(what="医保结算等了太久", do="请先备份数据库。", steps=(Step("按一下。", "窗口打开。"),))


def chinese(cast: Cast, **values: Any) -> Notice:
    return publish(cast, a_draft(cast, CHINESE, **values))


def found(client: FlaskClient, words: str) -> bool:
    return '<li class="row">' in client.get("/notices/archive", query_string={"q": words}).text


@pytest.mark.parametrize(
    "words", ["备份", "備份", "资料库 備份".replace("资料", "数据"), "醫保", "ｒａｉｎｙ", "rainy season"]
)
def test_it_is_found_in_either_script_and_any_width(cast: Cast, client: FlaskClient, words: str) -> None:
    chinese(cast)
    assert found(client, words)


@pytest.mark.parametrize("words", ["打印机", "备份 打印机", "zzz", "，。"])
def test_what_nobody_wrote_is_not_found(cast: Cast, client: FlaskClient, words: str) -> None:
    chinese(cast)
    assert not found(client, words)


def test_it_is_found_by_its_number(cast: Cast, client: FlaskClient) -> None:
    assert found(client, chinese(cast).code)


def test_the_words_of_an_earlier_revision_lead_nowhere(cast: Cast, client: FlaskClient) -> None:
    notice = chinese(cast)
    services.start_revision(cast.session, notice, is_material=True, by=cast.author, at=clock.now())
    write(cast, notice, WORDS, change="New.")
    publish(cast, notice)
    assert not found(client, "医保")
    assert found(client, "storms")


def test_a_draft_is_not_found_even_by_who_writes_it(cast: Cast, browser: Browser) -> None:
    a_draft(cast, CHINESE)
    cast.session.commit()
    assert not found(browser(cast.writer), "备份")


def test_each_reader_finds_what_they_may_read(cast: Cast, client: FlaskClient, browser: Browser) -> None:
    chinese(cast, scope=NoticeScope.TARGETED)
    assert found(browser(cast.tang), "备份")
    assert not found(browser(cast.stranger), "备份")
    assert not found(client, "备份")


def test_years_stand_with_their_number_and_narrow_it_down(cast: Cast, client: FlaskClient) -> None:
    with clock.stopped_at(datetime(2024, 6, 1, tzinfo=UTC)):
        old = a_notice(cast)
    a_notice(cast)
    revise(cast, a_notice(cast))
    page = client.get("/notices/archive").text
    assert ">2026 2<" in page
    assert ">2024 1<" in page
    only = client.get("/notices/archive?year=2024").text
    assert f"/notices/{old.code}" in only
    assert only.count('<li class="row">') == 1
    assert client.get("/notices/archive?year=2025").text.count('<li class="row">') == 0


def test_withdrawn_ones_stay_and_say_so(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    services.withdraw(cast.session, notice, reason="Wrong.", by=cast.author, at=clock.now())
    cast.session.commit()
    page = client.get("/notices/archive").text
    assert notice.code in page
    assert "Not in force any more" in page


def test_a_long_archive_is_paged_without_losing_one(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.notices.queries import archive as reads
    from portal.notices.views import archive as page

    monkeypatch.setattr(reads, "A_PAGE", 2)
    monkeypatch.setattr(page, "A_PAGE", 2)
    codes = [a_notice(cast).code for _ in range(3)]
    first = client.get("/notices/archive").text
    assert [each in first for each in codes] == [False, True, True]
    assert f"before={codes[1]}" in first
    second = client.get(f"/notices/archive?before={codes[1]}").text
    assert [each in second for each in codes] == [True, False, False]


@pytest.mark.parametrize(
    "query", ["year=99999999999999", "year=-1", "year=x", "before=nothing", "q=%00", "q=" + "x" * 5000]
)
def test_nothing_that_is_asked_breaks_it(cast: Cast, client: FlaskClient, query: str) -> None:
    assert client.get(f"/notices/archive?{query}").status_code == 200
