"""Handing over duty, and where the one on duty is named."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent
from portal.teams.models import DutyTurn
from tests.factories import an_agent
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast


def test_duty_is_handed_over_at_once_with_a_note(cast: Cast, session: Session, as_: As) -> None:
    lin, browser = an_agent(session, "Lin Fang"), as_(cast.agent)
    sent = {"duty-agent": str(lin.id), "duty-begins": "", "duty-note": "Yunling waits for a call at 16:00."}
    assert browser.post("/desk/duty", data=sent).status_code == 303
    page = browser.get("/desk/teams").text
    assert "On duty now: Lin Fang" in page
    assert "Yunling waits for a call at 16:00." in page
    assert "On duty: Lin Fang" in browser.get("/desk").text


def test_a_turn_is_planned_and_taken_back(cast: Cast, session: Session, as_: As) -> None:
    browser = as_(cast.agent)
    browser.post("/desk/duty", data={"duty-agent": str(cast.agent.id), "duty-begins": "2026-04-21T18:00"})
    turn = session.scalars(select(DutyTurn)).one()
    assert turn.from_at.isoformat() == "2026-04-21T10:00:00+00:00"
    assert browser.post(f"/desk/duty/{turn.id}/removal").status_code == 303
    assert session.scalars(select(DutyTurn)).all() == []
    assert browser.post(f"/desk/duty/{turn.id}/removal").status_code == 404


def test_what_can_not_be_planned_is_asked_for_again(cast: Cast, as_: As) -> None:
    browser = as_(cast.agent)
    sent = {"duty-agent": "x", "duty-begins": "tomorrow", "duty-note": "Keep me"}
    answer = browser.post("/desk/duty", data=sent)
    assert answer.status_code == 422
    assert "Choose who is on duty next." in answer.text
    assert "Enter a day and a time" in answer.text
    assert "Keep me</textarea>" in answer.text
    past = browser.post("/desk/duty", data={"duty-agent": str(cast.agent.id), "duty-begins": "2026-04-20T18:00"})
    assert past.status_code == 422
    assert "This time has passed." in past.text


def test_customers_who_ask_for_help_at_once_read_who_is_on_duty(cast: Cast, as_: As, admin: Agent) -> None:
    page = as_(cast.tang).get("/emergency", follow_redirects=True).text
    assert "On duty now: Wang Min" in page
