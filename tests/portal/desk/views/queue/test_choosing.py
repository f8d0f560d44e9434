"""Tickets that are chosen together."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices import services as notices
from portal.notices.models import ActionNeeded, NoticeKind, NoticeScope
from portal.tickets import services
from portal.tickets.models import Ticket, TicketState
from tests.factories import an_agent
from tests.portal.desk.scene import As, kinds, now_of
from tests.portal.tickets.cast import Cast, a_ticket


def chosen(*tickets: Ticket, **sent: str) -> dict[str, object]:
    """Return what the page of chosen tickets posts."""
    return {"t": [each.reference for each in tickets], **sent}


def ended(cast: Cast) -> Ticket:
    """Return a ticket that nobody can take any more."""
    ticket = a_ticket(cast)
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    return ticket


def test_ticks_lead_to_a_page_with_the_chosen_ones(cast: Cast, desk: FlaskClient) -> None:
    first, second, _third = a_ticket(cast), a_ticket(cast), a_ticket(cast)
    answer = desk.post("/desk/chosen", data=chosen(first, second))
    assert answer.status_code == 303
    page = desk.get(answer.headers["Location"]).text
    assert first.reference in page
    assert second.reference in page
    assert _third.reference not in page


def test_taking_them_says_how_it_went_with_each(cast: Cast, session: Session, desk: FlaskClient) -> None:
    open_one, over = a_ticket(cast), ended(cast)
    answer = desk.post("/desk/chosen/mine", data=chosen(open_one, over, **{"many-once": "k1"}))
    page = desk.get(answer.headers["Location"]).text
    assert now_of(session, open_one).assignee_id == cast.agent.id
    assert now_of(session, over).assignee_id is None
    assert page.index("Done") < page.index("Not done: it has ended or is solved.")


def test_sending_it_twice_does_it_once(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    for _ in range(2):
        desk.post("/desk/chosen/mine", data=chosen(ticket, **{"many-once": "k1"}))
    assert kinds(session, ticket).count("assigned") == 1


def test_they_can_be_given_to_a_colleague(cast: Cast, session: Session, desk: FlaskClient) -> None:
    colleague, ticket = an_agent(session, "Zhou Lan"), a_ticket(cast)
    desk.post("/desk/chosen/assignee", data=chosen(ticket, **{"giving-once": "k", "giving-taker": str(colleague.id)}))
    assert now_of(session, ticket).assignee_id == colleague.id


def test_each_can_go_to_whom_the_rule_names(cast: Cast, session: Session, desk: FlaskClient) -> None:
    named, ticket = an_agent(session, "Zhou Lan"), a_ticket(cast)
    cast.organisation.named_agent_id = named.id
    desk.post("/desk/chosen/assignee", data=chosen(ticket, **{"giving-once": "k", "giving-taker": "rule"}))
    assert now_of(session, ticket).assignee_id == named.id


def test_one_update_is_sent_on_each_with_the_next_time(cast: Cast, session: Session, desk: FlaskClient) -> None:
    first, second = a_ticket(cast), a_ticket(cast)
    sent = {"telling-once": "k", "telling-body": "We found it.", "telling-next_by": "2026-04-21T16:00"}
    answer = desk.post("/desk/chosen/updates", data=chosen(first, second, **sent))
    assert answer.status_code == 303
    for each in (first, second):
        assert kinds(session, each)[-1] == "updated"
        assert now_of(session, each).state == TicketState.IN_PROGRESS
        due = now_of(session, each).next_due_at
        assert due is not None
        assert due.isoformat() == "2026-04-21T08:00:00+00:00"


def test_a_promise_that_is_too_late_for_one_stops_no_other(cast: Cast, session: Session, desk: FlaskClient) -> None:
    first, over = a_ticket(cast), ended(cast)
    sent = {"telling-once": "k", "telling-body": "We found it.", "telling-next_by": ""}
    desk.post("/desk/chosen/updates", data=chosen(first, over, **sent))
    assert kinds(session, first)[-1] == "updated"
    assert kinds(session, over)[-1] == "cancelled"


def test_what_was_typed_is_kept_where_something_is_missing(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    answer = desk.post(
        "/desk/chosen/updates", data=chosen(ticket, **{"telling-next_by": "soon", "telling-body": "Hello"})
    )
    assert answer.status_code == 422
    assert "Enter a day and a time" in answer.text
    assert "Hello</textarea>" in answer.text
    assert desk.post("/desk/chosen/assignee", data=chosen(ticket, **{"giving-taker": "x"})).status_code == 422


def test_nothing_chosen_says_what_to_do(cast: Cast, desk: FlaskClient) -> None:
    answer = desk.post("/desk/chosen", follow_redirects=True)
    assert "Tick tickets in the queue first." in answer.text


def test_customers_stay_outside(cast: Cast, as_: As) -> None:
    assert as_(cast.tang).post("/desk/chosen/mine").status_code == 403


def test_engineers_words_are_not_sent_to_many(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    sent = {"telling-once": "k", "telling-body": "The API timeout again."}
    answer = desk.post("/desk/chosen/updates", data=chosen(ticket, **sent))
    assert answer.status_code == 422
    assert "Customers may stumble over these words" in answer.text
    assert "<b>API timeout</b>" in answer.text
    assert kinds(session, ticket) == ["opened"]


def test_they_are_joined_to_the_notice_about_their_problem(cast: Cast, session: Session, desk: FlaskClient) -> None:
    facts = notices.Facts(NoticeKind.INCIDENT, NoticeScope.PUBLIC, ActionNeeded.NONE, date(2026, 5, 30))
    notice = notices.start_notice(session, facts, by=cast.actor(cast.agent), at=clock.now())
    open_one, over = a_ticket(cast), ended(cast)
    answer = desk.post(
        "/desk/chosen/notice", data=chosen(open_one, over, **{"joining-once": "k", "joining-code": notice.code})
    )
    page = desk.get(answer.headers["Location"]).text
    assert now_of(session, open_one).notice_id == notice.id
    assert now_of(session, over).notice_id is None
    assert page.index("Done") < page.index("Not done: it has ended or is solved.")


def test_a_notice_that_is_not_there_is_asked_for_again(cast: Cast, desk: FlaskClient) -> None:
    sent = {"joining-once": "k", "joining-code": "N-none"}
    answer = desk.post("/desk/chosen/notice", data=chosen(a_ticket(cast), **sent))
    assert answer.status_code == 422
    assert "No notice has this code." in answer.text
    assert 'value="N-none"' in answer.text
