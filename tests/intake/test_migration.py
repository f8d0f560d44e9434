import pytest

from intake.answers import Answers, Mark, Retired
from intake.migration import DifferenceKind, can_upgrade, differences, migrate
from intake.plain import Json
from tests.intake.making import his_fault, load

OPTIONS = 'options: [{id: x, text: "X"}, {id: y, text: "Y"}]'
A = f'- {{id: a, type: choice, text: "A?", {OPTIONS}}}'
B = '- {id: b, type: text, text: "B?"}'


def kinds(*, old: str, new: str, more: str = "") -> list[tuple[str, str, bool]]:
    found = differences(load(old), load(new, more=more))
    return [(difference.kind.value, difference.question_id, difference.is_settled) for difference in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (A, A, []),
        (A, A.replace("A?", "Which?"), [("text", "a", True)]),
        (A, A.replace('"X"', '"The X"'), [("text", "a", True)]),
        (A, A + "\n" + B, [("additive", "b", True)]),
        (A, A.replace("}]", '}, {id: z, text: "Z"}]'), [("additive", "a", True)]),
        (A, A.replace(', {id: y, text: "Y"}', ""), [("option-removed", "a", False)]),
        (A, '- {id: a, type: text, text: "A?"}', [("type-changed", "a", False)]),
        (A + "\n" + B, A, [("question-removed", "b", False)]),
    ],
)
def test_it_names_every_difference(old: str, new: str, expected: list[tuple[str, str, bool]]) -> None:
    assert kinds(old=old, new=new) == expected


@pytest.mark.parametrize(
    ("new", "entry"),
    [
        (A.replace(', {id: y, text: "Y"}', ""), "{question: a, options: {y: x}}"),
        (A.replace(', {id: y, text: "Y"}', ""), '{drop: a, note: "We ask otherwise now."}'),
        ('- {id: a, type: text, text: "A?"}', '{drop: a, note: "We ask otherwise now."}'),
        (A.replace("id: a", "id: c"), "{rename: a, to: c}"),
        (B, '{drop: a, note: "We no longer ask."}'),
    ],
)
def test_an_entry_of_migrate_settles_it(new: str, entry: str) -> None:
    assert can_upgrade(load(A), load(new, more=f"migrate: [{entry}]\n"))
    assert not can_upgrade(load(A), load(new))


def test_a_renamed_question_keeps_its_answer_and_mark() -> None:
    new = load(A.replace("id: a", "id: c"), more="migrate: [{rename: a, to: c}]\n")
    moved = migrate(Answers({"a": "x"}, {"a": Mark(True, True)}), load(A), new)
    assert dict(moved) == {"c": "x"}
    assert moved.marks == {"c": Mark(True, True)}


def test_a_mapped_option_takes_the_place_of_the_old_one() -> None:
    new = load(A.replace(', {id: y, text: "Y"}', ""), more="migrate: [{question: a, options: {y: x}}]\n")
    assert dict(migrate(Answers({"a": "y"}), load(A), new)) == {"a": "x"}


def test_what_has_no_place_is_retired_with_its_note() -> None:
    new = load(B, more='migrate: [{drop: a, note: "We no longer ask."}]\n')
    moved = migrate(Answers({"a": "x", "b": "words"}), load(A + "\n" + B), new)
    assert dict(moved) == {"b": "words"}
    assert moved.retired == (Retired("a", "A?", "x", "We no longer ask."),)


def test_a_list_keeps_what_still_exists() -> None:
    old, new = A.replace("choice", "multi"), A.replace("choice", "multi").replace(', {id: y, text: "Y"}', "")
    moved = migrate(Answers({"a": ["x", "y"]}), load(old), load(new))
    assert dict(moved) == {"a": ["x"]}
    assert moved.retired[0].answer == ["y"]


def test_a_list_that_is_no_answer_is_kept_whole() -> None:
    multi = load(A.replace("choice", "multi"))
    moved = migrate(Answers({"a": ["x", 1]}), multi, multi)
    assert moved.retired[0].answer == ["x", 1]


def test_two_answers_never_fight_for_one_place() -> None:
    new = load('- {id: c, type: text, text: "C?"}', more="migrate: [{rename: a, to: c}, {rename: b, to: c}]\n")
    old = load('- {id: a, type: text, text: "A?"}\n' + B)
    moved = migrate(Answers({"a": "one", "b": "two"}), old, new)
    assert dict(moved) == {"c": "one"}
    assert [retired.answer for retired in moved.retired] == ["two"]


@pytest.mark.parametrize("answer", [{"unknown": True}, "5.5.1"])
def test_the_same_version_leaves_answers_alone(answer: Json) -> None:
    moved = migrate(Answers({"version": answer}), his_fault(), his_fault())
    assert dict(moved) == {"version": answer}
    assert moved.retired == ()


def test_earlier_retired_answers_stay() -> None:
    kept = Answers({}, retired=(Retired("z", "Z?", 1),))
    assert migrate(kept, load(A), load(A)).retired == kept.retired


def test_kinds_have_names_for_scripts() -> None:
    assert {kind.value for kind in DifferenceKind} == {
        "text", "additive", "option-removed", "type-changed", "question-removed",
    }  # fmt: skip
