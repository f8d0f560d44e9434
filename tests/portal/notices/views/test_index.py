"""The list of notices."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from portal.core.db import Database
from portal.notices.models import ActionNeeded, NoticeKind, NoticeScope
from tests.portal.notices.cast import HIS, Cast, a_notice
from tests.portal.notices.counting import counted
from tests.portal.notices.views.conftest import Browser


def test_it_says_what_needs_you_and_why(cast: Cast, browser: Browser) -> None:
    a_notice(cast)
    page = browser(cast.tang).get("/notices").text
    assert "One notice needs something from you." in page
    assert "You are affected because you run HIS 5.5.1." in page
    assert "to be done by then, not answered yet" in page


def test_it_sorts_by_who_has_the_ball(cast: Cast, browser: Browser) -> None:
    a_notice(cast, action=ActionNeeded.NONE, act_by=None)
    a_notice(cast, kind=NoticeKind.KNOWN_ISSUE, action=ActionNeeded.NONE, act_by=None)
    a_notice(cast)
    page = browser(cast.tang).get("/notices").text
    assert page.index("To do") < page.index("We are working on it") < page.index('id="to-know"')


def test_it_leaves_out_what_does_not_affect_us_until_asked(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast, products=[])
    other = a_notice(cast, products=[replace(HIS, range="6.0 and later")])
    tang = browser(cast.tang)
    assert notice.code in tang.get("/notices").text
    assert other.code not in tang.get("/notices").text
    assert other.code in tang.get("/notices?show=all").text


def test_signed_out_it_shows_what_is_public(cast: Cast, client: FlaskClient) -> None:
    public, private = a_notice(cast), a_notice(cast, scope=NoticeScope.CUSTOMERS)
    page = client.get("/notices")
    assert page.status_code == 200
    assert public.code in page.text
    assert private.code not in page.text
    assert "to be done by then" in page.text
    assert "not answered yet" not in page.text
    assert "Storms cut the power." in page.text
    assert "Please check" not in page.text


def test_an_empty_list_says_so(cast: Cast, browser: Browser) -> None:
    assert "There are no notices here." in browser(cast.tang).get("/notices").text


@pytest.mark.parametrize("query", ["show=nonsense", "from=-5", "from=99999", "from=x", "show=all&from=40"])
def test_an_odd_address_shows_a_list(cast: Cast, browser: Browser, query: str) -> None:
    assert browser(cast.tang).get(f"/notices?{query}").status_code == 200


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_it_speaks_the_readers_language(cast: Cast, browser: Browser, locale: str) -> None:
    a_notice(cast)
    tang = browser(cast.tang)
    tang.set_cookie("locale", locale)
    page = tang.get("/notices").text
    assert f"Rainy season ({locale})" in page
    assert {"zh_Hans": "贵院受影响，因为在用 门诊系统 5.5.1。", "zh_Hant": "貴院受影響，因為在用 HIS 5.5.1。"}[
        locale
    ] in page


@pytest.mark.parametrize("rows", [0, 1, 20])
@pytest.mark.slow
def test_it_costs_at_most_four_statements(cast: Cast, browser: Browser, database: Database, rows: int) -> None:
    for _ in range(rows):
        a_notice(cast)
    tang = browser(cast.tang)
    with counted(database) as said:
        tang.get("/notices")
    assert len(said) <= 4


def test_posting_to_it_is_not_possible(client: FlaskClient) -> None:
    assert client.post("/notices").status_code == 405
