"""Reading published questionnaires."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.questionnaires import queries, services
from tests.portal.questionnaires.examples import a_questionnaire


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    event.listen(database.writer, "before_cursor_execute", note)
    yield said
    event.remove(database.writer, "before_cursor_execute", note)


def publish(session: Session, key: str = "small", version: int = 1, title: str = "Report something") -> UUID:
    return services.publish(session, a_questionnaire(key, version, title), by=SYSTEM, at=clock.now()).id


def test_it_finds_the_newest_version_of_each_questionnaire(session: Session) -> None:
    publish(session, "small", 1)
    newest = publish(session, "small", 2)
    other = publish(session, "another", 1)
    assert [each.id for each in queries.latest(session)] == [other, newest]


def test_it_finds_the_newest_version_of_one_questionnaire(session: Session) -> None:
    publish(session, "small", 1)
    newest = publish(session, "small", 2, "A new title")
    found = queries.latest_of(session, "small")
    assert found is not None
    assert (found.id, found.questionnaire.title) == (newest, "A new title")


def test_it_finds_nothing_where_nothing_was_published(session: Session) -> None:
    assert queries.latest(session) == []
    assert queries.latest_of(session, "small") is None


def test_it_asks_the_database_for_a_version_once(session: Session, statements: list[str]) -> None:
    version_id = publish(session)
    first = queries.parsed(session, version_id)
    statements.clear()
    assert queries.parsed(session, version_id) is first
    assert statements == []


def test_a_list_that_is_longer_than_what_is_kept_is_whole(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_KEPT", 1)
    first, second = publish(session, "a-first"), publish(session, "b-second")
    assert queries.parsed(session, first).id == "a-first"
    assert [each.id for each in queries.latest(session)] == [first, second]
