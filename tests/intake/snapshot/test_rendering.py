from datetime import UTC, datetime
from pathlib import Path

from intake.checking.catalogues import read_catalogue
from intake.snapshot import as_text, build, plain_text
from intake.words import source_words
from tests.intake.making import begin, his_fault, load

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ANSWERS = {
    "product": "his",
    "module": "orders",
    "version": {"unknown": True},
    "blocked": "slow",
    "steps": [{"did": "typed", "saw": "nothing"}],
    "input_method": "yes",
    "try_key": {"pressed": "right", "solved": "no"},
}


def test_it_reads_as_questions_and_answers() -> None:
    text = as_text(build(begin(his_fault(), ANSWERS), now=NOW), questionnaire=his_fault())
    assert text.startswith("P3: work goes on, with a detour or errors\n")
    assert "Which system are you using?\n  Outpatient and inpatient system\n" in text
    assert "Which version is installed?\n  I do not know\n" in text
    assert "Press F7 once, then try again.\n  One key in the top row: F7\n  It did not help\n" in text
    assert "  1.\n  Did: typed\n  Saw: nothing\n" in text
    assert "Phone we can call now" not in text


def test_it_says_nothing_of_known_issues_that_nobody_was_shown() -> None:
    document = build(begin(his_fault(), ANSWERS), now=NOW)
    assert document["known_issue"] == {"outcome": "none"}
    assert "Is one of these your problem?" not in as_text(document, questionnaire=his_fault())
    same = {**document, "known_issue": {"issue": "N-1", "outcome": "same"}}
    assert "Is one of these your problem?\n  N-1\n  The same problem\n" in as_text(same, questionnaire=his_fault())


def test_it_reads_in_the_language_of_the_reader() -> None:
    catalogue = read_catalogue(Path("translations"), "zh_Hans")
    assert catalogue is not None
    text = as_text(
        build(begin(his_fault(), ANSWERS), now=NOW),
        lambda context, source: catalogue[context, source].text,
        his_fault(),
    )
    assert "您用的是哪个系统？\n  门诊和住院系统\n" in text
    assert "按一下 F7，再试一次。" in text


def test_without_the_questionnaire_paths_stand_for_the_questions() -> None:
    text = as_text(build(begin(his_fault(), ANSWERS), now=NOW))
    assert "product.code: his\n" in text
    assert "impact.blocked: slow\n" in text


def test_places_for_answers_are_filled_with_their_words() -> None:
    questionnaire = load('- {id: a, type: choice, text: "A?", options: [{id: x, text: "The X"}]}')
    assert plain_text("About {answer:a}, {answer:b}", questionnaire, {"a": "x"}, source_words) == "About The X, …"
