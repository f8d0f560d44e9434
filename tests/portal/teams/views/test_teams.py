"""The page of teams, and what it changes."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent
from portal.teams.models import AgentSkill, Team, TeamMember
from tests.factories import an_agent
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast, a_ticket


def a_team(browser: FlaskClient, session: Session, name: str = "Wards") -> Team:
    """Make a team through the page."""
    assert browser.post("/desk/teams", data={"team-name": name}).status_code == 303
    return session.scalars(select(Team).where(Team.name == name)).one()


def test_a_team_is_made_filled_and_removed(cast: Cast, session: Session, as_: As, admin: Agent) -> None:
    browser, lin = as_(admin), an_agent(session, "Lin Fang")
    team = a_team(browser, session)
    browser.post(f"/desk/teams/{team.id}", data={"team-name": "Inpatients", "team-members": [str(lin.id), "nobody"]})
    session.expire_all()
    assert session.scalars(select(TeamMember.agent_id)).all() == [lin.id]
    page = browser.get("/desk/teams").text
    assert "Inpatients" in page
    assert browser.post(f"/desk/teams/{team.id}/removal").status_code == 303
    assert session.scalars(select(Team)).all() == []


def test_the_lane_of_my_team_shows_its_tickets_alone(cast: Cast, session: Session, as_: As, admin: Agent) -> None:
    team = a_team(as_(admin), session)
    as_(admin).post(f"/desk/teams/{team.id}", data={"team-name": "Wards", "team-members": [str(cast.agent.id)]})
    mine, other = a_ticket(cast, title="Ours it is"), a_ticket(cast, title="Nobody’s")
    browser = as_(cast.agent)
    browser.post(
        f"/desk/tickets/{mine.reference}/assignment",
        data={"giving-once": "k", "giving-taker": "nobody", "giving-team": "Wards"},
    )
    page = browser.get("/desk?lane=team").text
    assert "Ours it is" in page
    assert "Nobody’s" not in page.replace("Nobody’s yet", "")
    assert 'id="count-team">1<' in page
    assert "nobody yet, Wards" in page
    assert other.team == ""


def test_a_name_that_is_taken_is_kept_in_the_form(cast: Cast, session: Session, as_: As, admin: Agent) -> None:
    a_team(as_(admin), session)
    answer = as_(admin).post("/desk/teams", data={"team-name": "Wards"})
    assert answer.status_code == 422
    assert "Another team has this name." in answer.text
    assert 'value="Wards"' in answer.text


def test_a_team_with_open_tickets_says_why_it_stays(cast: Cast, session: Session, as_: As, admin: Agent) -> None:
    team = a_team(as_(admin), session)
    a_ticket(cast).team = "Wards"
    answer = as_(admin).post(f"/desk/teams/{team.id}/removal")
    assert answer.status_code == 422
    assert "This team has open tickets." in answer.text


def test_what_an_agent_knows_is_chosen_from_the_catalogue(cast: Cast, session: Session, as_: As, admin: Agent) -> None:
    browser = as_(admin)
    page = browser.get(f"/desk/agents/{cast.agent.id}/skills").text
    assert "Outpatient and inpatient system, all of it" in page
    part = page.index("Writing orders")
    assert page.rindex("<legend", 0, part) < page.rindex("Outpatient and inpatient system</legend>", 0, part)
    browser.post(f"/desk/agents/{cast.agent.id}/skills", data={"skills-skills": ["his/orders", "his/nothing"]})
    assert [(each.product_code, each.module_code) for each in session.scalars(select(AgentSkill))] == [
        ("his", "orders")
    ]
    assert "Knows well: his/orders" in browser.get("/administration/log").text
    assert re.search(r'value="his/orders" checked', browser.get(f"/desk/agents/{cast.agent.id}/skills").text)
    assert re.search(r"<td[^>]*>[^<]+ › (?!orders)[^<]+", browser.get("/desk/teams").text)


def test_agents_look_and_admins_change(cast: Cast, as_: As) -> None:
    browser = as_(cast.agent)
    assert browser.get("/desk/teams").status_code == 200
    assert browser.post("/desk/teams", data={"team-name": "Wards"}).status_code == 403
    assert browser.get(f"/desk/agents/{cast.agent.id}/skills").status_code == 403
    assert as_(cast.manager).get("/desk/teams").status_code == 403


def test_the_rule_is_switched_on_and_off(cast: Cast, as_: As, admin: Agent) -> None:
    browser = as_(admin)
    browser.post("/desk/giving-out", data={"on": "yes"})
    assert "are given out by the rule" in browser.get("/desk/teams").text
    browser.post("/desk/giving-out", data={"on": ""})
    assert "New tickets wait until somebody takes them or gives them to somebody." in browser.get("/desk/teams").text
