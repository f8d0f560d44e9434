"""Interviews that begin with something: a notice beside which help is wanted, a ticket that has come back."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core import clock
from portal.interviews.models import Interview
from portal.tickets.models import Ticket, TicketState
from tests.portal.interviews.cast import CHECK, Browser, a_draft_at, a_stranger
from tests.portal.interviews.conftest import SignIn


def a_closed_ticket(browser: Browser, session: Session) -> str:
    a_draft_at(browser, "check")
    browser.send()
    session.execute(update(Ticket).values(state=TicketState.CLOSED, closed_at=clock.now()))
    session.commit()
    return session.scalars(select(Ticket.reference)).one()


def test_a_follow_up_starts_with_what_was_told_before(browser: Browser, session: Session) -> None:
    reference = a_closed_ticket(browser, session)
    first = session.scalars(select(Ticket.id)).one()
    browser.send({"follows": reference, "once": "another"}, to="/interviews")
    assert browser.fields["q-scope"] == ["dept"], "it opens where something was left open, with all that was told"
    draft = session.scalars(select(Interview.id).where(Interview.follows_id == first)).one()
    browser.open(f"/interviews/{draft}/check")
    assert browser.heading == CHECK
    browser.send()
    assert session.scalars(select(Ticket.parent_id).where(Ticket.id != first)).one() == first


def test_a_stranger_follows_up_nothing(browser: Browser, session: Session, signed_in: SignIn) -> None:
    reference = a_closed_ticket(browser, session)
    stranger = signed_in(a_stranger(session))
    assert stranger.post("/interviews", data={"follows": reference}).status_code == 404


def test_an_open_ticket_is_not_followed_up(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "check")
    browser.send()
    reference = session.scalars(select(Ticket.reference)).one()
    assert browser.client.post("/interviews", data={"follows": reference}).status_code == 404


def test_a_notice_that_is_not_there_is_left_out(browser: Browser, session: Session) -> None:
    for sent in ("0198f2f0-0000-7000-8000-000000000000", "no id", "\0"):
        browser.send({"notice": sent, "questionnaire": "his-fault", "once": sent}, to="/interviews")
    assert session.scalars(select(Interview.notice_id)).all() == [None, None, None]
