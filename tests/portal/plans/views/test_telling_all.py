"""Telling everybody who has the same problem, on the page of an emergency."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Agent, Contact, Person
from portal.incidents.models import IncidentUpdate, TicketTold
from portal.plans.models import Emergency
from tests.portal.plans.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
OFFERED = {
    "en": "This customer, and 2 other tickets about it",
    "zh_Hans": "这位客户，以及同一问题的另外 2 件工单",
    "zh_Hant": "這位客戶，以及同一問題的另外 2 件工單",
}


def told(browser: FlaskClient, emergency: Emergency, **values: str) -> str:
    body = {"once": "c" * 32, "words": "It is the disk.", **values}
    return browser.post(f"/desk/emergencies/{emergency.id}/told", data=body, follow_redirects=True).text


@pytest.mark.parametrize("locale", OFFERED)
def test_it_offers_everybody_with_their_number(scene: Scene, emergency: Emergency, as_: As, locale: str) -> None:
    scene.session.get_one(Person, scene.teller.person_id).locale = locale
    scene.session.commit()
    page = as_(scene.teller).get(f"/desk/emergencies/{emergency.id}").text
    assert OFFERED[locale] in page


def test_a_plan_of_one_organisation_begins_with_that_one(scene: Scene, emergency: Emergency, as_: As) -> None:
    page = as_(scene.teller).get(f"/desk/emergencies/{emergency.id}").text
    assert '<option value="one" selected>' in page


def test_one_action_is_for_all_of_them_and_stands_in_the_log(scene: Scene, emergency: Emergency, as_: As) -> None:
    page = told(as_(scene.teller), emergency, reach="all", words_zh_Hans="是磁盘的问题。")
    assert "2 other tickets about it are told, too." in page
    assert len(scene.session.scalars(select(TicketTold)).all()) == 3


def test_sent_twice_it_is_told_once(scene: Scene, emergency: Emergency, as_: As) -> None:
    for _again in (1, 2):
        told(as_(scene.teller), emergency, reach="all")
    assert len(scene.session.scalars(select(IncidentUpdate)).all()) == 1


@pytest.mark.parametrize("reach", ["one", "", "everywhere"])
def test_nobody_else_is_told_unless_that_was_chosen(scene: Scene, emergency: Emergency, as_: As, reach: str) -> None:
    assert "are told, too" not in told(as_(scene.teller), emergency, reach=reach)
    assert scene.session.scalars(select(IncidentUpdate)).all() == []


def test_what_is_too_long_is_kept_in_every_language(scene: Scene, emergency: Emergency, as_: As) -> None:
    page = told(as_(scene.teller), emergency, reach="all", words_en="far " * 5001, words_zh_Hant="磁碟")
    assert "Keep it under 20,000 characters." in page
    assert "far far" in page
    assert "磁碟" in page
