"""Writing on a ticket from the desk: updates, notes, moves."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.core import clock
from portal.outbox.models import OutboxMessage
from portal.tickets import services
from portal.tickets.models import Promise, Ticket, TicketState, WaitReason
from tests.factories import an_agent, an_organisation, limit_agent
from tests.portal.desk.scene import As, keys, kinds, now_of
from tests.portal.tickets.cast import Cast, a_ticket

POSTS = ["updates", "notes", "moves", "assignee", "priority", "resolution", "reopening", "contact"]


def reply(desk: FlaskClient, ticket: Ticket, body: str = "We look into it.", **values: str) -> TestResponse:
    """Send the form of the public update as its page has it."""
    fields = {f"reply-{name}": value for name, value in {"body": body, **values}.items()}
    return desk.post(f"/desk/tickets/{ticket.reference}/updates", data={**keys(desk, ticket, "reply"), **fields})


def note(desk: FlaskClient, ticket: Ticket, body: str) -> TestResponse:
    """Send the form of the note as its page has it."""
    data = {**keys(desk, ticket, "note"), "note-body": body}
    return desk.post(f"/desk/tickets/{ticket.reference}/notes", data=data)


def move(desk: FlaskClient, ticket: Ticket, **values: str) -> TestResponse:
    """Send the form that moves without words."""
    fields = {f"moving-{name}": value for name, value in values.items()}
    return desk.post(f"/desk/tickets/{ticket.reference}/moves", data={**keys(desk, ticket, "moving"), **fields})


def told(session: Session) -> list[str]:
    """Return the kinds of messages that wait to be sent, the number of the ticket excepted."""
    return [row.kind for row in session.query(OutboxMessage) if row.kind != "ticket-received"]


def test_an_update_reaches_the_customer_and_keeps_the_promise(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    answer = reply(desk, ticket)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/desk/tickets/{ticket.reference}")
    assert kinds(cast.session, ticket) == ["opened", "updated"]
    assert now_of(cast.session, ticket).state == TicketState.IN_PROGRESS
    assert told(cast.session) == ["ticket-update"]
    assert "We look into it." in as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert "Sent to the customer." in desk.get(f"/desk/tickets/{ticket.reference}").text


def test_an_update_names_who_reads_it(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "<b>Tang Xiuying</b>, <b>Liu Wei</b>" in page


def test_an_update_can_promise_the_next_one(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert reply(desk, ticket, next_by="２０２６-04-21T16:00").status_code == 303
    latest = cast.session.query(Promise).filter_by(ticket_id=ticket.id, kind="next_update").one()
    assert latest.due_at == datetime(2026, 4, 21, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"body": ""}, "Write what the customer is to read."),
        ({"body": " \u0000 \n"}, "Write what the customer is to read."),
        ({"body": "x" * 20_001}, "The first 20,000 characters are kept here."),
        ({"next_by": "soon"}, "Enter a day and a time"),
        ({"next_by": "0001-01-01T00:00"}, "Enter a day and a time"),
        ({"next_by": "2026-04-21T09:00"}, "This time has passed."),
        ({"next_by": "2027-04-21T09:00"}, "The customer hears at the latest"),
        ({"state": "waiting_internal"}, "Choose what it waits for."),
        ({"state": "waiting_internal", "reason": "lunch"}, "Choose one of these reasons."),
        ({"state": "fix_scheduled", "fix_version": ""}, "Enter the version that brings the fix."),
        ({"state": "fix_scheduled", "fix_version": "9" * 61}, "Keep it under 60 characters."),
        ({"state": "fix_scheduled", "fix_version": "5.6", "fix_on": "spring"}, "Enter a day, for example"),
        ({"state": "duplicate", "parent": "T-2026-999999"}, "Enter the reference of the ticket"),
        ({"state": "closed"}, "a ticket can&#39;t go there"),
        ({"state": "gone"}, "Choose one of these states."),
    ],
)
@pytest.mark.slow
def test_an_update_is_refused_with_everything_kept(
    cast: Cast, desk: FlaskClient, values: dict[str, str], words: str
) -> None:
    ticket = a_ticket(cast)
    answer = reply(desk, ticket, **{"body": "Typed with care.", "fix_version": "5.6.4", **values})
    assert answer.status_code == 422
    assert answer.text.count(words) >= 2
    assert ("Typed with care." in answer.text) == ("body" not in values)
    assert ("5.6.4" in answer.text) == ("fix_version" not in values)
    assert kinds(cast.session, ticket) == ["opened"]


def test_the_same_words_again_are_no_update(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    reply(desk, ticket, "We look into it.")
    answer = reply(desk, ticket, "We  look into IT.")
    assert answer.status_code == 422
    assert "The last update says the same." in answer.text


def test_a_question_hands_the_ball_to_the_customer(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    assert reply(desk, ticket, "Which ward is it?", state="waiting_customer").status_code == 303
    assert now_of(cast.session, ticket).state == TicketState.WAITING_CUSTOMER
    assert told(cast.session) == ["ticket-question"]
    assert "Which ward is it?" in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_a_wait_and_a_planned_fix_come_with_what_they_need(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    reply(desk, ticket, "In review.", state="waiting_internal", reason="review")
    assert now_of(cast.session, ticket).wait_reason == WaitReason.REVIEW
    reply(desk, ticket, "The fix is coming.", state="fix_scheduled", fix_version="5.6.4", fix_on="2026-05-08")
    found = now_of(cast.session, ticket)
    assert (found.state, found.fix_version, str(found.fix_on)) == ("fix_scheduled", "5.6.4", "2026-05-08")


def test_a_ticket_goes_on_in_another_one_but_never_in_itself(cast: Cast, desk: FlaskClient) -> None:
    main, ticket = a_ticket(cast), a_ticket(cast)
    assert reply(desk, ticket, state="duplicate", parent=ticket.reference).status_code == 422
    assert reply(desk, ticket, state="duplicate", parent=f" {main.reference.lower()} ").status_code == 303
    assert now_of(cast.session, ticket).parent_id == main.id


def test_a_double_click_sends_one_update(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    data = {**keys(desk, ticket, "reply"), "reply-body": "We look into it."}
    for _ in range(2):
        assert desk.post(f"/desk/tickets/{ticket.reference}/updates", data=data).status_code == 303
    assert kinds(cast.session, ticket) == ["opened", "updated"]


def test_the_second_of_two_agents_sees_what_changed_and_loses_nothing(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    seen = keys(desk, ticket, "reply")
    reply(as_(an_agent(cast.session, "Zhou Lan")), ticket, "Zhou was quicker.")
    data = {**seen, "reply-body": "Typed with care.", "reply-next_by": "2026-04-21T16:00"}
    answer = desk.post(f"/desk/tickets/{ticket.reference}/updates", data=data)
    assert answer.status_code == 422
    news = answer.text.partition('id="errors"')[2].partition("</section>")[0]
    assert "Zhou Lan" in news
    assert "Zhou was quicker." in news
    assert "Typed with care." in answer.text
    assert 'value="2026-04-21T16:00"' in answer.text
    data["reply-version"] = str(now_of(cast.session, ticket).version)
    assert f'name="reply-version" value="{data["reply-version"]}"' in answer.text
    assert desk.post(f"/desk/tickets/{ticket.reference}/updates", data=data).status_code == 303


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "２"])
def test_a_version_that_cannot_be_read_is_an_old_one(cast: Cast, desk: FlaskClient, version: str) -> None:
    ticket = a_ticket(cast)
    data = {"reply-version": version, "reply-once": "a" * 32, "reply-body": "Typed with care."}
    answer = desk.post(f"/desk/tickets/{ticket.reference}/updates", data=data)
    assert answer.status_code == 422
    assert "Typed with care." in answer.text


def test_a_note_reaches_no_customer(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    assert note(desk, ticket, "Their disk is full again.").status_code == 303
    assert "Their disk is full again." in desk.get(f"/desk/tickets/{ticket.reference}").text
    for customer in (cast.tang, cast.manager):
        browser = as_(customer)
        for path in (f"/tickets/{ticket.reference}", "/tickets", "/", f"/tickets/{ticket.reference}?since=0"):
            assert "Their disk is full again." not in browser.get(path).text
    assert told(cast.session) == []
    assert now_of(cast.session, ticket).next_due_at == ticket.opened_at + timedelta(minutes=15)


def test_a_note_at_the_customers_address_is_not_sent(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    data = {**keys(desk, ticket, "note"), "note-body": "Only for us."}
    assert desk.post(f"/desk/tickets/{ticket.reference}/updates", data=data).status_code == 422
    assert kinds(cast.session, ticket) == ["opened"]


def test_an_empty_note_is_refused(cast: Cast, desk: FlaskClient) -> None:
    answer = note(desk, a_ticket(cast), "")
    assert answer.status_code == 422
    assert "Write what colleagues should know." in answer.text


def test_a_note_does_not_mind_what_others_did_meanwhile(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    data = {**keys(desk, ticket, "note"), "note-body": "They called."}
    services.add_update(
        cast.session, ticket, update=services.Update("Still broken."), by=cast.actor(cast.tang), at=clock.now()
    )
    cast.session.commit()
    assert desk.post(f"/desk/tickets/{ticket.reference}/notes", data=data).status_code == 303


def test_a_quiet_move_tells_the_customer_only_what_they_would_see(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert move(desk, ticket, state="triaged").status_code == 303
    assert told(cast.session) == []
    assert move(desk, ticket, state="waiting_internal", reason="verifying").status_code == 303
    assert told(cast.session) == ["ticket-update"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "waiting_internal"}, "Choose what it waits for."),
        ({"state": "waiting_customer"}, "This move needs words for the customer."),
        ({"state": "resolved"}, "This move needs words for the customer."),
        ({"state": "closed"}, "From “New” a ticket can&#39;t go there."),
        ({"state": ""}, "From “New” a ticket can&#39;t go there."),
        ({"state": "gone"}, "Choose one of these states."),
    ],
)
def test_a_refused_move_says_why(cast: Cast, desk: FlaskClient, values: dict[str, str], words: str) -> None:
    ticket = a_ticket(cast)
    answer = move(desk, ticket, **values)
    assert answer.status_code == 422
    assert words in answer.text
    assert kinds(cast.session, ticket) == ["opened"]


@pytest.mark.parametrize("path", POSTS)
def test_looking_at_an_address_that_changes_is_405(cast: Cast, desk: FlaskClient, path: str) -> None:
    assert desk.get(f"/desk/tickets/{a_ticket(cast).reference}/{path}").status_code == 405


@pytest.mark.parametrize("path", POSTS)
def test_nobody_changes_what_they_do_not_see(cast: Cast, as_: As, client: FlaskClient, path: str) -> None:
    ticket, limited = a_ticket(cast), an_agent(cast.session, "Zhou Lan")
    limit_agent(cast.session, limited, organisations=(an_organisation(cast.session, "Yunling"),))
    address = f"/desk/tickets/{ticket.reference}/{path}"
    assert as_(cast.tang).post(address).status_code == 403
    assert client.post(address).status_code == 303
    browser = as_(limited)
    data = {f"{prefix}-body": "x" for prefix in ("reply", "note")}
    assert browser.post(address, data=data).status_code == 404
    assert browser.post(address.replace(ticket.reference, "T-2026-999999"), data=data).status_code == 404
    assert kinds(cast.session, ticket) == ["opened"]
