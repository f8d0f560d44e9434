"""Linking, splitting and merging tickets."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.outbox.models import OutboxMessage
from portal.phrasebook.models import KeptTerm
from portal.tickets import services
from portal.tickets.models import Priority, Ticket, TicketLink, TicketState
from tests.portal.desk.scene import As, kinds, now_of
from tests.portal.tickets.cast import Cast, a_ticket


def post(desk: FlaskClient, ticket: Ticket, what: str, **sent: str) -> tuple[int, str]:
    """Post to an address below a ticket; returns the status and the page that follows."""
    answer = desk.post(f"/desk/tickets/{ticket.reference}/{what}", data=sent)
    page = desk.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text
    return answer.status_code, page


def test_two_tickets_are_linked_and_both_say_so(cast: Cast, session: Session, desk: FlaskClient) -> None:
    one, other = a_ticket(cast, title="First"), a_ticket(cast, title="Second")
    status, page = post(desk, one, "links", **{"link-other": other.reference.lower(), "link-once": "k"})
    assert status == 303
    assert "Second" in page
    assert [kinds(session, each)[-1] for each in (one, other)] == ["related", "related"]
    assert f"Linked to {one.reference}." in desk.get(f"/desk/tickets/{other.reference}").text
    assert "First" in desk.get(f"/desk/tickets/{other.reference}/links").text


def test_a_number_in_full_width_is_understood(cast: Cast, session: Session, desk: FlaskClient) -> None:
    one, other = a_ticket(cast), a_ticket(cast)
    typed = other.reference.lower().replace("-", "－")
    assert post(desk, one, "links", **{"link-other": typed, "link-once": "k"})[0] == 303
    assert kinds(session, one)[-1] == "related"


def test_customers_see_nothing_of_a_link(cast: Cast, desk: FlaskClient, as_: As) -> None:
    one, other = a_ticket(cast), a_ticket(cast, by=cast.stranger)
    post(desk, one, "links", **{"link-other": other.reference, "link-once": "k"})
    assert other.reference not in as_(cast.tang).get(f"/tickets/{one.reference}").text


def test_a_link_is_taken_back_once(cast: Cast, session: Session, desk: FlaskClient) -> None:
    one, other = a_ticket(cast), a_ticket(cast)
    post(desk, one, "links", **{"link-other": other.reference, "link-once": "k"})
    for key in ("a", "b"):
        post(desk, other, "links/removal", **{"unlink-other": one.reference, "unlink-once": key})
    assert session.scalars(select(TicketLink)).all() == []
    assert kinds(session, one)[-2:] == ["related", "unrelated"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("T-2026-999999", "No ticket has this number."),
        ("", "Enter the number of the other ticket"),
        ("itself", "This is the ticket itself."),
    ],
)
def test_a_number_that_can_not_be_is_asked_for_again(cast: Cast, desk: FlaskClient, typed: str, words: str) -> None:
    ticket = a_ticket(cast)
    sent = ticket.reference if typed == "itself" else typed
    status, page = post(desk, ticket, "links", **{"link-other": sent, "link-once": "k"})
    assert status == 422
    assert words in page


def test_two_that_are_linked_are_not_linked_again(cast: Cast, desk: FlaskClient) -> None:
    one, other = a_ticket(cast), a_ticket(cast)
    post(desk, one, "links", **{"link-other": other.reference, "link-once": "a"})
    status, page = post(desk, other, "links", **{"link-other": one.reference, "link-once": "b"})
    assert status == 422
    assert "The two are linked already." in page


def test_a_part_goes_on_in_a_ticket_of_its_own(cast: Cast, session: Session, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast, title="Two things at once")
    sent = {
        "split-title": "The printer is slow",
        "split-priority": "P3",
        "split-words": "We look at the printer apart.",
        "split-once": "k",
    }
    status, page = post(desk, ticket, "split", **sent)
    assert status == 303
    part = session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
    assert part is not None
    assert (part.contact_id, part.state) == (cast.tang.id, TicketState.NEW)
    assert part.next_due_at is not None
    assert "was a part of this one" in page
    assert kinds(session, ticket)[-1] == "split"
    customers = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert f"A part of it goes on in a report of its own: {part.reference}." in customers
    assert "We look at the printer apart." in customers
    told = session.scalars(select(OutboxMessage.kind).where(OutboxMessage.person_id == cast.tang.person_id)).all()
    assert {"ticket-received", "ticket-update"} <= set(told)


@pytest.mark.parametrize(("was", "proposed"), [("P1", "P2"), ("P2", "P2"), ("P4", "P4")])
def test_a_part_is_as_urgent_as_is_said_and_not_by_itself(
    cast: Cast, session: Session, desk: FlaskClient, was: str, proposed: str
) -> None:
    ticket = a_ticket(cast, severity=Priority(was), is_emergency=was == "P1", because="All counters are down")
    shown = desk.get(f"/desk/tickets/{ticket.reference}/links").text
    assert re.search(rf'<option value="{proposed}" selected', shown)
    sent = {"split-title": "A letter is missing", "split-priority": "P3", "split-words": "Apart", "split-once": "k"}
    assert post(desk, ticket, "split", **sent)[0] == 303
    part = session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
    assert part is not None
    assert (part.priority, part.is_emergency, part.because) == ("P3", False, "")
    assert now_of(session, ticket).priority == was


def test_a_part_that_can_not_wait_either_is_one_more_emergency(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast, severity=Priority.P1, is_emergency=True, because="All counters are down")
    sent = {"split-title": "The second house", "split-priority": "P1", "split-words": "Apart", "split-once": "k"}
    assert post(desk, ticket, "split", **sent)[0] == 303
    part = session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
    assert part is not None
    assert (part.priority, part.is_emergency, part.because) == ("P1", True, "All counters are down")


def test_a_part_without_a_priority_is_asked_for_one(cast: Cast, desk: FlaskClient) -> None:
    sent = {"split-title": "A letter", "split-priority": "P9", "split-words": "Apart", "split-once": "k"}
    status, page = post(desk, a_ticket(cast), "split", **sent)
    assert status == 422
    assert "Choose one of P1 to P4." in page


def test_a_ticket_that_has_ended_is_not_split(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    status, page = post(
        desk,
        ticket,
        "split",
        **{"split-title": "More", "split-priority": "P4", "split-words": "More", "split-once": "k"},
    )
    assert status == 422
    assert "The ticket has ended. Open it again before you split it." in page


def test_the_same_as_another_ends_with_a_way_to_where_we_go_on(
    cast: Cast, session: Session, desk: FlaskClient, as_: As
) -> None:
    first, second = a_ticket(cast, title="Already known"), a_ticket(cast)
    sent = {"same-other": first.reference, "same-words": "We go on in your first report.", "same-once": "k"}
    assert post(desk, second, "same", **sent)[0] == 303
    assert now_of(session, second).state == TicketState.DUPLICATE
    assert kinds(session, first)[-1] == "related"
    assert f"{second.reference} ended as the same as this one." in desk.get(f"/desk/tickets/{first.reference}").text
    customers = as_(cast.tang).get(f"/tickets/{second.reference}").text
    assert re.search(
        rf'We go on in this report:</p>|We go on in this report: <a href="/tickets/{first.reference}">', customers
    )


def test_an_update_that_ends_it_as_the_same_says_so_on_the_other_too(cast: Cast, session: Session) -> None:
    first, second = a_ticket(cast), a_ticket(cast)
    change = services.StateChange(to=TicketState.DUPLICATE, words="Go on there", parent_id=first.id)
    services.change_state(session, second, change=change, by=cast.actor(cast.agent), at=clock.now())
    session.flush()
    assert kinds(session, first)[-1] == "related"


def test_what_was_typed_is_kept(cast: Cast, desk: FlaskClient) -> None:
    status, page = post(
        desk, a_ticket(cast), "split", **{"split-title": "", "split-words": "Keep me", "split-once": "k"}
    )
    assert status == 422
    assert "Enter a title for the new ticket." in page
    assert "Keep me</textarea>" in page


@pytest.mark.parametrize(
    ("address", "prefix", "more"),
    [("split", "split", {"split-title": "The printer", "split-priority": "P3"}), ("same", "same", {})],
)
def test_what_the_customer_reads_of_a_split_or_a_merge_is_held_against_the_phrasebook(
    cast: Cast, session: Session, desk: FlaskClient, address: str, prefix: str, more: dict[str, str]
) -> None:
    first, ticket = a_ticket(cast), a_ticket(cast)
    sent = {**more, f"{prefix}-words": "After the rollback we go on.", f"{prefix}-once": "k"}
    sent |= {"same-other": first.reference} if prefix == "same" else {}
    status, page = post(desk, ticket, address, **sent)
    assert status == 422
    assert "going back to the version of the day before" in page
    assert page.count('id="wording"') == 1
    assert kinds(session, ticket) == ["opened"]
    replaced = post(desk, ticket, address, **sent, **{f"{prefix}-wording": "instead"})[1]
    assert "After the going back to the version of the day before we go on.</textarea>" in replaced
    assert post(desk, ticket, address, **sent, **{f"{prefix}-kept_because": "Theirs"})[0] == 303
    assert session.scalars(select(KeptTerm.term)).all() == ["rollback"]
