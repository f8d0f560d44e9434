"""Conditions and paths in words."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.checking import reachability
from intake.conditions import Condition, subjects
from intake.loading import from_document
from intake.plain import Json
from intake.questionnaire import Questionnaire
from portal.questionnaires.forms import condition_words, paths_of
from portal.questionnaires.labels import Labels
from tests.intake.growing import questionnaires

often = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
QUESTIONS: list[Json] = [
    {"id": "blocked", "type": "choice", "text": "Can you work?",
     "options": [{"id": "no", "text": "No"}, {"id": "yes", "text": "Yes"}]},
    {"id": "count", "type": "number", "text": "How many?"},
]  # fmt: skip


def words_for(condition: Json, locale: str = "en") -> str:
    """Return the words for the condition of the last question."""
    last: Json = {"id": "later", "type": "text", "text": "Why?", "ask_if": condition}
    page: Json = {"id": "one", "title": "One", "questions": [QUESTIONS[0], QUESTIONS[1], last]}
    document: dict[str, Json] = {"intake": 1, "id": "small", "version": 1, "title": "Small", "pages": [page]}
    questionnaire = from_document(document)
    condition_read = questionnaire.question("later").ask_if
    assert condition_read is not None
    return condition_words(condition_read, Labels(questionnaire, locale))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"q": "blocked", "is": "no"}, "“Can you work?” is “No”"),
        ({"not": {"q": "blocked", "is": "no"}}, "“Can you work?” is not “No”"),
        ({"q": "blocked", "in": ["no", "yes"]}, "“Can you work?” is one of “No / Yes”"),
        ({"q": "count", "ge": 3}, "“How many?” is 3 or more"),
        ({"q": "count", "answered": False}, "“How many?” is not answered"),
        ({"not": {"q": "count", "gt": 3}}, "not so: “How many?” is more than 3"),
        (
            {"any": [{"q": "blocked", "is": "no"}, {"all": [{"q": "count", "gt": 1}, {"q": "count", "lt": 9}]}]},
            "“Can you work?” is “No”, or (“How many?” is more than 1, and “How many?” is less than 9)",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(app: Flask, condition: Json, words: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert words_for(condition) == words


def conditions_of(questionnaire: Questionnaire) -> Iterator[Condition]:
    for page in questionnaire.pages:
        yield from (each for each in (page.ask_if, *(question.ask_if for question in page.questions)) if each)


@pytest.mark.slow
@often
@given(st.data())
def test_whatever_the_questionnaire_every_condition_names_what_it_looks_at(app: Flask, data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    labels = Labels(questionnaire, "en")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        for condition in conditions_of(questionnaire):
            words = condition_words(condition, labels)
            asked = [questionnaire.questions[each] for each in subjects(condition) if each in questionnaire.questions]
            assert all(labels.question(question).plain in words for question in asked)


@pytest.mark.slow
@often
@given(st.data())
def test_whatever_the_questionnaire_every_question_has_its_path(app: Flask, data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    with app.test_request_context():
        paths = paths_of(Labels(questionnaire, "zh_Hans"), reachability(questionnaire))
    assert [each.question.id for path in paths for each in path.questions] == list(questionnaire.questions)
    assert all(each.way for path in paths for each in path.questions)
