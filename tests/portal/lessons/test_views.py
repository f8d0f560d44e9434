"""Solved tickets ask for an article; whoever settles it says what becomes of what was learnt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core import clock
from portal.core.db import Database
from portal.knowledge import services as knowledge
from portal.knowledge.models import Article, ArticleText
from portal.lessons import queries, services
from portal.lessons.models import LessonOutcome, LessonTask
from portal.notices import services as notices
from portal.notices.models import ActionNeeded, NoticeKind, NoticeScope
from portal.tickets import services as tickets
from portal.tickets.models import Ticket
from portal.tickets.services import Resolution
from tests import factories
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

WEEK = timedelta(days=7)


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def agent(cast: Cast) -> Agent:
    """Return somebody in support."""
    return cast.agent


@pytest.fixture
def solved(cast: Cast, database: Database) -> Ticket:
    """Return a solved ticket that has been asked about."""
    ticket = a_ticket(cast)
    cast.session.flush()
    with database.write() as session:
        solution = Resolution(cause="A setting was off", fix="Switch it on", prevention="Checked every night")
        held = session.get_one(Ticket, ticket.id)
        tickets.resolve(session, held, resolution=solution, by=cast.actor(cast.agent), at=clock.now())
    with database.write() as session:
        services.ask_for_articles(session, at=clock.now())
    return ticket


@pytest.fixture
def solved_three(cast: Cast, database: Database) -> list[Ticket]:
    """Return three solved tickets that have been asked about; the first two are about one notice."""
    rows, chen = [a_ticket(cast) for _ in range(3)], cast.actor(cast.agent)
    facts = notices.Facts(NoticeKind.INCIDENT, NoticeScope.PUBLIC, ActionNeeded.NONE, clock.now().date() + WEEK)
    with database.write() as session:
        notice = notices.start_notice(session, facts, by=chen, at=clock.now())
        solution = Resolution(cause="A setting was off", fix="Switch it on", prevention="Checked every night")
        for row in rows:
            held = session.get_one(Ticket, row.id)
            held.notice_id = None if row is rows[2] else notice.id
            tickets.resolve(session, held, resolution=solution, by=chen, at=clock.now())
        services.ask_for_articles(session, at=clock.now())
    return rows


@pytest.fixture
def browser(session: Session, agent: Agent, signed_in: Callable[[Person], FlaskClient]) -> FlaskClient:
    """Return the agent's browser."""
    return signed_in(session.get_one(Person, agent.person_id))


def task(session: Session) -> LessonTask:
    session.expire_all()
    return session.scalars(select(LessonTask)).one()


def test_a_solved_ticket_asks_for_an_article_within_two_days_once(session: Session, solved: Ticket) -> None:
    services.ask_for_articles(session, at=clock.now())
    assert task(session).due_at == clock.now() + timedelta(hours=48)


def test_it_stands_on_the_desk_when_it_is_nearly_due(browser: FlaskClient, solved: Ticket) -> None:
    assert "To be written up" not in browser.get("/desk").text
    with clock.stopped_at(clock.now() + timedelta(hours=30)):
        assert "To be written up" in browser.get("/desk").text
    assert solved.reference in browser.get("/desk/lessons").text


def test_the_article_begins_with_the_solution_and_settles_it_when_published(
    browser: FlaskClient, session: Session, database: Database, agent: Agent, solved: Ticket
) -> None:
    answer = browser.post(f"/desk/tickets/{solved.reference}/lesson", data={"outcome": "article"})
    assert answer.status_code == 303
    text = session.scalars(select(ArticleText)).one()
    assert (text.problem, text.steps[0]["do"]) == ("A setting was off", "Switch it on")
    assert task(session).settled_at is None
    second = factories.as_actor(session, factories.an_agent(session, "Wang Min"))
    chen = factories.as_actor(session, agent)
    session.flush()
    with database.write() as writing:
        article = writing.get_one(Article, text.article_id)
        written = knowledge.Written("Orders are gone", "", [knowledge.Step("Switch it on", "They are back")])
        knowledge.write(writing, article, "en", written, by=chen, at=clock.now())
        knowledge.publish(writing, article, review_on=date(2027, 1, 1), by=second, at=clock.now())
        writing.flush()
        services.ask_for_articles(writing, at=clock.now())
    assert task(session).outcome == LessonOutcome.ARTICLE


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose what becomes of it"),
        ({"outcome": "covered"}, "Choose the article"),
        ({"outcome": "nothing"}, "Say why"),
    ],
)
def test_what_is_missing_is_asked_for(browser: FlaskClient, solved: Ticket, sent: dict[str, str], words: str) -> None:
    answer = browser.post(f"/desk/tickets/{solved.reference}/lesson", data=sent)
    assert answer.status_code == 422
    assert words in answer.text


