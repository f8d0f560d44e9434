"""A snapshot in the words of its questionnaire."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from intake.interview import Interview
from intake.snapshot import build
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.questionnaires.services import publish
from portal.tickets.documents import described
from tests.intake.making import his_fault
from tests.portal.questionnaires.examples import a_questionnaire
from tests.portal.tickets.cast import DOCUMENT

ANSWERS = {"what": "Nothing happens.", "bad": "very"}


@pytest.fixture
def document(session: Session) -> dict[str, object]:
    """Return a snapshot of a published questionnaire."""
    questionnaire = a_questionnaire()
    publish(session, questionnaire, by=SYSTEM, at=clock.now())
    session.commit()
    interview = Interview.begin(questionnaire, today=clock.now().date()).with_answers(ANSWERS)
    return build(interview, now=clock.now())


def test_it_says_questions_and_answers(session: Session, document: dict[str, object]) -> None:
    said = described(session, document, "en")
    assert [(each.asked.plain, each.in_one_line) for each in said] == [
        ("What happens when you press F7?", "Nothing happens."),
        ("How bad?", "Very"),
    ]


def test_a_question_that_nobody_was_shown_is_left_out(session: Session) -> None:
    questionnaire = his_fault()
    publish(session, questionnaire, by=SYSTEM, at=clock.now())
    session.commit()
    interview = Interview.begin(questionnaire, today=clock.now().date()).with_answers({"blocked": "slow"})
    document = build(interview, now=clock.now())
    assert document["known_issue"] == {"outcome": "none"}
    assert "Is one of these your problem?" not in [each.asked.plain for each in described(session, document, "en")]


def test_it_looks_its_questionnaire_up_once(session: Session, document: dict[str, object]) -> None:
    described(session, document, "en")
    seen: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: seen.append(call[2]))
    described(session, document, "en")
    assert seen == []


def test_what_nobody_asked_for_is_shown_by_its_name(session: Session) -> None:
    said = described(session, DOCUMENT, "en")
    assert ("impact.scope", "ward") in [(each.asked.plain, each.in_one_line) for each in said]


def test_an_erased_description_says_nothing(session: Session) -> None:
    assert described(session, {}, "en") == []
