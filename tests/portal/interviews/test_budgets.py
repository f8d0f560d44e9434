"""How many statements the pages of an interview cost, signing-in included; constant in rows."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.core.db import Database
from tests.factories import a_product, an_installation
from tests.portal.interviews.cast import Browser, Cast, a_draft_at

NOT_COUNTED = ("BEGIN", "PRAGMA")


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are said to the database, and the transactions."""
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    engines: tuple[Engine, ...] = (database.reader, database.writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield said
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


def statements(said: list[str]) -> list[str]:
    return [each for each in said if not each.startswith(NOT_COUNTED)]


def transactions(said: list[str]) -> int:
    return sum(each.startswith("BEGIN") for each in said)


def arrange(session: Session, cast: Cast, rows: int) -> None:
    for number in range(rows):
        an_installation(session, cast.organisation, a_product(session, f"product-{number}"), site=str(number))
    session.commit()


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_a_page_costs_at_most_four(
    browser: Browser, cast: Cast, session: Session, database: Database, rows: int
) -> None:
    arrange(session, cast, rows)
    draft = a_draft_at(browser, "reach")
    with counted(database) as said:
        browser.client.get(f"{draft}/reach")
    assert len(statements(said)) <= 4, said  # one asks whether many report the same just now
    assert transactions(said) == 0


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_sending_a_page_costs_at_most_five_in_one_transaction(
    browser: Browser, cast: Cast, session: Session, database: Database, rows: int
) -> None:
    arrange(session, cast, rows)
    draft = a_draft_at(browser, "impact")
    sent = browser.filled({"q-blocked": "slow"})
    with counted(database) as said:
        browser.client.post(f"{draft}/impact", data=sent)
    assert len(statements(said)) <= 5, said
    assert transactions(said) == 1


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_submitting_costs_at_most_sixteen_in_one_transaction(
    browser: Browser, cast: Cast, session: Session, database: Database, rows: int
) -> None:
    arrange(session, cast, rows)
    draft = a_draft_at(browser, "check")
    with counted(database) as said:
        answer = browser.client.post(f"{draft}/submit", data=browser.filled())
    assert answer.status_code == 303
    assert len(statements(said)) <= 16, "\n".join(statements(said))
    assert transactions(said) == 1


def test_the_check_page_costs_at_most_four(browser: Browser, database: Database) -> None:
    draft = a_draft_at(browser, "check")
    with counted(database) as said:
        browser.client.get(f"{draft}/check")
    assert len(statements(said)) <= 4, said
