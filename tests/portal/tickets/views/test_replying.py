"""A customer's reply, with files."""

import io

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.core import clock
from portal.core.models import TypedText
from portal.files.checks import CheckedFile
from portal.files.services import Owner, receive
from portal.tickets import services
from portal.tickets.models import Attachment, Event, EventKind, Ticket, TicketState
from portal.tickets.services import StateChange
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket


def send(browser: FlaskClient, ticket: Ticket, **fields: object) -> TestResponse:
    return browser.post(
        f"/tickets/{ticket.reference}/replies", data={"once": "a", **fields}, content_type="multipart/form-data"
    )


def said(cast: Cast, ticket: Ticket) -> list[str | None]:
    cast.session.expire_all()
    rows = select(TypedText.body).join(Event, Event.text_id == TypedText.id)
    return list(cast.session.scalars(rows.where(Event.ticket_id == ticket.id, Event.kind == EventKind.REPLIED)))


def a_picture() -> tuple[io.BytesIO, str]:
    body = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(body, "PNG")
    body.seek(0)
    return body, "screen.png"


def test_it_adds_what_the_customer_says(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    answer = send(as_(cast.tang), ticket, body="All three windows.")
    assert answer.status_code == 303
    assert said(cast, ticket) == ["All three windows."]


def test_an_answer_takes_the_ball_back_to_us(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    change = StateChange(to=TicketState.WAITING_CUSTOMER, words="Which key did you press?")
    services.change_state(cast.session, ticket, change=change, by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    send(as_(cast.tang), ticket, body="F7")
    cast.session.expire_all()
    assert ticket.state == TicketState.IN_PROGRESS


def test_a_double_click_says_it_once(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser = as_(cast.tang)
    for _ in range(2):
        assert send(browser, ticket, body="All three windows.").status_code == 303
    assert len(said(cast, ticket)) == 1


def test_the_same_key_from_another_person_is_another_reply(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    send(as_(cast.tang), ticket, body="One.")
    send(as_(cast.manager), ticket, body="Two.")
    assert len(said(cast, ticket)) == 2


def test_a_form_without_its_key_still_counts(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser = as_(cast.tang)
    for body in ("One.", "Two."):
        assert send(browser, ticket, body=body, once="").status_code == 303
    assert len(said(cast, ticket)) == 2


def test_secrets_are_taken_out_before_anything_is_kept(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    send(as_(cast.tang), ticket, body="It said password=hunter2Secret! when I tried.")
    assert "hunter2Secret" not in str(said(cast, ticket))


def test_a_picture_comes_along_and_can_be_opened_again(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser = as_(cast.tang)
    assert send(browser, ticket, body="", files=a_picture()).status_code == 303
    file_id = cast.session.scalars(select(Attachment.file_id).where(Attachment.ticket_id == ticket.id)).one()
    url = f"/tickets/{ticket.reference}/files/{file_id}"
    assert url in browser.get(f"/tickets/{ticket.reference}").text
    with browser.get(url) as sent:
        assert sent.status_code == 200
    assert as_(cast.stranger).get(url).status_code == 404
    assert as_(cast.colleague).get(url).status_code == 404


def test_a_file_opens_under_its_own_ticket_only(cast: Cast, as_: SignInAs) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    browser = as_(cast.tang)
    send(browser, ticket, body="", files=a_picture())
    file_id = cast.session.scalars(select(Attachment.file_id)).one()
    assert browser.get(f"/tickets/{other.reference}/files/{file_id}").status_code == 404


def test_a_file_of_a_note_stays_inside(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    by, at = cast.actor(cast.agent), clock.now()
    log = CheckedFile(name="inside.txt", media_type="text/plain", body=b"canary")
    file = receive(cast.session, log, storage_key="0" * 40, owner=Owner(by.person_id, None), at=at)
    services.add_note(cast.session, ticket, body="See the log.", by=by, at=at, attachments=[file.id])
    cast.session.commit()
    browser = as_(cast.tang)
    assert browser.get(f"/tickets/{ticket.reference}/files/{file.id}").status_code == 404
    assert "inside.txt" not in browser.get(f"/tickets/{ticket.reference}").text


@pytest.mark.parametrize("body", ["", "  \n ", "\x00\u202e"])
def test_nothing_said_is_asked_for(cast: Cast, as_: SignInAs, body: str) -> None:
    ticket = a_ticket(cast)
    answer = send(as_(cast.tang), ticket, body=body)
    assert answer.status_code == 422
    assert "Write something, or add a file." in answer.text
    assert said(cast, ticket) == []


def test_a_file_that_can_not_be_taken_is_named_and_the_text_is_kept(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    answer = send(as_(cast.tang), ticket, body="See the log.", files=(io.BytesIO(b"MZ\x90\x00" * 50), "tool.exe"))
    assert answer.status_code == 422
    assert "tool.exe" in answer.text
    assert "See the log." in answer.text
    assert said(cast, ticket) == []


def test_an_enormous_text_is_refused_and_its_beginning_kept(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/replies", data={"body": "long " * 500_000})
    assert answer.status_code == 422
    assert "The first 20,000 characters are kept here." in answer.text
    assert "long long" in answer.text


def test_a_reply_to_a_ticket_that_closed_meanwhile_is_kept_on_the_page(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    answer = send(as_(cast.tang), ticket, body="One more thing.")
    assert answer.status_code == 422
    assert "One more thing." in answer.text
    assert said(cast, ticket) == []


def test_script_is_text(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser = as_(cast.tang)
    send(browser, ticket, body="<script>alert(1)</script>")
    page = browser.get(f"/tickets/{ticket.reference}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_stranger_gets_404(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert send(as_(cast.stranger), ticket, body="Hello").status_code == 404


def test_an_agent_has_a_place_of_their_own(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert send(as_(cast.agent), ticket, body="Hello").status_code == 403


def test_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert send(client, ticket, body="Hello").location.startswith("/sign-in")


def test_it_is_not_there_to_be_read(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.tang).get(f"/tickets/{ticket.reference}/replies").status_code == 405
