"""What else there is to know about a ticket."""

from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.catalogue.models import Product
from portal.core import clock
from portal.core.db import Database
from portal.knowledge import services as knowledge
from portal.knowledge.models import Article
from portal.knowledge.services import About, Step, Written
from portal.ratings.models import Rating, RatingKind, RatingSource
from portal.tickets import services
from portal.tickets.models import Priority
from tests.factories import an_agent, an_installation, as_actor, limit_agent
from tests.portal.desk.scene import As, a_call_back, statements
from tests.portal.tickets.cast import Cast, a_ticket


def around(desk: FlaskClient, reference: str) -> str:
    """Return the page."""
    return desk.get(f"/desk/tickets/{reference}/around").text


def test_it_shows_whom_we_write_to(cast: Cast, session: Session, desk: FlaskClient) -> None:
    cast.organisation.named_agent_id = an_agent(session, "Lin Fang").id
    an_installation(session, cast.organisation, session.get_one(Product, "his"), "5.6.2", site="East campus")
    ticket = a_ticket(cast)
    services.add_update(session, ticket, update=services.Update("We look."), by=cast.actor(cast.agent), at=clock.now())
    session.add(
        Rating(
            ticket_id=ticket.id,
            organisation_id=cast.organisation.id,
            person_id=cast.tang.person_id,
            kind=RatingKind.STARS,
            score=4,
            source=RatingSource.PAGE,
            occasion="x",
            at=clock.now(),
        )
    )
    page = around(desk, ticket.reference)
    for words in ("Lin Fang", "1 kept, 0 late", "4 of 5", "5.6.2 · East campus", "Qinghe People’s Hospital"):
        assert words in page


def test_it_shows_the_tickets_that_belong_to_it(cast: Cast, session: Session, desk: FlaskClient) -> None:
    one, other = a_ticket(cast), a_ticket(cast, title="The printer")
    services.relate(session, one, other=other, by=cast.actor(cast.agent), at=clock.now())
    assert "The printer" in around(desk, one.reference)


def test_a_call_back_that_nobody_has_verified_has_no_organisation_to_show(session: Session, desk: FlaskClient) -> None:
    page = around(desk, a_call_back(session).reference)
    assert "No notice is about anything like it." in page
    assert "Their engineer" not in page


def test_similar_tickets_stand_beside_the_description_with_their_solution(
    cast: Cast, session: Session, desk: FlaskClient
) -> None:
    by, at = cast.actor(cast.agent), clock.now()
    solved = a_ticket(cast, title="Solved like this", fingerprint="f-1", module_code="")
    services.resolve(
        session, solved, resolution=services.Resolution("A full disk", "Made room", "An alarm"), by=by, at=at
    )
    a_ticket(cast, title="The same part only", fingerprint="f-2")
    a_ticket(cast, title="Something else", fingerprint="f-3", module_code="billing")
    page = desk.get(f"/desk/tickets/{a_ticket(cast, fingerprint='f-1').reference}").text
    assert page.index("Solved like this") < page.index("The same part only")
    assert "A full disk" in page
    assert "the same error text · the same version" in " ".join(page.split())
    assert "Something else" not in page


def test_of_what_resembles_it_only_what_an_agent_may_see_is_shown(cast: Cast, session: Session, as_: As) -> None:
    limited = an_agent(session, "Zhou Lan")
    limit_agent(session, limited, organisations=(cast.organisation,))
    a_ticket(cast, by=cast.stranger, title="Theirs alone", fingerprint="f-1")
    mine = a_ticket(cast, fingerprint="f-1")
    assert "Theirs alone" not in as_(limited).get(f"/desk/tickets/{mine.reference}").text


def test_strangers_to_the_desk_stay_outside(cast: Cast, as_: As) -> None:
    assert as_(cast.tang).get(f"/desk/tickets/{a_ticket(cast).reference}/around").status_code == 403


def an_article(session: Session, title: str) -> Article:
    """Publish an article in English, with a key to press."""
    chen, wang = (as_actor(session, an_agent(session, name)) for name in ("Chen Li", "Wang Min"))
    article = knowledge.start(session, About("his", "orders", "lost"), by=chen, at=clock.now())
    words = Written(title, "", [Step("Press {key:F7}", "The orders are back", "Call us")])
    knowledge.write(session, article, "en", words, by=chen, at=clock.now())
    knowledge.publish(session, article, review_on=date(2027, 1, 1), by=wang, at=clock.now())
    session.commit()
    return article


