"""What agents write: with files, about a part of the description, begun and kept, and what they have read."""

from datetime import timedelta
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Attachment, Audience, Event, EventKind, ReplyDraft, Seen, Ticket, TicketState
from tests.portal.desk.scene import As, keys, now_of
from tests.portal.tickets.cast import DOCUMENT, Cast, a_ticket
from tests.portal.tickets.services.acts import reply


def text(name: str) -> tuple[BytesIO, str]:
    return BytesIO(b"one line\n"), name


def send(desk: FlaskClient, ticket: Ticket, **values: object) -> int:
    """Send the form of a public update."""
    data = {"reply-body": "Please look at these.", **keys(desk, ticket, "reply"), **values}
    return desk.post(f"/desk/tickets/{ticket.reference}/updates", data=data).status_code


def attached(cast: Cast) -> list[Audience]:
    return list(cast.session.scalars(select(Attachment.audience)))


def test_several_files_go_along_with_an_update(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert send(desk, ticket, **{"reply-files": [text("a.txt"), text("b.log")]}) == 303
    assert attached(cast) == [Audience.CUSTOMER, Audience.CUSTOMER]


def test_the_customer_opens_them(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    send(desk, ticket, **{"reply-files": [text("a.txt")]})
    file_id = cast.session.scalars(select(Attachment.file_id)).one()
    customers = as_(cast.tang)
    assert "a.txt" in customers.get(f"/tickets/{ticket.reference}").text
    with customers.get(f"/tickets/{ticket.reference}/files/{file_id}") as sent:
        assert sent.data == b"one line\n"


def test_files_go_along_with_a_question_too(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert send(desk, ticket, **{"reply-state": "waiting_customer", "reply-files": [text("a.txt")]}) == 303
    assert now_of(cast.session, ticket).state == TicketState.WAITING_CUSTOMER
    assert len(attached(cast)) == 1


def test_a_file_that_can_not_be_taken_is_named_and_nothing_is_sent(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    data = {
        "reply-body": "canary-kept",
        "reply-files": [(BytesIO(b"MZ"), "tool.exe")],
        **keys(desk, ticket, "reply"),
    }
    page = desk.post(f"/desk/tickets/{ticket.reference}/updates", data=data)
    assert page.status_code == 422
    assert "tool.exe" in page.text
    assert "canary-kept" in page.text
    assert attached(cast) == []


def test_a_file_of_a_note_stays_inside(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    data = {"note-body": "See file", "note-files": [text("inside.txt")], **keys(desk, ticket, "note")}
    assert desk.post(f"/desk/tickets/{ticket.reference}/notes", data=data).status_code == 303
    assert attached(cast) == [Audience.INTERNAL]
    assert "inside.txt" not in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_a_question_names_the_step_it_is_about(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast, document={**DOCUMENT, "steps": [{"did": "Press {key:F7}", "expected": "", "saw": ""}]})
    send(desk, ticket, **{"reply-state": "waiting_customer", "reply-about": "step:1"})
    assert "About “Step 1”" in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_what_an_agent_has_begun_is_there_again_and_goes_when_it_is_sent(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    kept = desk.post(f"/desk/tickets/{ticket.reference}/draft", data={"reply-body": "We are looking into"})
    assert kept.status_code == 303
    assert "We are looking into</textarea>" in desk.get(f"/desk/tickets/{ticket.reference}").text
    send(desk, ticket)
    assert cast.session.scalars(select(ReplyDraft)).all() == []


def test_no_customer_sees_what_an_agent_has_begun(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    desk.post(f"/desk/tickets/{ticket.reference}/draft", data={"reply-body": "canary-agents-draft"})
    assert "canary-agents-draft" not in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_an_ended_ticket_takes_no_draft_and_shows_the_words(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    page = desk.post(f"/desk/tickets/{ticket.reference}/draft", data={"reply-body": "late"})
    assert page.status_code == 422


def test_a_limited_agent_gets_404(cast: Cast, as_: As) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.tang).post(f"/desk/tickets/{ticket.reference}/draft", data={}).status_code == 403
    missing = as_(cast.agent).post("/desk/tickets/T-2026-999999/draft", data={"reply-body": "x"})
    assert missing.status_code == 404


def test_the_customer_sees_that_support_has_read_it(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    assert "Seen by support" not in as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    desk.get(f"/desk/tickets/{ticket.reference}")
    assert "Seen by support, 10:02" in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_what_came_later_is_not_seen_before_somebody_looks_again(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    desk.get(f"/desk/tickets/{ticket.reference}")
    reply(cast, ticket)
    assert as_(cast.tang).get(f"/tickets/{ticket.reference}").text.count("Seen by support") == 1
    desk.get(f"/desk/tickets/{ticket.reference}")
    assert as_(cast.tang).get(f"/tickets/{ticket.reference}").text.count("Seen by support") == 2


def test_looking_again_notes_nothing_more_and_the_first_moment_stays(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    desk.get(f"/desk/tickets/{ticket.reference}")
    first = cast.session.scalars(select(Seen.at)).one()
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        desk.get(f"/desk/tickets/{ticket.reference}")
    assert cast.session.scalars(select(Seen.at)).one() == first


def test_a_customer_who_looks_notes_nothing(cast: Cast, as_: As) -> None:
    ticket = a_ticket(cast)
    as_(cast.manager).get(f"/tickets/{ticket.reference}")
    assert cast.session.scalars(select(Seen)).all() == []


def test_details_show_what_is_different_now(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    document = {**DOCUMENT, "impact": {"scope": "hospital"}}
    services.revise_snapshot(cast.session, ticket, document=document, by=cast.actor(cast.tang), at=clock.now())
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "<del>ward</del> <ins>hospital</ins>" in page
    assert "<del>his</del>" not in page


def test_details_without_a_difference_say_so(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.revise_snapshot(cast.session, ticket, document=DOCUMENT, by=cast.actor(cast.tang), at=clock.now())
    assert "Nothing in it has changed." in desk.get(f"/desk/tickets/{ticket.reference}").text


def test_a_note_is_nothing_to_be_seen(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    desk.get(f"/desk/tickets/{ticket.reference}")
    services.add_note(cast.session, ticket, body="inside", by=cast.actor(cast.agent), at=clock.now())
    desk.get(f"/desk/tickets/{ticket.reference}")
    assert len(cast.session.scalars(select(Seen)).all()) == 1
    assert EventKind.NOTED in set(cast.session.scalars(select(Event.kind)))
