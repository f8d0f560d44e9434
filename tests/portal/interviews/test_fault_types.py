"""The fault type of a ticket is what its questionnaire's answers say."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.interview import Interview as Run
from intake.loading import load_file
from intake.questionnaire import Questionnaire
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.interviews.services import fault_type_of
from portal.questionnaires import services as questionnaires
from portal.questionnaires.labels import Labels
from portal.tickets.models import Ticket
from tests.portal.interviews.cast import HIS_FAULT, Browser
from tests.portal_app import TUESDAY_MORNING

CDN_FAULT = HIS_FAULT.with_name("cdn-fault.yaml")


def begun(questionnaire: Questionnaire, **answers: str) -> Run:
    return Run.begin(questionnaire, today=TUESDAY_MORNING.date()).with_answers(answers)


def with_symptom(path: Path, question: str) -> Questionnaire:
    """Return a questionnaire that says of one of its questions that it asks in which way it goes wrong."""
    found = load_file(path)
    return replace(found, snapshot={**found.snapshot, "impact.symptom": question})


def test_what_is_about_no_product_has_the_fault_types_of_its_questionnaire() -> None:
    assert fault_type_of(begun(load_file(CDN_FAULT), symptom="slow")) == "cdn-fault/slow"


def test_what_is_about_a_product_has_those_of_the_product() -> None:
    run = begun(with_symptom(HIS_FAULT, "blocked"), product="his", module="orders", blocked="slow")
    assert fault_type_of(run) == "slow"


@pytest.mark.parametrize(
    ("path", "question", "answers"),
    [
        (HIS_FAULT, "", {"product": "his", "blocked": "slow"}),  # it doesn't ask in which way it goes wrong
        (HIS_FAULT, "blocked", {"product": "his"}),  # nobody has answered yet
        (HIS_FAULT, "module", {"product": "his", "module": "orders"}),  # a part is no way to go wrong
        (HIS_FAULT, "product", {"product": "other"}),
    ],
)
def test_nothing_is_made_up(path: Path, question: str, answers: dict[str, str]) -> None:
    assert fault_type_of(begun(with_symptom(path, question), **answers)) == ""


def test_fault_types_are_named_as_the_questionnaire_names_them() -> None:
    named = Labels(load_file(CDN_FAULT), "zh_Hans").fault_types()
    assert named["cdn-fault/slow"] == named["slow"] != "slow"
    assert Labels(load_file(HIS_FAULT), "en").fault_types()["slow"] == "It is slow"
    assert Labels(load_file(HIS_FAULT.with_name("question.yaml")), "en").fault_types() == {}


@pytest.mark.parametrize(
    ("path", "answers", "fault_type"),
    [
        (HIS_FAULT, {"product": "his", "module": "orders", "blocked": "slow", "symptom": "empty"}, "empty"),
        (HIS_FAULT, {"product": "his", "module": "orders", "blocked": "slow", "symptom": "other"}, ""),
        (HIS_FAULT, {"product": "other", "blocked": "slow", "symptom": "empty"}, "his-fault/empty"),
        (HIS_FAULT.with_name("software-fault.yaml"), {"program": "x", "symptom": "crash"}, "software-fault/crash"),
    ],
)
def test_each_shipped_questionnaire_about_faults_asks_in_which_way(
    path: Path, answers: dict[str, str], fault_type: str
) -> None:
    assert fault_type_of(begun(load_file(path), **answers)) == fault_type


def test_a_ticket_knows_its_fault_type(browser: Browser, session: Session) -> None:
    questionnaires.publish(session, load_file(CDN_FAULT), by=SYSTEM, at=clock.now())
    session.commit()
    browser.send({"questionnaire": "cdn-fault", "once": "f" * 32}, to="/interviews")
    browser.send({"q-symptom": "setting", "q-domain": "www.hospital.example"})
    while "/check" not in browser.path:
        browser.send({"q-callback": "010-5555-0199", "q-setting": "A certificate"})
    browser.send()
    assert session.scalars(select(Ticket.fault_type)).one() == "cdn-fault/setting"