def test_a_matching_article_stands_on_the_ticket_and_among_all_that_is_known(
    cast: Cast, session: Session, desk: FlaskClient
) -> None:
    article = an_article(session, "Orders are gone")
    ticket = a_ticket(cast)
    for page in (desk.get(f"/desk/tickets/{ticket.reference}").text, around(desk, ticket.reference)):
        assert "Orders are gone" in page
        assert f'href="/knowledge/{article.id}"' in page
        assert f"article={article.id}#reply" in page


def test_the_steps_of_an_article_begin_a_reply(cast: Cast, session: Session, desk: FlaskClient) -> None:
    article = an_article(session, "Orders are gone")
    page = desk.get(f"/desk/tickets/{a_ticket(cast).reference}?article={article.id}").text
    written = unescape(page).split('name="reply-body"')[1].split("</textarea>")[0]
    assert "Orders are gone\n\n1. Press {key:F7}\n   You should see: The orders are back\n   If not: Call us" in written
    assert f"/knowledge/{article.id}" in written


@pytest.mark.parametrize("asked", ["recalled", "not-there", "no-id"])
def test_nobody_is_sent_the_steps_of_an_article_that_cannot_be_read(
    cast: Cast, session: Session, desk: FlaskClient, asked: str
) -> None:
    article = an_article(session, "Orders are gone")
    knowledge.recall(session, article, reason="Wrong", by=cast.actor(cast.agent), at=clock.now())
    session.commit()
    given = {"recalled": str(article.id), "not-there": str(uuid4()), "no-id": "x"}[asked]
    answer = desk.get(f"/desk/tickets/{a_ticket(cast).reference}?article={given}")
    assert answer.status_code == 200
    assert "Press" not in answer.text


def test_what_they_had_before_is_named_with_how_it_was_solved(cast: Cast, session: Session, desk: FlaskClient) -> None:
    by, at = cast.actor(cast.agent), clock.now()
    solved = a_ticket(cast, title="The printer")
    services.resolve(session, solved, resolution=services.Resolution("Dust", "Cleaned it", "A plan"), by=by, at=at)
    a_ticket(cast, by=cast.stranger, title="Somebody else’s")
    ticket = a_ticket(cast, title="This one")
    page = around(desk, ticket.reference).partition("What they had before")[2]
    assert "The printer" in page
    assert "Cleaned it" in page
    assert "This one" not in page
    assert "Somebody else’s" not in page


def test_a_version_that_is_none_of_theirs_is_pointed_out(cast: Cast, session: Session, desk: FlaskClient) -> None:
    an_installation(session, cast.organisation, session.get_one(Product, "his"), "5.6.2", site="East campus")
    page = desk.get(f"/desk/tickets/{a_ticket(cast).reference}").text
    assert "5.6.2 · East campus" in page
    assert "Reported for 5.5.1" in page


def test_where_nothing_is_known_it_says_so(session: Session, desk: FlaskClient) -> None:
    page = desk.get(f"/desk/tickets/{a_call_back(session).reference}").text
    assert "Nothing like it is known yet." in page


def test_all_that_is_known_costs_no_more_than_twelve_statements(
    cast: Cast, session: Session, desk: FlaskClient, database: Database
) -> None:
    an_article(session, "Orders are gone")
    an_installation(session, cast.organisation, session.get_one(Product, "his"), "5.6.2")
    a_ticket(cast, fingerprint="f-1")
    ticket = a_ticket(cast, fingerprint="f-1")
    for name in ("Zhou Lan", "Qian Wu"):
        taker = services.Taker(an_agent(session, name).id)
        services.give_to(session, ticket, taker=taker, by=cast.actor(cast.agent), at=clock.now())
    session.commit()
    desk.get(f"/desk/tickets/{ticket.reference}")
    assert statements(database, lambda: desk.get(f"/desk/tickets/{ticket.reference}")) <= 12


def test_where_work_has_stopped_a_plan_can_be_started_from_the_top(cast: Cast, desk: FlaskClient) -> None:
    page = desk.get(f"/desk/tickets/{a_ticket(cast, severity=Priority.P1).reference}").text
    assert page.index("Start an emergency plan") < page.index('id="conversation"')
    assert "Start an emergency plan" not in desk.get(f"/desk/tickets/{a_ticket(cast).reference}").text
