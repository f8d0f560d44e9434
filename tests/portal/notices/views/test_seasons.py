"""What comes back every year, on the desk."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices.models import Notice, NoticeSeason, NoticeSeries
from portal.notices.services import seasons
from tests.portal.notices.cast import Cast
from tests.portal.notices.views.conftest import Browser

KEY = "rainy-season-south-china"
WHOLE = {
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
    ],
)
def test_what_cannot_be_used_is_said_beside_the_field(
    agent: FlaskClient, session: Session, field: str, value: str, words: str
) -> None:
    page = agent.post(f"/desk/notices/series/{KEY}", data={**WHOLE, field: value})
    assert page.status_code == 422
    assert words in page.text
    assert series(session).starts_on == "04-01"


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
    for path in ("/desk/notices/series", f"/desk/notices/series/{KEY}"):
        assert client.get(path).status_code == 303
        assert browser(cast.tang).get(path).status_code == 403
    assert browser(cast.tang).post(f"/desk/notices/series/{KEY}/begin").status_code == 403
