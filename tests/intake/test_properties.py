"""What holds for every questionnaire and every set of answers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.answers import Answers
from intake.checking import Reach, check, reachability
from intake.checking.domains import DAY
from intake.conditions import evaluate
from intake.interview import Interview
from intake.loading import from_document
from intake.migration import migrate
from intake.plain import canonical_json
from intake.questionnaire import Questionnaire
from intake.snapshot import as_text, build, faults_of
from intake.triage import triage
from tests.intake.growing import answers_to, questionnaires
from tests.intake.making import TODAY

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 21, tzinfo=UTC)
often = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def asked_days() -> st.SearchStrategy[date]:
    return st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


@often
@given(st.data())
def test_what_the_linter_calls_unreachable_is_never_asked(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    reached = reachability(questionnaire)
    for emergency in (False, True):
        answers = data.draw(answers_to(questionnaire))
        today = data.draw(asked_days())
        interview = Interview.begin(questionnaire, today=today, answers=Answers(answers), emergency=emergency)
        for question_id in interview.asked:
            assert reached[question_id][emergency].reach is not Reach.NO, (question_id, answers)


@often
@given(questionnaires())
def test_what_the_linter_calls_reachable_is_asked_by_its_reproduction(questionnaire: Questionnaire) -> None:
    for question_id, met in reachability(questionnaire).items():
        for emergency in (False, True):
            if met[emergency].reach is not Reach.YES:
                continue
            answers = dict(met[emergency].answers or {})
            days = [DAY + timedelta(days=days) for days in (0, *range(290, 330))]
            interviews = [
                Interview.begin(questionnaire, today=day, answers=Answers(answers), emergency=emergency) for day in days
            ]
            assert any(interview.on_path(question_id) for interview in interviews), (question_id, answers)


@often
@given(st.data())
def test_a_rule_that_never_matches_never_matches(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    never = {
        questionnaire.triage[path].id
        for finding in check(questionnaire)
        if finding.code == "E403"
        for path, rule in enumerate(questionnaire.triage)
        if f"`{rule.id}` can never" in finding.message
    }
    answers = Answers(data.draw(answers_to(questionnaire)))
    for emergency in (False, True):
        interview = Interview.begin(questionnaire, today=TODAY, answers=answers, emergency=emergency)
        assert triage(questionnaire, interview).rule not in never


@often
@given(st.data())
def test_a_condition_that_is_always_true_is_true_of_everyone_who_answers_what_is_required(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    vain = [finding.message for finding in check(questionnaire) if finding.code == "W302"]
    answers = Answers(data.draw(answers_to(questionnaire)))
    interview = Interview.begin(questionnaire, today=DAY, answers=answers)
    if interview.missing:
        return
    for page in questionnaire.pages:
        is_page_asked = page.only is None and (page.ask_if is None or evaluate(page.ask_if, interview.facts))
        for question in page.questions:
            if is_page_asked and f"`ask_if` of `{question.id}` is always true." in vain:
                assert interview.on_path(question.id)


@often
@given(st.data())
def test_no_answers_ever_raise(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = Answers(data.draw(answers_to(questionnaire)))
    for emergency in (False, True):
        interview = Interview.begin(questionnaire, today=TODAY, answers=answers, emergency=emergency)
        document = build(interview, now=NOW)
        assert faults_of(document) == []
        assert as_text(document, questionnaire=questionnaire)
        assert interview.progress.done + interview.progress.remaining == len(interview.path)


@often
@given(st.data())
def test_hiding_and_showing_never_loses_an_answer(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    given_answers = data.draw(answers_to(questionnaire))
    interview = Interview.begin(questionnaire, today=TODAY).with_answers(given_answers)
    before = dict(interview.live)
    for question_id, answer in data.draw(answers_to(questionnaire)).items():
        if question_id in given_answers:
            interview = interview.with_answer(question_id, answer).with_answer(question_id, given_answers[question_id])
    assert dict(interview.answers) == given_answers
    assert dict(interview.live) == before


@often
@given(st.data())
def test_equal_answers_give_equal_bytes_in_any_order(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_to(questionnaire))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    first = Interview.begin(questionnaire, today=TODAY, answers=Answers(answers))
    second = Interview.begin(questionnaire, today=TODAY).with_answers(shuffled)
    assert canonical_json(build(first, now=NOW)) == canonical_json(build(second, now=NOW))


@often
@given(st.data())
def test_migration_never_loses_an_answer(data: st.DataObject) -> None:
    old, new = data.draw(questionnaires()), data.draw(questionnaires())
    answers = Answers(data.draw(answers_to(old)))
    moved = migrate(answers, old, new)
    places = {retired.question_id: retired.answer for retired in moved.retired}
    for question_id, answer in answers.items():
        kept, left = moved.get(question_id), places.get(question_id)
        pieces = [*(kept if isinstance(kept, list) else [kept]), *(left if isinstance(left, list) else [left])]
        whole = answer if isinstance(answer, list) else [answer]
        assert all(piece in pieces for piece in whole), (answer, kept, left)


@often
@given(questionnaires())
def test_stored_json_is_the_same_questionnaire(questionnaire: Questionnaire) -> None:
    again = from_document(questionnaire.document)
    assert again == questionnaire
    assert again.canonical == questionnaire.canonical


@often
@given(questionnaires())
def test_every_finding_can_be_acted_on(questionnaire: Questionnaire) -> None:
    for finding in check(questionnaire):
        assert finding.message
        assert finding.suggestion


@often
@given(questionnaires())
def test_answers_that_lower_the_priority_are_shown_where_impact_grows(questionnaire: Questionnaire) -> None:
    for finding in check(questionnaire):
        if finding.code != "W404":
            continue
        assert finding.reproduction is not None
        question_id, worse = finding.message.split("`")[1], finding.message.split("`")[3]
        days = [DAY, *(DAY + timedelta(days=days) for days in range(290, 330))]
        drops = []
        for day in days:
            before = Interview.begin(questionnaire, today=day, answers=Answers(finding.reproduction))
            after = before.with_answer(question_id, worse)
            drops.append(triage(questionnaire, after).priority > triage(questionnaire, before).priority)
        assert any(drops)
