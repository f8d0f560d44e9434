"""Views of the queue that an agent keeps."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.models import SavedFilter
from portal.desk.services import MOST_FILTERS
from tests.factories import an_agent
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast, a_ticket


def kept(session: Session) -> list[SavedFilter]:
    """Return what is kept."""
    session.expire_all()
    return list(session.scalars(select(SavedFilter).order_by(SavedFilter.name)))


def test_a_view_is_kept_with_all_that_narrows_it_down(cast: Cast, session: Session, desk: FlaskClient) -> None:
    a_ticket(cast)
    answer = desk.post("/desk/filters?lane=mine&priority=P1&product=his", data={"filter-name": "Mine, urgent"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/desk?lane=mine&product=his&priority=P1"
    assert [(each.name, each.asked) for each in kept(session)] == [
        ("Mine, urgent", "lane=mine&product=his&priority=P1")
    ]
    page = desk.get("/desk").text
    assert '<a href="/desk?lane=mine&amp;product=his&amp;priority=P1">Mine, urgent</a>' in page


def test_the_same_name_again_means_the_new_view(cast: Cast, session: Session, desk: FlaskClient) -> None:
    desk.post("/desk/filters?lane=mine", data={"filter-name": "Today"})
    desk.post("/desk/filters?lane=team", data={"filter-name": "Today"})
    assert [each.asked for each in kept(session)] == ["lane=team"]


def test_nobody_else_sees_it_or_takes_it_away(cast: Cast, session: Session, desk: FlaskClient, as_: As) -> None:
    desk.post("/desk/filters?lane=mine", data={"filter-name": "Only mine"})
    colleague = as_(an_agent(session, "Zhou Lan"))
    assert "Only mine" not in colleague.get("/desk").text
    colleague.post(f"/desk/filters/{kept(session)[0].id}/removal")
    assert len(kept(session)) == 1
    desk.post(f"/desk/filters/{kept(session)[0].id}/removal")
    assert kept(session) == []


def test_a_view_without_a_name_is_asked_for_one(cast: Cast, session: Session, desk: FlaskClient) -> None:
    answer = desk.post("/desk/filters?lane=mine", data={"filter-name": " "})
    assert answer.status_code == 422
    assert "Enter a name for this view." in answer.text
    assert kept(session) == []


def test_there_are_not_more_than_anybody_reads(cast: Cast, session: Session, desk: FlaskClient) -> None:
    for number in range(MOST_FILTERS):
        session.add(
            SavedFilter(
                person_id=cast.agent.person_id, name=f"{number}", asked="", saved_at=cast.organisation.created_at
            )
        )
    answer = desk.post("/desk/filters", data={"filter-name": "One more"})
    assert answer.status_code == 422
    assert "You have 20 views already." in answer.text
    assert 'value="One more"' in answer.text


def test_a_view_that_names_what_is_not_there_shows_nothing_and_the_way_back(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast)
    page = desk.get("/desk?product=nothing&priority=P9").text
    assert "Nothing like that is in this lane." in page
    assert "Show the whole lane" in page
