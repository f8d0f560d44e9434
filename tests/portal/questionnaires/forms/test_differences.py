"""What a new version changes, in words."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.loading import load_text
from intake.migration import differences
from intake.questionnaire import Questionnaire
from portal.questionnaires.forms import changed_questions, difference_words
from portal.questionnaires.labels import Labels
from tests.intake.growing import questionnaires
from tests.portal.questionnaires.examples import TEXT

often = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
OLD = TEXT.format(key="small", version=1, title="Report something", page="about")


def questionnaire(text: str) -> Questionnaire:
    return load_text(text, name="small.yaml")


def words(app: Flask, was: str, now: str) -> list[str]:
    old, new = questionnaire(OLD), questionnaire(OLD.replace(was, now))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        return [difference_words(each, Labels(old, "en"), Labels(new, "en")) for each in differences(old, new)]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('"How bad?"', '"How bad is it?"', "“How bad?” is worded differently."),
        ('text: "Very"', 'text: "Much"', "“How bad?”: the answer “Very” is worded differently."),
        ("{id: very, ", '{id: worst, text: "Worst"}, {id: very, ', "“How bad?” has a new answer: “Worst”."),
        ("id: little", "id: small", "“How bad?” no longer has the answer “A little”."),
        ('hint: "A hint", ', "", "“What happens when you press F7?”: the hint is worded differently."),
        ("required: true", "required: false",
         "“What happens when you press F7?”: whether it must be answered has changed."),
        ("type: longtext", "type: text",
         "“What happens when you press F7?” asks for another kind of answer (longtext to text)."),
    ],
)  # fmt: skip
def test_each_difference_is_a_sentence(app: Flask, was: str, now: str, said: str) -> None:
    assert said in words(app, was, now)


def test_a_new_and_a_dropped_question_are_named(app: Flask) -> None:
    said = words(app, "id: bad\n", "id: worse\n")
    assert {"“How bad?” is no longer asked.", "“How bad?” is asked now."} <= set(said)


def test_who_had_begun_reads_one_line_a_question(app: Flask) -> None:
    old = questionnaire(OLD)
    new = questionnaire(OLD.replace('"How bad?"', '"How bad is it?"').replace('text: "Very"', 'text: "Much"'))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        lines = changed_questions(differences(old, new), Labels(old, "en"), Labels(new, "en"))
    assert lines == ["“How bad?” has changed."]


@pytest.mark.slow
@often
@given(st.data())
def test_whatever_two_versions_say_every_difference_has_words(app: Flask, data: st.DataObject) -> None:
    old, new = data.draw(questionnaires()), data.draw(questionnaires())
    with app.test_request_context(headers={"Accept-Language": "zh-TW"}):
        for each in differences(old, new):
            assert difference_words(each, Labels(old, "zh_Hant"), Labels(new, "zh_Hant"))
