"""Single pages of an interview: what they show, keep, refuse and reveal."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.interviews.models import Interview
from tests.portal.interviews.cast import CHECK, Browser, Cast, a_draft, a_draft_at


def stored(session: Session) -> dict[str, object]:
    document = session.scalars(select(Interview.answers)).one()
    return dict(document["answers"])


def test_what_we_have_on_record_is_offered(browser: Browser) -> None:
    a_draft(browser)
    assert browser.fields["q-product"] == ["his"]
    assert "Yes, it is still 5.5.1" in browser.text


def test_a_question_that_an_answer_reveals_comes_in_place_and_not_as_an_error(browser: Browser) -> None:
    a_draft(browser)
    browser.send({"q-product": "his", "q-version-confirm": "~unknown"})
    assert 'name="q-module"' in browser.text
    assert browser.errors == []


def test_the_version_on_record_is_confirmed_with_a_mark(browser: Browser, session: Session) -> None:
    a_draft(browser)
    browser.send({"q-version-confirm": "=5.5.1", "q-module": "orders"})
    document = session.scalars(select(Interview.answers)).one()
    assert document["answers"]["version"] == "5.5.1"
    assert document["marks"]["version"] == {"prefilled": True, "confirmed": True}


def test_another_version_is_taken_in_full_width_digits(browser: Browser, session: Session) -> None:
    a_draft(browser)
    browser.send({"q-version-confirm": "~other", "q-version": "Ｖ５．６．２", "q-module": "orders"})
    assert stored(session)["version"] == "5.6.2"


def test_still_the_same_means_the_version_that_was_shown(browser: Browser, session: Session) -> None:
    a_draft(browser)
    browser.send({"q-version-confirm": "=4.0.0", "q-module": "orders"})
    assert browser.status == 422
    assert "version" not in stored(session)


def test_what_is_missing_stands_beside_the_field_and_in_the_summary(browser: Browser) -> None:
    a_draft_at(browser, "impact")
    browser.send()
    assert browser.status == 422
    assert browser.errors == ["Choose an answer: Can you still do the work?"]
    assert browser.text.count("Choose an answer: Can you still do the work?") == 2


def test_a_refused_page_keeps_the_answers_that_were_given(browser: Browser, session: Session) -> None:
    a_draft(browser)
    browser.send({"q-product": "emr", "q-version-confirm": ""})
    assert browser.status == 422
    assert stored(session)["product"] == "emr"
    assert browser.fields["q-product"] == ["emr"]


def test_going_back_shows_what_was_answered(browser: Browser) -> None:
    draft = a_draft_at(browser, "reach")
    browser.open(f"{draft}/impact")
    assert browser.fields["q-blocked"] == ["workaround"]


def test_a_page_that_is_not_asked_leads_to_where_the_interview_is(browser: Browser) -> None:
    draft = a_draft_at(browser, "reach")
    browser.open(f"{draft}/known")
    assert browser.heading == "Who and what is affected?"


def test_saving_for_later_asks_for_nothing_and_goes_home(browser: Browser, session: Session) -> None:
    a_draft(browser)
    browser.send({"q-product": "insurance", "q-version-confirm": ""}, button="later")
    assert browser.path == "/"
    assert stored(session)["product"] == "insurance"


def test_an_interview_goes_on_where_it_was_left(browser: Browser) -> None:
    draft = a_draft_at(browser, "message")
    browser.open(draft)
    assert browser.heading == "What did the screen say?"


def test_a_secret_never_reaches_the_database(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "message")
    browser.send({"q-error_text": "login failed for password=Tr0ub4dor&3 at 09:52"})
    assert "Tr0ub4dor" not in json.dumps(stored(session))
    assert "Tr0ub4dor" not in browser.text


def test_what_was_covered_is_shown_before_going_on(browser: Browser) -> None:
    a_draft_at(browser, "message")
    browser.send({"q-error_text": "YB-3021 no answer, password=Tr0ub4dor&3"})
    assert browser.heading == "What did the screen say?"
    assert '<mark class="mask">password</mark>' in browser.text
    assert '<b class="hit">YB-3021</b>' in browser.text
    browser.send()
    assert browser.heading == "Show us how it happens"


def test_a_secret_in_a_refused_page_is_covered_too(browser: Browser) -> None:
    a_draft_at(browser, "who")
    browser.send({"q-callback": "call me", "q-best_time": "any"})
    assert browser.status == 422
    draft = browser.path.rpartition("/")[0]
    browser.open(f"{draft}/show").send({"q-steps-1-did": "password=Tr0ub4dor&3 " + "x" * 6000})
    assert browser.status == 422
    assert "Tr0ub4dor" not in browser.text


def test_a_wrong_key_is_explained_and_may_be_tried_again(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "try")
    browser.send({"q-input_method": "yes"})
    assert '<kbd class="key">F7</kbd>' in browser.text
    browser.send({"q-try_key-pressed": "combo", "q-try_key-solved": "no"})
    assert browser.status == 422
    browser.send({"q-try_key-pressed": "combo", "q-try_key-solved": "no"})
    assert stored(session)["try_key"] == {"pressed": "combo", "solved": "no"}


def test_what_is_solved_on_the_way_can_end_there(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "try")
    browser.send({"q-input_method": "yes"})
    browser.send({"q-try_key-pressed": "right", "q-try_key-solved": "yes"})
    assert browser.heading == "It works again"
    browser.send()
    assert browser.path == "/"
    interview = session.scalars(select(Interview)).one()
    assert (interview.submitted_at is not None, interview.ticket_id) == (True, None)


def test_a_changed_answer_leads_back_to_checking(browser: Browser) -> None:
    draft = a_draft_at(browser, "check")
    browser.open(f"{draft}/who?from=check").send({"q-callback": "010-5555-0111"})
    assert browser.heading == CHECK
    assert "010-5555-0111" in browser.text


def test_a_changed_answer_asks_what_is_newly_needed_first(browser: Browser) -> None:
    draft = a_draft_at(browser, "check")
    browser.open(f"{draft}/impact?from=check").send({"q-blocked": "asking"})
    assert browser.heading == "How do we reach you?"
    assert 'name="q-question"' in browser.text


@pytest.mark.parametrize("page", ["nothing", "emergency", "check/x"])
def test_a_page_that_is_not_there_is_not_found(browser: Browser, page: str) -> None:
    draft = a_draft(browser)
    assert browser.client.get(f"{draft}/{page}").status_code == 404


def test_two_windows_notice_each_other(browser: Browser, cast: Cast, session: Session) -> None:
    draft = a_draft_at(browser, "impact")
    other = Browser(browser.client).open(f"{draft}/impact")
    browser.send({"q-blocked": "slow"})
    other.send({"q-blocked": "stopped"})
    assert other.status == 422
    assert "another window" in other.text
    assert stored(session)["blocked"] == "slow"
    assert other.fields["q-blocked"] == ["stopped"]
    other.send()
    assert stored(session)["blocked"] == "stopped"


def test_the_same_page_sent_twice_goes_on_once(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "impact")
    sent = browser.filled({"q-blocked": "slow"})
    for _ in range(2):
        answer = browser.client.post(f"{draft}/impact", data=sent)
        assert answer.headers["Location"] == f"{draft}/reach"


def test_with_a_script_an_answer_brings_what_it_reveals_at_once(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "where")
    assert browser.text.count('hx-post="') == 1, "only the question on which others depend"
    browser.send({"q-product": "insurance", "q-version-confirm": "~other", "q-version": "?"}, button="reveal")
    assert (browser.status, browser.errors) == (200, [])
    assert 'name="q-module"' not in browser.text
    assert browser.fields["q-version"] == ["?"]
    assert stored(session)["product"] == "insurance"
    browser.send({"q-version": "3.2"})
    assert browser.status == 200
