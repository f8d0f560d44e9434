"""What comes back every year, on the desk."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices.models import Notice, NoticeSeason, NoticeSeries
from portal.notices.services import seasons
from tests.portal.notices.cast import Cast, a_notice
from tests.portal.notices.views.conftest import Browser

KEY = "rainy-season-south-china"
WHOLE = {
    "name_zh_Hans": "雨季：华南",
    "regions": "华南\nSouth China", "starts_on": "４月15日", "act_by": "05-01", "ends_on": "10-15",
    "lead_days": "30", "lead": "", "is_active": "y",
}  # fmt: skip


@pytest.fixture
def agent(cast: Cast, browser: Browser, session: Session) -> FlaskClient:
    seasons.ship(session, at=clock.now())
    session.commit()
    return browser(cast.writer)


def series(session: Session) -> NoticeSeries:
    session.rollback()
    session.expire_all()
    return session.execute(select(NoticeSeries).where(NoticeSeries.key == KEY)).scalar_one()


def test_the_shipped_series_are_listed_with_their_next_window(agent: FlaskClient) -> None:
    page = agent.get("/desk/notices/series").text
    assert "Rainy season: South China" in page
    assert "1 April" in page


def test_a_series_is_changed(agent: FlaskClient, session: Session) -> None:
    assert "South China" in agent.get(f"/desk/notices/series/{KEY}").text
    assert agent.post(f"/desk/notices/series/{KEY}", data=WHOLE).status_code == 303
    found = series(session)
    assert (found.starts_on, found.act_by, found.ends_on, found.lead_days) == ("04-15", "05-01", "10-15", 30)
    assert found.regions == ["华南", "South China"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("starts_on", "spring", "Write month and day like 04-01."),
        ("starts_on", "02-30", "Write month and day like 04-01."),
        ("ends_on", "", "Enter month and day."),
        ("lead_days", "3", "Enter a number between 7 and 180."),
        ("lead_days", "soon", "Enter a number"),
        ("regions", "x" * 3000, "Please shorten this."),
        ("act_by", "11-01", "This day comes after the notice is no longer in force."),
        ("name_zh_Hans", "", "Enter the name in one language at least."),
        ("name_zh_Hans", "x" * 121, "Keep the name to 120 characters."),
    ],
)
def test_what_cannot_be_used_is_said_beside_the_field(
    agent: FlaskClient, session: Session, field: str, value: str, words: str
) -> None:
    page = agent.post(f"/desk/notices/series/{KEY}", data={**WHOLE, field: value})
    assert page.status_code == 422
    assert words in page.text
    assert series(session).starts_on == "04-01"


NEW = {
    "name_zh_Hans": "台风：沿海", "regions": "south-china", "starts_on": "06-15", "act_by": "06-30", "ends_on": "10-31",
    "lead_days": "30", "lead": "", "is_active": "y", "begins_with": "", "once": "first",
}  # fmt: skip


def made(session: Session) -> NoticeSeries:
    session.rollback()
    session.expire_all()
    return session.execute(select(NoticeSeries).where(NoticeSeries.key == "series-1")).scalar_one()


def test_a_series_is_made_once_and_shows_when_it_comes(agent: FlaskClient, session: Session) -> None:
    assert "Let something come back every year" in agent.get("/desk/notices/series/new").text
    first = agent.post("/desk/notices/series/new", data=NEW).headers["Location"]
    assert agent.post("/desk/notices/series/new", data=NEW).headers["Location"] == first
    assert made(session).names == {"zh_Hans": "台风：沿海", "zh_Hant": "台风：沿海", "en": "台风：沿海"}
    page = agent.get(first).text
    assert "the draft appears on 16 May, and readers should have it on 15 June" in page
    assert "From 5 June the lead gets a mail" in page
    assert "<b>1 organisation</b>" in page


def test_a_region_that_nobody_has_is_pointed_out(agent: FlaskClient) -> None:
    page = agent.post("/desk/notices/series/new", data={**NEW, "regions": "Atlantis"}, follow_redirects=True).text
    assert "No organisation has such a region." in page


def test_a_series_begins_with_the_words_of_a_notice(agent: FlaskClient, cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    offered = agent.get(f"/desk/notices/series/new?notice={notice.code}").text
    assert 'value="Rainy season (en)"' in offered
    assert 'value="04-30"' in offered
    agent.post("/desk/notices/series/new", data={**NEW, "begins_with": notice.code.lower()})
    page = agent.get("/desk/notices/series/series-1").text
    assert f'2025: <a class="num" href="/desk/notices/{notice.code}">' in page
    draft = agent.post("/desk/notices/series/series-1/begin", follow_redirects=True).text
    assert "Rainy season (en)" in draft
    assert "It comes back every year: 台风：沿海" in agent.get(f"/desk/notices/{notice.code}").text


@pytest.mark.parametrize("code", ["N-2026-999", "x' OR 1=1"])
def test_a_notice_that_is_not_there_begins_nothing(agent: FlaskClient, session: Session, code: str) -> None:
    page = agent.post("/desk/notices/series/new", data={**NEW, "begins_with": code})
    assert page.status_code == 422
    assert "There is no notice with this number that has been out." in page.text
    assert agent.get("/desk/notices/series/series-1").status_code == 404


def test_a_notice_belongs_to_one_series(agent: FlaskClient, cast: Cast) -> None:
    code = a_notice(cast).code
    agent.post("/desk/notices/series/new", data={**NEW, "begins_with": code})
    page = agent.post("/desk/notices/series/new", data={**NEW, "begins_with": code, "once": "second"})
    assert page.status_code == 422
    assert "This notice belongs to another series already." in page.text


def test_a_series_is_ended_and_keeps_its_years(agent: FlaskClient, session: Session) -> None:
    agent.post(f"/desk/notices/series/{KEY}/begin")
    agent.post(f"/desk/notices/series/{KEY}", data={**WHOLE, "is_active": ""})
    page = agent.get(f"/desk/notices/series/{KEY}").text
    assert "It has ended: no draft appears, and nobody is alarmed." in page
    assert "N-2026-001" in page
    assert "Ended" in agent.get("/desk/notices/series").text


def test_the_list_says_when_a_draft_is_late(agent: FlaskClient) -> None:
    agent.post(f"/desk/notices/series/{KEY}/begin")
    assert "Late: the lead is alarmed every week" in agent.get("/desk/notices/series").text


def test_a_series_that_is_not_there_is_not_found(agent: FlaskClient) -> None:
    assert agent.get("/desk/notices/series/winter").status_code == 404
    assert agent.post("/desk/notices/series/winter/begin").status_code == 404


def test_the_years_draft_is_begun_once_from_the_desk(agent: FlaskClient, session: Session) -> None:
    first = agent.post(f"/desk/notices/series/{KEY}/begin").headers["Location"]
    assert agent.post(f"/desk/notices/series/{KEY}/begin").headers["Location"] == first
    season = session.execute(select(NoticeSeason)).scalar_one()
    assert session.get_one(Notice, season.notice_id).expires_on == date(2026, 9, 30)
    page = agent.get(first).text
    assert "There was none before" in page
    assert "雨季来临，请检查数据备份" in page


def test_it_is_for_support(agent: FlaskClient, cast: Cast, browser: Browser, client: FlaskClient) -> None:
    for path in ("/desk/notices/series", "/desk/notices/series/new", f"/desk/notices/series/{KEY}"):
        assert client.get(path).status_code == 303
        assert browser(cast.tang).get(path).status_code == 403
    assert browser(cast.tang).post(f"/desk/notices/series/{KEY}/begin").status_code == 403
