"""Policies on the desk, and what customers read of them."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.agreements.models import PromisePolicy
from portal.agreements.queries import policy_named
from portal.agreements.terms import Conditions, Policy

TIMES = {
    "calendar": "cn-office",
    "reply_working_minutes": "15",
    "reply_at_most": "60",
    "updates_a_week": "2",
    "gap_working_days": "3",
}


def saved(session: Session, name: str) -> Policy:
    session.expire_all()
    found = policy_named(session, name)
    assert found is not None
    return found.policy


def save(admin: FlaskClient, name: str = "by_priority", version: int = 1, **more: Any) -> Any:
    return admin.post(f"/desk/promises/policies/{name}", data={**TIMES, "version": str(version), **more})


def test_the_page_says_which_policy_applies(admin: FlaskClient) -> None:
    shown = admin.get("/desk/promises").text
    assert shown.index("By priority") < shown.index("does not apply") < shown.index("Our usual promise")
    assert "within 15 working minutes, and never later than after 60 minutes." in shown
    assert "P1: a person answers within 30 minutes, day and night." in shown


def test_a_policy_is_switched_on_for_those_who_are_meant(admin: FlaskClient, session: Session) -> None:
    answer = save(admin, is_on="y", tier="gold， platinum", priority=["P1", "P2"], reply_p1="30", resolution_p1="480")
    assert answer.status_code == 303
    found = saved(session, "by_priority")
    assert (found.version, found.is_on) == (2, True)
    assert found.conditions == Conditions(tier=frozenset({"gold", "platinum"}), priority=frozenset({"P1", "P2"}))
    assert (dict(found.targets.reply_within), dict(found.targets.resolution)) == ({"P1": 30}, {"P1": 480})
    assert "Only for organisations of the tier Gold, platinum." in admin.get("/desk/promises").text


def test_the_form_shows_what_applies_now(admin: FlaskClient) -> None:
    save(admin, is_on="y", tier="gold", priority=["P2"], reply_p2="45")
    shown = admin.get("/desk/promises/policies/by_priority").text
    assert 'value="gold"' in shown
    assert 'value="45"' in shown
    assert 'value="2"' in shown


def test_the_default_is_for_every_ticket_whatever_is_sent(admin: FlaskClient, session: Session) -> None:
    assert save(admin, "default", tier="gold", reply_working_minutes="20").status_code == 303
    found = saved(session, "default")
    assert (found.conditions, found.is_on, found.targets.reply_working_minutes) == (Conditions(), True, 20)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"reply_working_minutes": "0"}, "Write a number of minutes, at least 1."),
        ({"reply_working_minutes": "soon"}, "Write a number."),
        ({"updates_a_week": "11"}, "Write a number from 1 to 10."),
        ({"gap_working_days": ""}, "Write a number."),
        ({"tier": "<b>"}, "Write codes, with commas between them."),
        ({"reply_p1": "-3"}, "Write a number of minutes, at least 1."),
        ({"calendar": "nowhere"}, "Choose a calendar."),
        ({"version": "0"}, "Somebody has changed this policy while you were writing."),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(
    admin: FlaskClient, session: Session, more: dict[str, str], said: str
) -> None:
    answer = admin.post("/desk/promises/policies/by_priority", data={**TIMES, "version": "1", **more})
    assert answer.status_code == 422
    assert said in answer.text
    assert saved(session, "by_priority").version == 1


def test_after_looking_at_what_changed_it_can_be_saved(admin: FlaskClient, session: Session) -> None:
    save(admin, is_on="y")
    answer = save(admin, version=1, is_on="y", reply_at_most="50")
    assert 'name="version" value="2"' in answer.text
    assert save(admin, version=2, is_on="y", reply_at_most="50").status_code == 303
    assert saved(session, "by_priority").targets.reply_at_most == 50


def test_a_policy_that_is_not_there_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/desk/promises/policies/none").status_code == 404


def test_customers_read_what_is_promised_and_when_work_is_done(customer: FlaskClient) -> None:
    shown = customer.get("/promises").text
    assert "Our usual promise" in shown
    assert "By priority" not in shown
    assert "09:00-18:00" in shown
    assert "9 May" in shown


def test_customers_change_nothing(customer: FlaskClient, session: Session) -> None:
    assert save(customer).status_code == 403
    assert session.query(PromisePolicy).count() == 2
