"""A reply that is begun is kept for whoever writes it, and shown to nobody else."""

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import ReplyDraft, Ticket
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.services.acts import resolve

ASKING = {"HX-Request": "true"}


def keep(browser: FlaskClient, ticket: Ticket, body: str = "It began on", **headers: str) -> str:
    """Keep a reply that is begun, as the button does."""
    page = browser.post(f"/tickets/{ticket.reference}/draft", data={"body": body}, headers=headers)
    assert page.status_code in (200, 303)
    return page.text


def kept(cast: Cast) -> list[str]:
    return list(cast.session.scalars(select(ReplyDraft.body)))


def test_what_is_begun_is_there_again(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = a_ticket(cast), as_(cast.tang)
    keep(browser, ticket)
    page = browser.get(f"/tickets/{ticket.reference}").text
    assert "It began on</textarea>" in page
    assert "Kept at 10:02" in page


def test_a_script_is_told_only_when_it_was_kept(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    said = keep(as_(cast.tang), ticket, **ASKING)
    assert "Kept at 10:02" in said
    assert "<h1" not in said


def test_nobody_else_sees_it(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    keep(as_(cast.tang), ticket, "canary-draft")
    assert "canary-draft" not in as_(cast.manager).get(f"/tickets/{ticket.reference}").text
    assert "canary-draft" not in as_(cast.agent).get(f"/desk/tickets/{ticket.reference}").text


def test_it_changes_nothing_on_the_ticket(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    before = ticket.version, ticket.last_seq
    keep(as_(cast.tang), ticket)
    cast.session.refresh(ticket)
    assert (ticket.version, ticket.last_seq) == before


def test_the_later_text_takes_the_place_of_the_earlier(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = a_ticket(cast), as_(cast.tang)
    keep(browser, ticket, "first")
    keep(browser, ticket, "second")
    assert kept(cast) == ["second"]


def test_nothing_written_is_nothing_kept(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = a_ticket(cast), as_(cast.tang)
    keep(browser, ticket)
    keep(browser, ticket, " ")
    assert kept(cast) == []


def test_secrets_are_taken_out_of_it(cast: Cast, as_: SignInAs) -> None:
    keep(as_(cast.tang), a_ticket(cast), "password: hunter2-zz")
    assert "hunter2-zz" not in kept(cast)[0]


def test_sending_lets_go_of_it(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = a_ticket(cast), as_(cast.tang)
    keep(browser, ticket)
    browser.post(f"/tickets/{ticket.reference}/replies", data={"body": "It began on Monday", "once": "a" * 32})
    assert kept(cast) == []


def test_a_ticket_that_is_solved_meanwhile_takes_none_and_shows_the_words(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    page = as_(cast.tang).post(f"/tickets/{ticket.reference}/draft", data={"body": "canary-late"})
    assert page.status_code == 422
    assert "canary-late" in page.text
    assert kept(cast) == []


def test_a_colleague_who_was_let_in_keeps_their_own(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    keep(as_(cast.tang), ticket, "mine")
    keep(as_(cast.colleague), ticket, "theirs")
    assert sorted(kept(cast)) == ["mine", "theirs"]


def test_a_stranger_gets_404(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.stranger).post(f"/tickets/{ticket.reference}/draft", data={"body": "x"}).status_code == 404


def test_an_agent_is_sent_away(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.agent).post(f"/tickets/{ticket.reference}/draft", data={"body": "x"}).status_code == 403


def test_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert client.post(f"/tickets/{ticket.reference}/draft", data={"body": "x"}).status_code == 303


def test_it_is_not_there_to_be_read(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.tang).get(f"/tickets/{ticket.reference}/draft").status_code == 405
