"""The day's call list, and writing down calls."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.outbox.models import OutboxMessage
from portal.ratings.models import CallBack
from portal.tickets.models import Event
from tests.factories import an_agent, an_organisation, limit_agent
from tests.portal.ratings.scene import a_solved_ticket, rate, scores
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket

REACHED = {"outcome": "reached", "once": "0123456789abcdef" * 2}


def calls(cast: Cast) -> list[str]:
    """Return how the calls ended."""
    cast.session.expire_all()
    return list(cast.session.scalars(select(CallBack.outcome).order_by(CallBack.at, CallBack.id)))


def test_low_marks_stand_first(cast: Cast, as_: SignInAs) -> None:
    good, unrated, low = (a_solved_ticket(cast) for _ in range(3))
    rate(cast, good, 5)
    rate(cast, low, 1, words="Nobody listened")
    page = as_(cast.agent).get("/desk/calls").text
    assert page.index(low.reference) < page.index(unrated.reference) < page.index(good.reference)
    assert "Nobody listened" in page


def test_only_what_is_solved_and_lately_is_on_it(cast: Cast, as_: SignInAs) -> None:
    a_ticket(cast)
    a_solved_ticket(cast, at=clock.now() - timedelta(days=8))
    assert "Nobody is waiting for a call." in as_(cast.agent).get("/desk/calls").text


def test_my_list_holds_my_own(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    other = an_agent(cast.session, "Wu Fang")
    assert ticket.reference in as_(cast.agent).get("/desk/calls?whose=mine").text
    assert ticket.reference not in as_(other).get("/desk/calls?whose=mine").text
    assert ticket.reference in as_(other).get("/desk/calls").text


def test_whoever_is_reached_leaves_the_list(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = a_solved_ticket(cast), as_(cast.agent)
    path = f"/desk/calls/{ticket.reference}"
    assert "Call Tang Xiuying" in browser.get(path).text
    assert browser.post(path, data={**REACHED, "stars": "4", "words": "All works"}).status_code == 303
    assert calls(cast) == ["reached"]
    assert scores(cast) == [("stars", 4, "phone")]
    page = browser.get("/desk/calls").text
    assert "The call is written down." in page
    assert ticket.reference not in page
    assert "Nobody needs to be called about this any more." in browser.get(path, follow_redirects=True).text


def test_whoever_is_not_reached_stays_on_it(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = a_solved_ticket(cast), as_(cast.agent)
    browser.post(f"/desk/calls/{ticket.reference}", data={"outcome": "not_reached", "once": "a"})
    assert "called 1 time" in browser.get("/desk/calls").text
    assert "Called 1 time" in browser.get(f"/desk/calls/{ticket.reference}").text


def test_stars_given_before_stand(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    rate(cast, ticket, 1)
    as_(cast.agent).post(f"/desk/calls/{ticket.reference}", data={**REACHED, "stars": "5"})
    assert scores(cast) == [("stars", 1, "page")]


def test_an_apology_is_an_update_that_the_customer_sees(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    data = {**REACHED, "words": "zz-inside-zz", "apology": "We are sorry that nobody rang you."}
    for _ in range(2):  # a double click is one call
        as_(cast.agent).post(f"/desk/calls/{ticket.reference}", data=data)
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert page.count("We are sorry that nobody rang you.") == 1
    assert "zz-inside-zz" not in page
    row = cast.session.scalars(select(CallBack)).one()
    event = cast.session.get_one(Event, row.event_id)
    assert (event.kind, event.audience) == ("apologised", "customer")
    told = select(OutboxMessage.person_id).where(OutboxMessage.subject_id == event.id)
    assert cast.session.scalars(told).all() == [cast.tang.person_id]


def test_what_is_missing_is_said_and_nothing_is_lost(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    page = as_(cast.agent).post(f"/desk/calls/{ticket.reference}", data={"words": "All works", "once": "a"})
    assert page.status_code == 422
    assert "Choose whether you reached the customer." in page.text
    assert "All works" in page.text


def test_there_are_no_stars_from_whom_nobody_reached(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    data = {"outcome": "not_reached", "stars": "5", "once": "a"}
    page = as_(cast.agent).post(f"/desk/calls/{ticket.reference}", data=data)
    assert page.status_code == 422
    assert "Stars are for customers who were reached." in page.text
    assert calls(cast) == []


def test_a_limited_agent_calls_their_own(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    stranger = an_agent(cast.session, "Zhou Lan")
    limit_agent(cast.session, stranger, organisations=(an_organisation(cast.session, "Yunling"),))
    assert ticket.reference not in as_(stranger).get("/desk/calls").text
    assert as_(stranger).get(f"/desk/calls/{ticket.reference}").status_code == 404
    assert as_(stranger).post(f"/desk/calls/{ticket.reference}", data=REACHED).status_code == 404


def test_it_is_for_agents(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    path = f"/desk/calls/{a_solved_ticket(cast).reference}"
    assert as_(cast.manager).get("/desk/calls").status_code == 403
    assert as_(cast.manager).post(path, data=REACHED).status_code == 403
    assert client.get("/desk/calls").status_code == 303
    assert calls(cast) == []
