import pytest

from intake.answers import Answers, Mark, Retired


def test_answers_never_change_in_place() -> None:
    given = {"a": "x"}
    answers = Answers(given)
    given["a"] = "y"
    assert answers["a"] == "x"
    with pytest.raises(TypeError):
        answers.given["a"] = "y"  # type: ignore[index]  # that it is refused is the point


def test_a_change_replaces_the_mark_and_none_takes_away() -> None:
    answers = Answers({"a": "x", "b": "y"}, {"a": Mark(True, True), "b": Mark(True, False)})
    changed = answers.with_answers({"a": "z", "b": None}, {"a": Mark(False, True)})
    assert dict(changed) == {"a": "z"}
    assert changed.marks == {"a": Mark(False, True)}


def test_a_draft_keeps_everything() -> None:
    answers = Answers({"a": ["x"]}, {"a": Mark(True, False)}, (Retired("b", "B?", 3, "gone"),))
    assert Answers.from_document(answers.as_document()) == answers


def test_a_damaged_draft_gives_what_can_be_read() -> None:
    assert Answers.from_document({"answers": 3, "marks": [1], "retired": ["x"]}) == Answers()
