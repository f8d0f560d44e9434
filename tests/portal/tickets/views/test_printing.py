"""Having a ticket's PDF made, waiting for it, fetching it."""

from io import BytesIO

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from portal.core import clock
from portal.core.db import Database
from portal.core.models import TypedText
from portal.outbox.models import Job
from portal.outbox.worker import Worker
from portal.printing import PDF_JOB
from portal.tickets import services
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.services.acts import reply
from tests.portal.tickets.views.test_showing import statements

CANARY = "canary-6161"


def jobs(cast: Cast) -> int:
    """Return how many PDFs were ever asked for."""
    return cast.session.execute(select(func.count()).where(Job.kind == PDF_JOB)).scalar_one()


def make(app: Flask, cast: Cast) -> None:
    """Let the worker make what waits."""
    worker = Worker(app)
    for _ in range(20):
        if cast.session.execute(select(Job.id).where(Job.done_at.is_(None), Job.dead_at.is_(None))).first() is None:
            return
        worker.turn()
    raise AssertionError("the worker does not come to an end")


def test_the_page_of_a_ticket_offers_it(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert f'action="/tickets/{ticket.reference}/paper/en"' in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


@pytest.mark.slow
def test_it_is_made_by_the_worker_and_sent(app: Flask, cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.add_note(cast.session, ticket, body=CANARY, by=cast.actor(cast.agent), at=clock.now())
    browser, path = as_(cast.tang), f"/tickets/{ticket.reference}/paper/zh_Hant"
    assert browser.post(path).location.endswith(path)
    assert "The PDF is being made" in browser.get(path).text
    make(app, cast)
    assert "The PDF is ready" in browser.get(path).text
    sent = browser.get(f"{path}/file")
    assert sent.mimetype == "application/pdf"
    assert sent.headers["Content-Disposition"] == f"attachment; filename={ticket.reference}-zh-Hant.pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(sent.data)).pages)
    sent.close()
    assert "問題快照" in text
    assert CANARY not in text


def test_the_same_state_is_asked_for_once(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    path = f"/tickets/{ticket.reference}/paper/en"
    as_(cast.tang).post(path)
    services.add_note(cast.session, ticket, body="Seen.", by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    as_(cast.manager).post(path)
    assert jobs(cast) == 1


def test_what_happened_since_makes_another_one(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser, path = as_(cast.tang), f"/tickets/{ticket.reference}/paper/en"
    browser.post(path)
    said = reply(cast, ticket)
    cast.session.commit()
    assert "Make the PDF" in browser.get(path).text
    browser.post(path)
    cast.session.execute(update(TypedText).where(TypedText.id == said.text_id).values(body="", erased_at=clock.now()))
    assert "Make the PDF" in browser.get(path).text
    browser.post(path)
    assert jobs(cast) == 3


def test_one_that_was_given_up_is_tried_again(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser, path = as_(cast.tang), f"/tickets/{ticket.reference}/paper/en"
    browser.post(path)
    cast.session.execute(update(Job).where(Job.kind == PDF_JOB).values(dead_at=clock.now()))
    assert "The PDF did not come about" in browser.get(path).text
    browser.post(path)
    assert "The PDF is being made" in browser.get(path).text


def test_a_page_that_waits_is_told_only_when_there_is_news(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser, path = as_(cast.tang), f"/tickets/{ticket.reference}/paper/en"
    browser.post(path)
    assert browser.get(path, headers={"HX-Request": "true"}).status_code == 204
    cast.session.execute(update(Job).where(Job.kind == PDF_JOB).values(dead_at=clock.now()))
    piece = browser.get(path, headers={"HX-Request": "true"})
    assert piece.text.lstrip().startswith('<section id="paper"')


def test_before_it_is_made_its_address_leads_to_the_page_that_waits(cast: Cast, as_: SignInAs) -> None:
    path = f"/tickets/{a_ticket(cast).reference}/paper/en"
    assert as_(cast.tang).get(f"{path}/file").location.endswith(path)


@pytest.mark.parametrize("where", ["", "/file"])
def test_a_stranger_finds_none(cast: Cast, as_: SignInAs, where: str) -> None:
    path = f"/tickets/{a_ticket(cast).reference}/paper/en"
    as_(cast.tang).post(path)
    assert as_(cast.stranger).get(f"{path}{where}").status_code == 404
    assert as_(cast.stranger).post(path).status_code == 404
    assert jobs(cast) == 1


def test_a_language_that_we_do_not_speak_is_not_there(cast: Cast, as_: SignInAs) -> None:
    assert as_(cast.tang).get(f"/tickets/{a_ticket(cast).reference}/paper/tlh").status_code == 404


def test_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    assert client.get(f"/tickets/{a_ticket(cast).reference}/paper/en").location.startswith("/sign-in")


def test_waiting_costs_three_statements(cast: Cast, as_: SignInAs, database: Database) -> None:
    path = f"/tickets/{a_ticket(cast).reference}/paper/en"
    browser = as_(cast.tang)
    browser.post(path)
    assert statements(database, lambda: browser.get(path)) <= 3


def test_an_agent_has_it_made_from_the_desk(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser, path = as_(cast.agent), f"/desk/tickets/{ticket.reference}/paper/zh_Hans"
    assert browser.post(path).location.endswith(path)
    page = browser.get(path).text
    assert "Internal notes are never in it." in page
    assert f'href="{path}"' in page
    assert browser.get(f"{path}/file").location.endswith(path)
    assert jobs(cast) == 1
