import pytest

from intake.triage import triage
from tests.intake.making import begin, his_fault, load


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("P3", "p3-default")),
        ({"blocked": "asking"}, ("P4", "p4-question")),
        ({"blocked": "stopped"}, ("P2", "p2-stopped")),
        ({"blocked": "stopped", "patient_now": "yes"}, ("P1", "p1-patient")),
        ({"blocked": "stopped", "scope": "hospital"}, ("P1", "p1-hospital")),
        ({"blocked": "slow", "scope": "hospital", "data_risk": "lost"}, ("P1", "p1-data")),
        ({"blocked": "slow", "patient_now": "yes"}, ("P3", "p3-default")),
        ({"blocked": "slow", "data_risk": "maybe", "scope": "dept"}, ("P2", "p2-maybe")),
        ({"blocked": "asking", "scope": "hospital", "data_risk": "lost"}, ("P4", "p4-question")),
    ],
)
def test_the_first_matching_rule_sets_the_priority(answers: dict[str, object], expected: tuple[str, str]) -> None:
    questionnaire = his_fault()
    found = triage(questionnaire, begin(questionnaire, answers))
    assert (found.priority, found.rule) == expected


def test_it_says_what_would_have_raised_it() -> None:
    questionnaire = his_fault()
    found = triage(questionnaire, begin(questionnaire, {"blocked": "stopped", "scope": "dept", "patient_now": "no"}))
    assert [(miss.priority, miss.question, miss.answer) for miss in found.near_misses] == [
        ("P1", "patient_now", "yes"),
        ("P1", "scope", "hospital"),
    ]


def test_a_near_miss_is_one_answer_away_and_asked() -> None:
    questionnaire = his_fault()
    found = triage(questionnaire, begin(questionnaire, {"blocked": "asking"}))
    assert [(miss.rule, miss.question, miss.answer) for miss in found.near_misses] == [
        ("p2-stopped", "blocked", "stopped"),
    ]


def test_the_emergency_lane_sets_its_priority_and_details_never_lower_it() -> None:
    questionnaire = his_fault()
    lane = {"emg_reason": "stopped", "emg_what": "ward", "callback": "110"}
    found = triage(questionnaire, begin(questionnaire, {**lane, "blocked": "asking"}, emergency=True))
    assert (found.priority, found.rule, found.near_misses) == ("P1", "emergency", ())


def test_details_may_explain_the_priority() -> None:
    questionnaire = his_fault()
    found = triage(questionnaire, begin(questionnaire, {"blocked": "stopped", "scope": "hospital"}, emergency=True))
    assert (found.priority, found.because) == ("P1", "work has stopped for the whole hospital")


def test_details_may_raise_what_the_lane_sets() -> None:
    questionnaire = load(
        '- {id: a, type: choice, text: "A?", options: [{id: x, text: "X"}]}',
        more='emergency: {label: "Help", ask: [a], sets: P2, because: "you asked for help"}\n',
        triage="""\
        triage:
          - {id: worst, set: P1, when: {q: a, is: x}, because: "it is the worst"}
          - {id: default, set: P3, because: "work goes on"}
        """,
    )
    assert triage(questionnaire, begin(questionnaire, {"a": "x"}, emergency=True)).priority == "P1"
    quiet = triage(questionnaire, begin(questionnaire, emergency=True))
    assert (quiet.priority, quiet.because) == ("P2", "you asked for help")
