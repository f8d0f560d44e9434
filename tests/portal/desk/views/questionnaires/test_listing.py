"""What is published, for agents: the list, one version with all its paths, its file."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from intake.loading import load_file, load_text
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.questionnaires import services
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.shipped import SHIPPED
from tests.portal.desk.scene import As
from tests.portal.questionnaires.examples import a_questionnaire
from tests.portal.tickets.cast import Cast

PAGES = ("/desk/questionnaires", "/desk/questionnaires/his-fault/4", "/desk/questionnaires/his-fault/4/source")


def test_the_list_names_each_with_its_versions(
    desk: FlaskClient, session: Session, published: QuestionnaireVersion
) -> None:
    for number in (1, 2):
        services.publish(session, a_questionnaire(version=number), by=SYSTEM, at=clock.now())
    session.commit()
    page = desk.get("/desk/questionnaires").text
    assert "Report a problem with your hospital system" in page
    assert "/desk/questionnaires/small/1" in page
    assert "/desk/questionnaires/small/2" in page


def test_an_empty_list_says_what_that_means(desk: FlaskClient) -> None:
    assert "Until one is, customers can only call." in desk.get("/desk/questionnaires").text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_one_can_be_looked_at(desk: FlaskClient, session: Session, path: object) -> None:
    questionnaire = load_file(str(path))
    services.publish(session, questionnaire, by=SYSTEM, at=clock.now())
    session.commit()
    page = desk.get(f"/desk/questionnaires/{questionnaire.id}/{questionnaire.version}")
    assert page.status_code == 200
    assert questionnaire.sha256[:32] in page.text
    for each in questionnaire.questions.values():
        assert page.text.count(each.text.split("{")[0].replace("'", "&#39;")) >= 1, each.id
    assert not re.findall(r"\b[EW]\d{3}\b", page.text)
    assert "Nothing: every question can be reached" in page.text


def test_the_picture_and_the_table_tell_the_same(desk: FlaskClient, published: QuestionnaireVersion) -> None:
    page = desk.get("/desk/questionnaires/his-fault/4").text
    picture = page.partition('<svg class="chart chart--flow"')[2].partition("</svg>")[0]
    pages = len(re.findall(r'class="val"[^>]*>\d+ ', picture))
    assert pages == 8
    assert f'aria-label="{pages} pages, 5 of them only after certain answers"' in page
    assert "Only if: “Can you still do the work?” is not" in picture
    assert "“Which system are you using?”: Outpatient and inpatient system" in page.partition("</svg>")[2]


def test_findings_stand_with_their_place(desk: FlaskClient, session: Session) -> None:
    text = SHIPPED[0].read_text(encoding="utf-8").replace("Could data be lost or", "Press F7. Could data be lost or")
    services.publish(session, load_text(text, name="his"), by=SYSTEM, at=clock.now(), source=text)
    session.commit()
    page = desk.get("/desk/questionnaires/his-fault/4").text
    assert re.search(r'<th scope="row">E501</th><td data-l="Place"><code class="num">\d+:\d+</code>', page)


def test_a_version_says_what_it_has_changed(desk: FlaskClient, session: Session) -> None:
    services.publish(session, a_questionnaire(version=1), by=SYSTEM, at=clock.now())
    services.publish(session, a_questionnaire(version=2, title="Another title"), by=SYSTEM, at=clock.now())
    session.commit()
    page = desk.get("/desk/questionnaires/small/2").text
    assert "Changed since version 1" in page
    assert "No question has changed." in page
    assert "Changed since" not in desk.get("/desk/questionnaires/small/1").text


def test_the_file_comes_as_it_was_written(desk: FlaskClient, published: QuestionnaireVersion) -> None:
    response = desk.get("/desk/questionnaires/his-fault/4/source")
    assert response.text == SHIPPED[0].read_text(encoding="utf-8")
    assert 'filename="his-fault-4.yaml"' in response.headers["Content-Disposition"]


def test_where_the_file_is_not_known_the_download_can_be_published_again(desk: FlaskClient, session: Session) -> None:
    questionnaire = a_questionnaire()
    services.publish(session, questionnaire, by=SYSTEM, at=clock.now())
    session.commit()
    text = desk.get("/desk/questionnaires/small/1/source").text
    assert load_text(text, name="again.yaml").sha256 == questionnaire.sha256


@pytest.mark.parametrize("path", ["his-fault/99", "nothing/1", "his-fault/2147483648", "his-fault/-1", "%0a/3"])
def test_what_is_not_there_is_not_found(desk: FlaskClient, published: QuestionnaireVersion, path: str) -> None:
    assert desk.get(f"/desk/questionnaires/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_customers_have_no_business_here(
    cast: Cast, as_: As, client: FlaskClient, published: QuestionnaireVersion, path: str
) -> None:
    assert as_(cast.tang).get(path).status_code == 403
    assert client.get(path).status_code == 303
    assert as_(cast.agent).post(path).status_code in (403, 405)
