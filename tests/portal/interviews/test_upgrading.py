"""Drafts that meet a newer version of their questionnaire."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.answers import Answers
from intake.kinds.base import texts
from intake.loading import load_text
from intake.migration import can_upgrade
from intake.plain import Json
from intake.questionnaire import Questionnaire
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database, new_id
from portal.interviews import services
from portal.interviews.models import Interview
from portal.interviews.queries import Draft
from portal.questionnaires import services as questionnaires
from portal.questionnaires.queries import Published
from portal.tickets.models import Ticket
from tests.intake.growing import answers_to
from tests.intake.growing import questionnaires as grown
from tests.portal.interviews.cast import Browser
from tests.portal.interviews.test_budgets import counted, statements, transactions

ONE = """
intake: 1
id: small
version: 1
source_locale: en
locales: [en]
title: "Report something"
pages:
  - id: what
    title: "What it is"
    questions:
      - id: bad
        type: choice
        text: "How bad?"
        required: true
        options: [{id: very, text: "Very"}, {id: little, text: "A little"}]
      - {id: since, type: text, text: "Since when?"}
  - id: more
    title: "More about it"
    questions:
      - {id: words, type: longtext, text: "In your words?", required: true}
triage:
  - {id: default, set: P3, because: "work goes on"}
snapshot: {problem.bad: bad, problem.since: since, problem.words: words}
"""
TWO = ONE.replace("version: 1", "version: 2").replace('"How bad?"', '"How bad is it?"')
DROPPED = (
    TWO.replace('      - {id: since, type: text, text: "Since when?"}\n', "").replace("problem.since: since, ", "")
    + '\nmigrate:\n  - {drop: since, note: "We see it in the log."}\n'
)
STUCK = TWO.replace("id: very", "id: much")
ANSWERS: Mapping[str, Json] = {"bad": "very", "since": "Monday"}


def publish(session: Session, text: str) -> UUID:
    version = questionnaires.publish(session, load_text(text, name="small.yaml"), by=SYSTEM, at=clock.now())
    session.commit()
    return version.id


def a_draft_on(browser: Browser, session: Session, version_id: UUID, page: str = "more") -> Interview:
    keep = timedelta(days=30)
    row = services.start(session, services.Beginning(version_id), by=browser.actor, keep=keep, at=clock.now())
    row.answers, row.visited, row.page = Answers(ANSWERS).as_document(), ["what"], page
    session.commit()
    return row


@pytest.fixture
def draft(browser: Browser, session: Session) -> Interview:
    """Begin an interview of the first version."""
    return a_draft_on(browser, session, publish(session, ONE))


def now_of(session: Session, draft: Interview) -> Interview:
    session.expire_all()
    return session.get_one(Interview, draft.id)


def test_the_reader_is_told_that_a_question_has_changed(browser: Browser, session: Session, draft: Interview) -> None:
    publish(session, TWO)
    browser.open(f"/interviews/{draft.id}")
    assert "1 question has changed since you began. Your answers are kept." in browser.text
    assert "“How bad?” has changed." in browser.text
    assert "How bad is it?" in browser.open(f"/interviews/{draft.id}/what").text


def test_looking_changes_nothing(browser: Browser, session: Session, draft: Interview) -> None:
    was = draft.version_id
    publish(session, TWO)
    browser.open(f"/interviews/{draft.id}")
    assert now_of(session, draft).version_id == was


def test_the_next_page_that_is_sent_keeps_it_in_the_newer_version(
    browser: Browser, session: Session, draft: Interview
) -> None:
    newer = publish(session, DROPPED)
    browser.open(f"/interviews/{draft.id}").send({"q-words": "It stands still"})
    row = now_of(session, draft)
    assert row.version_id == newer
    assert row.answers["answers"] == {"bad": "very", "words": "It stands still"}
    assert [each["answer"] for each in row.answers["retired"]] == ["Monday"]
    assert "has changed since you began" not in browser.text


def test_an_answer_without_a_place_is_shown_before_sending(
    browser: Browser, session: Session, draft: Interview
) -> None:
    publish(session, DROPPED)
    browser.open(f"/interviews/{draft.id}").send({"q-words": "It stands still"})
    retired = browser.text.partition("No longer asked")[2]
    for words in ("Since when?", "Monday", "We see it in the log."):
        assert words in retired


def test_what_can_not_be_carried_over_stays_on_its_version(
    browser: Browser, session: Session, draft: Interview
) -> None:
    was = draft.version_id
    publish(session, STUCK)
    browser.open(f"/interviews/{draft.id}").send({"q-words": "It stands still"})
    assert "How bad?" in browser.text
    assert "Very" in browser.text
    browser.send()
    assert now_of(session, draft).version_id == was
    assert session.scalars(select(Ticket.id)).one() == now_of(session, draft).ticket_id


def test_a_page_that_was_open_is_taken_as_it_was_shown(browser: Browser, session: Session, draft: Interview) -> None:
    browser.open(f"/interviews/{draft.id}/what")
    newer = publish(session, DROPPED)
    browser.send({"q-bad": "little", "q-since": "Sunday"})
    row = now_of(session, draft)
    assert row.answers["answers"] == {"bad": "little", "since": "Sunday"}
    browser.send({"q-words": "It stands still"})
    row = now_of(session, draft)
    assert row.version_id == newer
    assert [each["answer"] for each in row.answers["retired"]] == ["Sunday"]


def test_sending_from_the_check_page_sends_what_was_seen(browser: Browser, session: Session, draft: Interview) -> None:
    browser.open(f"/interviews/{draft.id}").send({"q-words": "It stands still"})
    was = now_of(session, draft).version_id
    newer = publish(session, TWO)
    assert was != newer
    browser.send()
    assert now_of(session, draft).version_id == was
    another = a_draft_on(browser, session, was, page="")
    another.answers = Answers({**ANSWERS, "words": "Again"}).as_document()
    session.commit()
    browser.open(f"/interviews/{another.id}/check").send()
    assert now_of(session, another).version_id == newer
    assert now_of(session, another).submitted_at is not None


def test_a_page_that_is_gone_leads_to_one_that_is_there(browser: Browser, session: Session, draft: Interview) -> None:
    publish(session, TWO.replace("id: more", "id: rest"))
    browser.open(f"/interviews/{draft.id}/more")
    assert (browser.status, browser.path) == (200, f"/interviews/{draft.id}/rest")


def test_versions_are_followed_one_after_the_other(browser: Browser, session: Session, draft: Interview) -> None:
    publish(session, DROPPED)
    newest = publish(session, DROPPED.partition("\nmigrate:")[0].replace("version: 2", "version: 3"))
    browser.open(f"/interviews/{draft.id}").send({"q-words": "It stands still"})
    row = now_of(session, draft)
    assert (row.version_id, row.answers["retired"][0]["answer"]) == (newest, "Monday")


def test_a_stale_draft_costs_no_more_than_another(
    browser: Browser, session: Session, database: Database, draft: Interview
) -> None:
    publish(session, TWO)
    browser.open(f"/interviews/{draft.id}/more")
    sent = browser.filled({"q-words": "It stands still"})
    with counted(database) as said:
        browser.client.get(f"/interviews/{draft.id}/more")
    assert len(statements(said)) <= 4, said
    with counted(database) as said:
        browser.client.post(f"/interviews/{draft.id}/more", data=sent)
    assert len(statements(said)) <= 5, said
    assert transactions(said) == 1


def a_draft_of(answers: Mapping[str, Json]) -> Draft:
    at, some = datetime(2026, 4, 21, tzinfo=UTC), new_id()
    return Draft(
        id=some,
        organisation_id=some,
        contact_id=some,
        version_id=some,
        newest_id=some,
        ticket_id=None,
        notice_id=None,
        follows_id=None,
        answers=Answers(answers),
        visited=frozenset(),
        page="",
        is_emergency=False,
        channel="portal",
        begun_by=None,
        version=0,
        started_at=at,
        saved_at=at,
        expires_at=at,
        submitted_at=None,
    )


def everything_in(answers: Answers) -> list[Json]:
    """Return every single answer, retired or not; several that were chosen count one by one."""
    found = [*answers.values(), *(each.answer for each in answers.retired)]
    return [one for each in found for one in (texts(each) if isinstance(each, list) and texts(each) else [each])]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_published_no_answer_is_lost(data: st.DataObject) -> None:
    versions: Sequence[Questionnaire] = [data.draw(grown()) for _ in range(data.draw(st.integers(2, 4)))]
    answers = data.draw(answers_to(versions[0]))
    newer = [Published(new_id(), each) for each in versions[1:]]
    found = services.upgraded(a_draft_of(answers), versions[0], newer)
    goes_on = can_upgrade(versions[0], versions[-1]) or all(can_upgrade(one, two) for one, two in pairwise(versions))
    assert (found is not None) == goes_on == services.goes_on(versions[0], versions[1:])
    if found is not None:
        assert found.draft.version_id == newer[-1].id
        assert len(everything_in(found.draft.answers)) >= len(everything_in(Answers(answers)))
