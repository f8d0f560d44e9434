"""What agents keep typing is proposed on the page of the phrasebook."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent
from portal.core import clock
from portal.core.actor import Role
from portal.core.db import Database
from portal.desk.queries import where_used
from portal.desk.queries.proposed import proposed
from portal.desk.services.learning import LEARN_JOB, learn_terms
from portal.desk.views.learning import ask_for_learning
from portal.outbox.models import Job
from portal.phrasebook.models import OftenTyped, OftenTypedUse, TermAside
from portal.privacy import services as privacy
from portal.tickets import services
from portal.tickets.models import Ticket
from tests import factories
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast, a_cast, a_ticket
from tests.portal_app import TUESDAY_MORNING

WORDS = "The middleware at Qinghe Hospital is up again, Tang Xiuying."
PAGE = "/desk/phrasebook?language=en"
Write = Callable[[str, int], list[Ticket]]


@pytest.fixture
def second(session: Session) -> Agent:
    """Return a second agent: what one alone keeps writing may be a matter of taste."""
    return factories.an_agent(session, "Wang Min")


@pytest.fixture
def write(cast: Cast, second: Agent) -> Write:
    """Return a way to have both agents answer tickets, each in turn."""

    def answer(words: str, number: int) -> list[Ticket]:
        made = [a_ticket(cast) for _ in range(number)]
        for place, ticket in enumerate(made):
            by = cast.actor((cast.agent, second)[place % 2])
            services.add_update(cast.session, ticket, update=services.Update(words), by=by, at=clock.now())
        cast.session.commit()
        return made

    return answer


def learn(database: Database, session: Session) -> Sequence[str]:
    learn_terms(database, {})
    session.expire_all()
    return session.scalars(select(OftenTyped.term).order_by(OftenTyped.term)).all()


def test_it_is_shown_with_its_numbers_and_the_latest_tickets(
    database: Database, session: Session, write: Write, desk: FlaskClient
) -> None:
    tickets = write(WORDS, 6)
    assert learn(database, session) == ["middleware"]
    page = desk.get(PAGE).text
    shown = page.partition('id="proposed"')[2].partition("</section>")[0]
    assert '<td data-l="Our texts">6</td><td data-l="Colleagues">2</td>' in shown
    assert shown.count('href="/desk/tickets/') == 3
    assert tickets[-1].reference in shown
    assert "middleware" not in desk.get("/desk/phrasebook?language=zh_Hans").text


def test_one_click_fills_in_the_form_and_what_is_explained_is_not_proposed_again(
    database: Database, session: Session, write: Write, desk: FlaskClient
) -> None:
    write(WORDS, 6)
    learn(database, session)
    assert 'href="/desk/phrasebook?language=en&amp;term=middleware"' in desk.get(PAGE).text
    assert 'value="middleware"' in desk.get(f"{PAGE}&term=middleware").text
    desk.post("/desk/phrasebook", data={"language": "en", "term": "Middleware", "sentence": "program in between"})
    assert "Nothing at the moment." in desk.get(PAGE).text
    assert learn(database, session) == []


def test_what_is_put_aside_stays_aside_until_it_is_taken_back(
    database: Database, session: Session, write: Write, desk: FlaskClient
) -> None:
    write(WORDS, 6)
    learn(database, session)
    data = {"language": "en", "term": "middleware"}
    assert desk.post("/desk/phrasebook/aside", data=data).status_code == 303
    assert desk.post("/desk/phrasebook/aside", data=data).status_code == 303
    learn(database, session)
    page = desk.get(PAGE).text
    assert "Nothing at the moment." in page
    assert "1 word was put aside as no term" in page
    assert session.scalars(select(TermAside.term)).all() == ["middleware"]
    assert desk.post("/desk/phrasebook/aside/back", data=data).status_code == 303
    assert "Explain it" in desk.get(PAGE).text


def test_a_dropped_term_is_not_proposed(database: Database, session: Session, write: Write, desk: FlaskClient) -> None:
    desk.post("/desk/phrasebook/drop", data={"language": "en", "term": "deadlock"})
    write("There was a deadlock.", 6)
    learn(database, session)
    assert "Nothing at the moment." in desk.get(PAGE).text


def test_what_customers_write_themselves_is_no_term(
    database: Database, session: Session, cast: Cast, write: Write
) -> None:
    write(WORDS, 6)
    a_ticket(cast, title="Is the middleware down?")
    assert learn(database, session) == []


def test_notes_and_old_words_do_not_count(database: Database, session: Session, cast: Cast, second: Agent) -> None:
    long_ago = clock.now() - timedelta(days=91)
    for number in range(8):
        ticket = a_ticket(cast, at=long_ago)
        by = cast.actor((cast.agent, second)[number % 2])
        services.add_note(session, ticket, body="The middleware", by=by, at=clock.now())
        services.add_update(session, ticket, update=services.Update("The zookeeper"), by=by, at=long_ago)
    session.commit()
    assert learn(database, session) == []


def test_erased_texts_are_gone_at_once_and_from_the_next_count(
    database: Database, session: Session, cast: Cast, second: Agent, write: Write, desk: FlaskClient
) -> None:
    write(WORDS, 6)
    learn(database, session)
    admin = cast.actor(factories.an_agent(session, "Li Na", role=Role.ADMIN))
    privacy.erase(session, second.person_id, by=admin, at=clock.now())
    session.commit()
    assert "Nothing at the moment." in desk.get(PAGE).text
    assert learn(database, session) == []
    assert session.scalar(select(func.count()).select_from(OftenTypedUse)) == 0


def test_who_may_not_see_where_is_not_told_what(
    database: Database, session: Session, cast: Cast, write: Write, as_: As
) -> None:
    write(WORDS, 6)
    learn(database, session)
    limited = factories.an_agent(session, "Zhao Lei")
    factories.a_product(session, "lis")
    factories.limit_agent(session, limited, products=("lis",))
    session.commit()
    assert "Nothing at the moment." in as_(limited).get(PAGE).text


def test_it_is_counted_once_a_night(app: Flask, session: Session) -> None:
    night = clock.now().replace(hour=18, minute=0)
    with app.app_context():
        for minutes in (0, 1, 70):
            ask_for_learning(session, at=night + timedelta(minutes=minutes))
    assert session.scalar(select(func.count()).where(Job.kind == LEARN_JOB)) == 1


@pytest.mark.slow
def test_each_database_counts_proposes_and_tells_where_it_is_used(migrated: Database) -> None:
    with clock.stopped_at(TUESDAY_MORNING), Session(migrated.reader, expire_on_commit=False) as session:
        cast = a_cast(session)
        agents = (cast.agent, factories.an_agent(session, "Wang Min"))
        for number in range(6):
            by = cast.actor(agents[number % 2])
            update = services.Update("The middleware is up again.")
            services.add_update(session, a_ticket(cast), update=update, by=by, at=clock.now())
        session.commit()
        learn_terms(migrated, {})
        actor = cast.actor(cast.agent)
        assert [(each.term, each.texts, len(each.references)) for each in proposed(session, actor, "en")] == [
            ("middleware", 6, 3)
        ]
        assert len(where_used.in_tickets(session, actor, "middleware", "en")) == 6
        for find in (where_used.in_articles, where_used.in_notices):
            assert find(session, actor, "middleware", "en") == []