def test_nothing_to_learn_is_settled_with_its_reason(browser: FlaskClient, session: Session, solved: Ticket) -> None:
    sent = {"outcome": "nothing", "reason": "A cable was loose"}
    assert browser.post(f"/desk/tickets/{solved.reference}/lesson", data=sent).status_code == 303
    assert (task(session).outcome, task(session).reason) == ("nothing", "A cable was loose")
    again = browser.post(f"/desk/tickets/{solved.reference}/lesson", data=sent)
    assert "A colleague has settled this" in again.text or again.status_code == 422


def test_tickets_about_one_notice_are_settled_together_and_no_others(
    browser: FlaskClient, session: Session, cast: Cast, solved_three: list[Ticket]
) -> None:
    first, second, other = solved_three
    page = browser.get(f"/desk/tickets/{first.reference}/lesson").text
    assert "holds for every solved ticket about the same notice" in page
    browser.post(f"/desk/tickets/{first.reference}/lesson", data={"outcome": "nothing", "reason": "A cable was loose"})
    session.expire_all()
    assert session.get_one(LessonTask, second.id).reason == "A cable was loose"
    assert session.get_one(LessonTask, other.id).settled_at is None


def test_an_article_that_is_begun_for_one_is_that_of_all_about_the_notice(
    browser: FlaskClient, session: Session, solved_three: list[Ticket]
) -> None:
    first, second, other = solved_three
    answer = browser.post(f"/desk/tickets/{first.reference}/lesson", data={"outcome": "article"})
    article_id = session.get_one(LessonTask, second.id).article_id
    assert answer.location == f"/desk/knowledge/{article_id}"
    assert session.get_one(LessonTask, other.id).article_id is None


def test_tickets_about_one_notice_are_asked_for_once(
    browser: FlaskClient, cast: Cast, solved_three: list[Ticket]
) -> None:
    first, second, other = solved_three
    page = browser.get("/desk/lessons").text
    assert (first.reference in page, second.reference in page, other.reference in page) == (True, False, True)
    assert page.count("and 1 more about the same notice") == 1
    with clock.stopped_at(clock.now() + timedelta(hours=30)):
        desk = browser.get("/desk").text
    assert (first.reference + "/lesson" in desk, second.reference + "/lesson" in desk) == (True, False)


def test_each_agent_is_asked_for_what_they_see_of_a_notice(
    session: Session, cast: Cast, solved_three: list[Ticket]
) -> None:
    second = solved_three[1]
    second.product_code = "lis"
    session.flush()
    only_lis = replace(cast.actor(cast.agent), products=frozenset({"lis"}))
    assert [each.reference for each in queries.open_tasks(session, only_lis)] == [second.reference]


def test_whose_ticket_is_solved_later_is_not_asked_again_about_the_same_notice(
    browser: FlaskClient, session: Session, database: Database, cast: Cast, solved_three: list[Ticket]
) -> None:
    first, _, other = solved_three
    sent = {"outcome": "nothing", "reason": "A cable was loose"}
    browser.post(f"/desk/tickets/{first.reference}/lesson", data=sent)
    late = a_ticket(cast)
    with database.write() as writing:
        held = writing.get_one(Ticket, late.id)
        held.notice_id = writing.get_one(Ticket, first.id).notice_id
        solution = Resolution(cause="A setting was off", fix="Switch it on", prevention="Checked every night")
        tickets.resolve(writing, held, resolution=solution, by=cast.actor(cast.agent), at=clock.now())
        services.ask_for_articles(writing, at=clock.now())
    session.expire_all()
    assert session.get_one(LessonTask, late.id).reason == "A cable was loose"
    assert session.get_one(LessonTask, late.id).settled_at is not None
    assert session.get_one(LessonTask, other.id).settled_at is None


def test_what_helps_stands_beside_the_ticket(
    browser: FlaskClient, session: Session, database: Database, agent: Agent, solved: Ticket
) -> None:
    chen, wang = (factories.as_actor(session, each) for each in (agent, factories.an_agent(session, "Wang Min")))
    session.flush()
    assert "What helps" not in browser.get(f"/desk/tickets/{solved.reference}").text
    with database.write() as writing:
        article = knowledge.start(writing, knowledge.About("his", "orders"), by=chen, at=clock.now())
        written = knowledge.Written("Orders are gone", "", [knowledge.Step("Switch it on", "They are back")])
        knowledge.write(writing, article, "en", written, by=chen, at=clock.now())
        knowledge.publish(writing, article, review_on=date(2027, 1, 1), by=wang, at=clock.now())
    page = browser.get(f"/desk/tickets/{solved.reference}").text
    assert "Orders are gone" in page
    assert f"/desk/tickets/{solved.reference}/lesson" in page
