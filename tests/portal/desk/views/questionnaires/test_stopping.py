"""Where people stop, for agents."""

import csv
import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.core import clock
from portal.interviews.models import QuestionVisit
from portal.questionnaires.models import QuestionnaireVersion
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast

STOPS = "/desk/questionnaires/his-fault/stops"


def visit(session: Session, version: QuestionnaireVersion, run: UUID, question: str, kind: str) -> None:
    seconds = 12 if kind in ("answered", "unknown", "open") else None
    session.add(
        QuestionVisit(
            version_id=version.id, interview_id=run, question_id=question, kind=kind, seconds=seconds, at=clock.now()
        )
    )
    session.flush()


@pytest.fixture
def visits(session: Session, published: QuestionnaireVersion) -> None:
    """Let one interview pass the first question and stop at the second, and another stop at once."""
    first, second = uuid4(), uuid4()
    for question, kind in (
        ("product", "shown"), ("product", "refused"), ("product", "refused"), ("product", "answered"),
        ("blocked", "shown"),
    ):  # fmt: skip
        visit(session, published, first, question, kind)
    visit(session, published, second, "product", "shown")
    session.commit()


def rows(browser: FlaskClient, query: str = "") -> dict[str, dict[str, str]]:
    response = browser.get(f"{STOPS}.csv{query}")
    assert response.mimetype == "text/csv"
    return {row["question"]: row for row in csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")))}


@pytest.mark.usefixtures("visits")
def test_each_question_has_its_figures(desk: FlaskClient) -> None:
    found = rows(desk)
    wanted = ("seen", "answered", "errors", "seconds", "left")
    assert [found["product"][each] for each in wanted] == ["2", "1", "2", "12", "1"]
    assert [found["blocked"][each] for each in wanted] == ["1", "0", "0", "", "1"]


@pytest.mark.usefixtures("visits")
def test_the_page_shows_bars_and_numbers(desk: FlaskClient) -> None:
    page = desk.get(STOPS).text
    assert "<b>2</b>" in page
    assert "interviews begun: 0 sent, 0 solved on the way, 2 left" in page
    assert '<rect class="bar bar--late" fill="#b45309" width="100%"' in page
    assert '<td data-l="Time on its page">12 s</td>' in page


@pytest.mark.usefixtures("visits")
def test_old_figures_and_other_versions_are_left_out(desk: FlaskClient, session: Session) -> None:
    assert rows(desk)
    session.execute(update(QuestionVisit).values(at=clock.now() - timedelta(days=91)))
    session.commit()
    assert rows(desk) == {}
    assert desk.get(f"{STOPS}?version=9").status_code == 404


def test_nothing_yet_is_said_plainly(desk: FlaskClient, published: QuestionnaireVersion) -> None:
    assert "Nobody has begun this version yet." in desk.get(STOPS).text


@pytest.mark.parametrize("end", ["", ".csv"])
def test_customers_have_no_business_here(
    cast: Cast, as_: As, client: FlaskClient, published: QuestionnaireVersion, end: str
) -> None:
    assert as_(cast.tang).get(f"{STOPS}{end}").status_code == 403
    assert client.get(f"{STOPS}{end}").status_code == 303
    assert as_(cast.agent).post(f"{STOPS}{end}").status_code == 405
    assert as_(cast.agent).get(f"/desk/questionnaires/nothing/stops{end}").status_code == 404
