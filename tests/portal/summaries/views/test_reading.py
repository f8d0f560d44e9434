"""Reading summaries, and choosing how often they come."""

from contextlib import closing
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from portal.outbox.models import OutboxMessage
from portal.outbox.worker import Worker
from portal.summaries.mail import write
from portal.summaries.messages import READY
from portal.summaries.models import SummaryPlan, SummaryReader
from tests.portal.summaries.scene import a_summary
from tests.portal.tickets.cast import Cast, SignInAs


def test_it_shows_the_figures(cast: Cast, as_: SignInAs) -> None:
    summary, browser = a_summary(cast), as_(cast.tang)
    assert "20 April to 26 April" in browser.get("/organisation/summaries").text
    page = browser.get(f"/organisation/summaries/{summary.id}").text
    for words in ("3 promises fell due: 2 kept, 1 late.", "Writing orders", "Not named", "5 stars", "1 rating"):
        assert words in page


@pytest.mark.slow
def test_it_can_be_had_as_pdf(app: Flask, cast: Cast, as_: SignInAs) -> None:
    path, browser = f"/organisation/summaries/{a_summary(cast).id}", as_(cast.tang)
    assert browser.get(f"{path}/paper").headers["Location"] == path
    browser.post(f"{path}/paper")
    assert "The PDF is being made." in browser.get(path).text
    worker = Worker(app)
    while worker.turn():
        pass
    assert "Save as PDF" in browser.get(path).text
    with closing(browser.get(f"{path}/paper")) as answer:
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "20 April to 26 April" in text
    assert "Writing orders" in text


def test_the_manager_chooses_how_often(cast: Cast, as_: SignInAs) -> None:
    browser = as_(cast.manager)
    assert browser.post("/organisation/summaries/plan", data={"rhythm": "monthly"}).status_code == 303
    assert cast.session.query(SummaryPlan).one().rhythm == "monthly"
    assert "The next one comes on 1 May." in browser.get("/organisation/summaries").text
    browser.post("/organisation/summaries/plan", data={"rhythm": "never"})
    assert cast.session.query(SummaryPlan).count() == 0
    assert browser.post("/organisation/summaries/plan", data={"rhythm": "hourly"}).status_code == 422


def test_anybody_gets_them_by_mail_or_not(cast: Cast, as_: SignInAs) -> None:
    browser = as_(cast.tang)
    browser.post("/organisation/summaries/readers", data={"by_mail": "yes"})
    assert "You get each new summary by mail." in browser.get("/organisation/summaries").text
    assert cast.session.query(SummaryReader).count() == 1
    browser.post("/organisation/summaries/readers", data={"by_mail": "no"})
    assert cast.session.query(SummaryReader).count() == 0
    assert browser.post("/organisation/summaries/readers", data={}).status_code == 422


def test_it_is_for_the_organisation_alone(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    path = f"/organisation/summaries/{a_summary(cast).id}"
    assert as_(cast.stranger).get(path).status_code == 404
    assert as_(cast.stranger).get(f"{path}/paper").status_code == 404
    assert as_(cast.stranger).post(f"{path}/paper").status_code == 404
    assert as_(cast.tang).get(f"/organisation/summaries/{uuid4()}").status_code == 404
    assert as_(cast.agent).get(path).status_code == 403
    assert as_(cast.tang).post("/organisation/summaries/plan", data={"rhythm": "weekly"}).status_code == 403
    assert client.get(path).status_code == 303


def test_an_organisations_page_leads_to_it(cast: Cast, as_: SignInAs) -> None:
    assert 'href="/organisation/summaries"' in as_(cast.tang).get("/organisation").text


def test_an_agent_reads_an_organisations_summaries_and_decides_how_often_they_come(cast: Cast, as_: SignInAs) -> None:
    summary, browser = a_summary(cast), as_(cast.agent)
    organisation = f"/desk/organisations/{summary.organisation_id}"
    assert f"{organisation}/summaries" in browser.get(organisation).text
    assert f"/organisations/{summary.organisation_id}/chat" in browser.get(organisation).text
    assert f"/desk/summaries/{summary.id}" in browser.get(f"{organisation}/summaries").text
    assert "3 promises fell due: 2 kept, 1 late." in browser.get(f"/desk/summaries/{summary.id}").text
    assert browser.post(f"{organisation}/summaries/plan", data={"rhythm": "weekly"}).status_code == 303
    assert cast.session.query(SummaryPlan).one().rhythm == "weekly"
    answer = browser.post(f"/desk/summaries/{summary.id}/paper")
    assert answer.headers["Location"] == f"/desk/summaries/{summary.id}"
    assert "The PDF is being made." in browser.get(f"/desk/summaries/{summary.id}").text


def test_an_agent_gets_them_by_mail_with_the_address_on_the_desk(app: Flask, cast: Cast, as_: SignInAs) -> None:
    summary, browser = a_summary(cast), as_(cast.agent)
    path = f"/desk/organisations/{summary.organisation_id}/summaries/readers"
    assert browser.post(path, data={"by_mail": "yes"}).status_code == 303
    assert cast.session.query(SummaryReader).one().person_id == cast.agent.person_id
    message = OutboxMessage(kind=READY, subject_id=summary.id, person_id=cast.agent.person_id)
    with app.test_request_context():
        mail = write(cast.session, message)
    assert mail is not None
    assert f"/desk/summaries/{summary.id}" in mail.text


def test_the_desk_has_no_page_of_a_summary_that_is_not_there(cast: Cast, as_: SignInAs) -> None:
    browser = as_(cast.agent)
    for path in (f"/desk/organisations/{uuid4()}/summaries", f"/desk/summaries/{uuid4()}"):
        assert browser.get(path).status_code == 404
