"""Where people stop: what is written down about a page, and that it holds no word."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import new_id
from portal.files.storage import FolderStorage
from portal.interviews import queries, services
from portal.interviews.models import Interview, QuestionVisit
from portal.interviews.services import Visit
from tests.portal.interviews.cast import Browser, Cast, a_draft, a_draft_at


def kinds(session: Session) -> dict[str, set[str]]:
    """Return what was written down, by question."""
    found: dict[str, set[str]] = {}
    for question, kind in session.execute(select(QuestionVisit.question_id, QuestionVisit.kind)):
        found.setdefault(question, set()).add(kind)
    return found


def test_beginning_shows_the_first_page(browser: Browser, session: Session) -> None:
    a_draft(browser)
    assert kinds(session) == {"product": {"shown"}, "version": {"shown"}}


def test_a_page_that_was_sent_says_how_it_was_passed_and_what_comes_next(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "reach")
    browser.send({"q-scope": "dept", "q-patient_now": "no"})
    found = kinds(session)
    assert found["scope"] == {"answered"}
    assert found["data_risk"] == {"open"}
    assert found["error_text"] == {"shown"}


def test_i_do_not_know_is_counted_apart(browser: Browser, session: Session) -> None:
    a_draft(browser)
    browser.send({"q-product": "his", "q-version-confirm": "~unknown"})
    browser.send({"q-module": "orders"})
    assert kinds(session)["version"] >= {"unknown"}


def test_a_refused_page_counts_what_is_missing(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "impact")
    browser.send()
    assert browser.status == 422
    assert kinds(session) == {"blocked": {"refused"}}


def test_the_time_is_that_since_the_page_was_first_shown(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "impact")
    with clock.stopped_at(clock.now() + timedelta(seconds=40)):
        browser.send()
    with clock.stopped_at(clock.now() + timedelta(seconds=55)):
        browser.send({"q-blocked": "slow"})
    rows = session.execute(
        select(QuestionVisit.kind, QuestionVisit.seconds).where(QuestionVisit.question_id == "blocked")
    )
    assert set(rows.all()) == {("refused", None), ("answered", 55)}


@pytest.mark.parametrize("since", ["", "x", "-5", "99999999999", "9" * 30, "0", "１２"])
def test_a_time_that_can_not_be_is_not_counted(browser: Browser, session: Session, since: str) -> None:
    a_draft_at(browser, "impact")
    browser.send({"q-blocked": "slow", "since": since})
    assert set(session.scalars(select(QuestionVisit.seconds))) == {None}


def test_leaving_and_the_pages_own_buttons_say_nothing(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "show")
    browser.send({"q-steps-1-did": "Open"}, button="add")
    browser.send(button="later")
    assert kinds(session) == {}


def test_no_word_of_an_answer_has_a_place() -> None:
    columns = {each.name for each in inspect(QuestionVisit).columns}
    assert columns == {"id", "version_id", "interview_id", "question_id", "kind", "seconds", "at"}


def figures(session: Session, cast: Cast) -> dict[str, queries.QuestionFigures]:
    return {each.question_id: each for each in queries.figures_of(session, cast.version_id, at=clock.now())}


def test_who_goes_on_within_a_week_has_not_stopped(browser: Browser, session: Session, cast: Cast) -> None:
    a_draft(browser)
    assert figures(session, cast)["product"].left == 0
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        assert figures(session, cast)["product"].left == 1
        assert queries.runs_of(session, cast.version_id, at=clock.now()).left == 1


def test_a_draft_that_was_dropped_has_stopped(browser: Browser, session: Session, cast: Cast, tmp_path: Path) -> None:
    a_draft(browser)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        services.purge(session, remove=FolderStorage(tmp_path).remove, at=clock.now())
        session.commit()
        assert session.scalars(select(Interview)).all() == []
        assert (figures(session, cast)["product"].seen, figures(session, cast)["product"].left) == (1, 1)


def test_what_was_sent_has_not_stopped(browser: Browser, session: Session, cast: Cast) -> None:
    a_draft_at(browser, "who")
    browser.send({"q-callback": "010-5555-0199"}).send()
    runs = queries.runs_of(session, cast.version_id, at=clock.now() + timedelta(days=30))
    assert (runs.begun, runs.sent, runs.left) == (1, 1, 0)


HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(("a", "b", "c")), st.sampled_from(list(Visit))), max_size=30
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(HAPPENINGS)
def test_whatever_happens_the_figures_add_up(
    session: Session, cast: Cast, happened: list[tuple[int, str, Visit]]
) -> None:
    runs = [new_id() for _ in range(4)]
    session.execute(delete(QuestionVisit))
    for run, question, visit in happened:
        row = {"version_id": cast.version_id, "interview_id": runs[run], "question_id": question}
        session.add(QuestionVisit(**row, kind=visit.value, at=clock.now()))
    session.commit()
    errors = Counter(question for _, question, visit in happened if visit is Visit.REFUSED)
    for question, found in figures(session, cast).items():
        met = {run for run, each, _ in happened if each == question}
        passed = {
            run for run, each, visit in happened if each == question and visit not in (Visit.SHOWN, Visit.REFUSED)
        }
        assert found.seen == len(met)
        assert found.left == len(met - passed)
        assert found.errors == errors[question]
        assert max(found.answered, found.unknown, found.left_open) <= len(passed)
