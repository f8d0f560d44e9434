import pytest

from intake.findings import QuestionnaireError
from intake.loading import from_document, load_file, load_text, read
from tests.intake.making import HIS_FAULT, TRIAGE, codes, his_fault, load, tiny

TEXT = '- {id: a, type: text, text: "What?"}'


def refused(text: str) -> list[tuple[str, int]]:
    return [(found.code, found.line) for found in read(text, name="x").findings]


def test_it_loads_the_hospital_questionnaire_as_written() -> None:
    questionnaire = load_file(HIS_FAULT)
    assert (questionnaire.id, questionnaire.version, len(questionnaire.pages), len(questionnaire.questions)) == (
        "his-fault", 4, 9, 19,
    )  # fmt: skip
    assert [rule.sets for rule in questionnaire.triage].count("P1") == 3
    assert questionnaire.question("files").max_bytes == 10 * 1024 * 1024


def test_stored_json_gives_the_same_questionnaire_and_hash() -> None:
    stored = his_fault()
    again = from_document(stored.document)
    assert again == stored
    assert again.sha256 == stored.sha256


def test_comments_and_layout_do_not_change_the_hash() -> None:
    text = tiny(TEXT)
    assert load_text(text.replace("\n", "\n\n") + "# the end\n", name="x").sha256 == load_text(text, name="y").sha256


def test_the_error_carries_every_finding_in_reading_order() -> None:
    with pytest.raises(QuestionnaireError) as refusal:
        load_text("id: 1\nintake: 1\ntitle: 5\nversion: x\n", name="x.yaml")
    assert [(found.code, found.line) for found in refusal.value.findings] == [
        ("E009", 1), ("E010", 1), ("E010", 3), ("E010", 4),
    ]  # fmt: skip
    assert str(refusal.value).startswith("x.yaml:1:1: E009")


@pytest.mark.parametrize(
    ("replaced", "by", "expected"),
    [
        ("intake: 1", "intake: 2", ("E005", 1)),
        ("intake: 1", "intake: true", ("E005", 1)),
        ("intake: 1", 'intake: "1"', ("E005", 1)),
        ("version: 1", "version: -1", ("E010", 3)),
        ("title:", "titel:", ("E004", 4)),
        ("type: text", "type: txet", ("E010", 9)),
        ("type: text", "type: text, required: 1", ("E010", 9)),
        ("type: text", "type: text, max_count: 1", ("E004", 9)),
        ("type: text", 'type: text, pattern: "(a+)+"', ("E012", 9)),
        ("type: text", "type: choice", ("E009", 9)),
        ("type: text", "type: choice, options: []", ("E010", 9)),
        ("set: P3", "set: P5", ("E010", 11)),
        ("id: a", 'id: "a b"', ("E010", 9)),
    ],
)
def test_it_refuses_what_the_format_does_not_know(replaced: str, by: str, expected: tuple[str, int]) -> None:
    assert expected in refused(tiny(TEXT).replace(replaced, by))


def test_it_suggests_the_nearest_known_key() -> None:
    findings = read(tiny(TEXT).replace("title:", "titel:"), name="x").findings
    assert "Did you mean `title`?" in [found.suggestion for found in findings]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("{q: nobody, is: x}", "E201"),
        ("{q: c, answered: true}", "E202"),
        ("{q: b, answered: true}", "E202"),
        ("{q: a, equals: x}", "E203"),
        ("{q: a, is: z}", "E204"),
        ("{q: a, in: [x, z]}", "E204"),
        ("{q: a, gt: 3}", "E206"),
        ("{q: a}", "E013"),
        ("{q: a, is: x, in: [x]}", "E013"),
        ("{all: []}", "E013"),
        ("{any: {q: a, is: x}}", "E013"),
        ("{not: {q: a, is: x}, q: a}", "E013"),
        ("{q: a, answered: 1}", "E010"),
        ("{q: a, in: x}", "E010"),
        ("words", "E013"),
        ("{}", "E013"),
    ],
)
def test_it_refuses_conditions_that_refer_to_nothing(condition: str, code: str) -> None:
    choice = '- {id: a, type: choice, text: "A?", options: [{id: x, text: "X"}]}'
    asked = f'- {{id: b, type: text, text: "B?", ask_if: {condition}}}\n- {{id: c, type: text, text: "C?"}}'
    assert code in codes(tiny(choice, asked))


@pytest.mark.parametrize(
    ("kind", "condition", "code"),
    [
        ("number", '{q: a, gt: "many"}', "E010"),
        ("number", "{q: a, in_range: 3}", "E206"),
        ("version", '{q: a, in_range: "newest"}', "E010"),
        ("date", '{q: a, before: "soon"}', "E010"),
        ("steps", "{q: a, count_ge: -1}", "E010"),
        ("guidance", "{q: a, is: maybe}", "E204"),
        ("known_issues", "{q: a, is: maybe}", "E204"),
        ("text", "{q: a, is: x}", "E206"),
        ("files", "{q: a, any_of: [x]}", "E206"),
    ],
)
def test_it_refuses_constants_that_do_not_go_with_the_kind(kind: str, condition: str, code: str) -> None:
    asked = f'- {{id: b, type: text, text: "B?", ask_if: {condition}}}'
    assert code in codes(tiny(f'- {{id: a, type: {kind}, text: "A?"}}', asked))


def test_a_condition_may_name_a_declared_context_value() -> None:
    questionnaire = load(
        '- {id: a, type: text, text: "A?", ask_if: {q: here.version, in_range: "<5"}}',
        more="context: {here.version: version}\n",
    )
    assert questionnaire.question("a").ask_if is not None


@pytest.mark.parametrize(
    "text",
    [
        tiny(TEXT, TEXT),
        tiny('- {id: a, type: choice, text: "A?", options: [{id: x, text: "X"}, {id: x, text: "Y"}]}'),
        tiny(TEXT, triage=TRIAGE + '  - {id: default, set: P4, because: "again"}\n'),
        tiny(TEXT, more="context: {a: text}\n"),
    ],
)
def test_it_refuses_an_id_that_is_used_twice(text: str) -> None:
    assert "E101" in codes(text)


def test_the_emergency_lane_and_matches_name_existing_questions() -> None:
    lane = 'emergency: {label: "Help", ask: [nobody], sets: P1}\n'
    assert "E201" in codes(tiny(TEXT, more=lane))
    assert "E201" in codes(tiny('- {id: k, type: known_issues, text: "Known?", match: [nobody]}'))


def test_an_entry_of_migrate_is_one_of_three() -> None:
    assert "E013" in codes(tiny(TEXT, more="migrate: [{rename: b}]\n"))
    assert "E201" in codes(tiny(TEXT, more="migrate: [{rename: b, to: nobody}]\n"))
    assert codes(tiny(TEXT, more="migrate: [{rename: b, to: a}]\n")) == []
