"""A page of a questionnaire as customers see it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.loading import load_file
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.interviews.models import Interview, QuestionVisit
from portal.questionnaires import services
from portal.questionnaires.labels import Labels
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.shipped import SHIPPED
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast

WHERE = "/desk/questionnaires/his-fault/4/pages/where/en"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_page_shows_every_question_in_every_language(
    desk: FlaskClient, session: Session, path: object, language: str
) -> None:
    questionnaire = load_file(str(path))
    services.publish(session, questionnaire, by=SYSTEM, at=clock.now())
    session.commit()
    labels = Labels(questionnaire, language)
    for page in questionnaire.pages:
        address = f"/desk/questionnaires/{questionnaire.id}/{questionnaire.version}/pages/{page.id}/{language}"
        shown = desk.get(address)
        assert shown.status_code == 200
        for question in page.questions:
            assert str(labels.question(question).__html__()) in shown.text


def test_it_says_what_is_asked_only_after_certain_answers(desk: FlaskClient, published: QuestionnaireVersion) -> None:
    page = desk.get(WHERE).text
    assert "“Which system are you using?” is one of “Outpatient and inpatient system / Doctors" in page


def test_nothing_is_saved(desk: FlaskClient, session: Session, published: QuestionnaireVersion) -> None:
    desk.get(WHERE)
    counts = [session.scalar(select(func.count()).select_from(each)) for each in (Interview, QuestionVisit)]
    assert counts == [0, 0]


@pytest.mark.parametrize("end", ["where/xx", "nothing/en"])
def test_what_is_not_there_is_not_found(desk: FlaskClient, published: QuestionnaireVersion, end: str) -> None:
    assert desk.get(f"/desk/questionnaires/his-fault/4/pages/{end}").status_code == 404


def test_customers_have_no_business_here(
    cast: Cast, as_: As, client: FlaskClient, published: QuestionnaireVersion
) -> None:
    assert as_(cast.tang).get(WHERE).status_code == 403
    assert client.get(WHERE).status_code == 303
    assert as_(cast.agent).post(WHERE).status_code == 405
