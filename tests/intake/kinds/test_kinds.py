import json

import pytest

from intake.answers import ProblemCode
from intake.kinds import KINDS, Part, PartRole, kind_of, problems_in
from intake.plain import Json
from intake.questionnaire import Question
from tests.intake.making import his_fault, load


def question(kind: str, settings: str = "") -> Question:
    return load(f'- {{id: a, type: {kind}, text: "A?"{settings}}}').question("a")


OPTIONS = ', options: [{id: x, text: "X"}, {id: "yes", text: "Yes"}]'
CONFIRM = ', confirm: {text: "Which?", options: [{id: right, text: "R", ok: true}, {id: wrong, text: "W"}]}'
FILE = {"id": "1", "name": "a.png", "type": "image/png", "size": 9, "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("kind", "settings", "form", "answer"),
    [
        ("text", "", {"q-a": ["  hello\r\n"]}, "hello"),
        ("text", "", {"q-a": ["a\0b\ud800"]}, "ab?"),
        ("text", "", {"q-a": [" "]}, None),
        ("text", "", {}, None),
        ("text", ', pattern: "F[0-9]"', {"q-a": ["Ｆ７"]}, "Ｆ７"),
        ("longtext", "", {"q-a": ["one\r\ntwo"]}, "one\ntwo"),
        ("longtext", "", {"q-a": ["my password=hunter22secret"]}, "my password=[password 1]"),
        ("choice", OPTIONS, {"q-a": ["ｘ"]}, "x"),
        ("choice", OPTIONS + ", other: true", {"q-a": ["other"], "q-a-other": ["else"]}, {"other": "else"}),
        ("multi", OPTIONS, {"q-a": ["yes", "x", "x"]}, ["x", "yes"]),
        ("number", "", {"q-a": ["１２"]}, 12),
        ("number", "", {"q-a": ["1,200.50"]}, 1200.5),
        ("number", "", {"q-a": ["3.0"]}, 3),
        ("date", "", {"q-a": ["2026年1月5日"]}, "2026-01-05"),
        ("date", "", {"q-a": ["2026/1/5"]}, "2026-01-05"),
        ("datetime", "", {"q-a": ["2026-11-21T09:05"], "q-a-zone": ["+08:00"]}, "2026-11-21T09:05:00+08:00"),
        ("datetime", "", {"q-a": ["2026年11月21日 9点05分"]}, "2026-11-21T09:05:00"),
        ("phone", "", {"q-a": ["（０２１）5550 1234 转 8"]}, "021-5550-1234 ext. 8"),
        ("email", "", {"q-a": ["Li.Ming＠Example.ORG"]}, "Li.Ming@example.org"),
        ("product", OPTIONS, {"q-a": ["x"]}, "x"),
        ("module", "", {"q-a": ["any-code"]}, "any-code"),
        ("version", "", {"q-a": ["V５.5.1"]}, "5.5.1"),
        ("version", "", {"q-a": ["版本：5.6"]}, "5.6"),
        ("version", ", allow_unknown: true", {"q-a": ["5"], "q-a-unknown": ["on"]}, {"unknown": True}),
        ("error_text", ', allow_none: "None"', {"q-a-none": ["1"]}, {"none": True}),
        (
            "steps",
            "",
            {"q-a-2-did": ["b"], "q-a-0-did": ["a"], "q-a-0-saw": ["s"]},
            [{"did": "a", "saw": "s"}, {"did": "b"}],
        ),
        ("files", "", {"q-a": [json.dumps(FILE)] * 2}, [FILE]),
        ("guidance", CONFIRM, {"q-a-pressed": ["right"], "q-a-solved": ["no"]}, {"pressed": "right", "solved": "no"}),
        ("guidance", CONFIRM, {"q-a-pressed": ["wrong"], "q-a-tried": ["1"]}, {"pressed": "wrong"}),
        ("guidance", CONFIRM, {"q-a-pressed": ["wrong"], "q-a-solved": ["yes"]}, {"pressed": "wrong", "solved": "yes"}),
        ("known_issues", "", {"q-a": ["same"], "q-a-issue": ["K-1"]}, {"issue": "K-1", "outcome": "same"}),
        ("known_issues", "", {"q-a": ["none"], "q-a-issue": ["K-1"]}, {"outcome": "none"}),
    ],
)
def test_it_reads_what_was_posted(kind: str, settings: str, form: dict[str, list[str]], answer: Json) -> None:
    asked = question(kind, settings)
    assert KINDS[kind].read(asked, form) == answer
    if answer is not None:
        assert KINDS[kind].check(asked, answer) == []


@pytest.mark.parametrize(
    ("kind", "settings", "form", "code"),
    [
        ("text", ", max_length: 3", {"q-a": ["four"]}, "too-long"),
        ("text", ', pattern: "[0-9]+"', {"q-a": ["four"]}, "not-the-pattern"),
        ("choice", OPTIONS, {"q-a": ["z"]}, "not-an-option"),
        ("choice", OPTIONS + ", other: true", {"q-a": ["other"], "q-a-other": [" "]}, "other-is-empty"),
        ("multi", OPTIONS, {"q-a": ["x", "z"]}, "not-an-option"),
        ("number", "", {"q-a": ["many"]}, "not-a-number"),
        ("number", "", {"q-a": ["1e400"]}, "not-a-number"),
        ("number", "", {"q-a": ["9" * 5000]}, "not-a-number"),
        ("number", ", min: 1", {"q-a": ["0"]}, "too-small"),
        ("number", ', max: "1.5"', {"q-a": ["2"]}, "too-large"),
        ("date", "", {"q-a": ["2026-02-30"]}, "not-a-date"),
        ("datetime", "", {"q-a": ["2026-02-03 25:00"]}, "not-a-moment"),
        ("phone", "", {"q-a": ["call me"]}, "not-a-phone"),
        ("phone", "", {"q-a": ["1" * 5000]}, "not-a-phone"),
        ("email", "", {"q-a": ["li.ming"]}, "not-an-email"),
        ("product", OPTIONS, {"q-a": ["z"]}, "not-an-option"),
        ("version", "", {"q-a": ["newest"]}, "not-a-version"),
        ("error_text", ", max_length: 5", {"q-a": ["x" * 6]}, "too-long"),
        ("steps", ", min: 2", {"q-a-0-did": ["a"]}, "too-few-rows"),
        ("steps", ", max: 1", {"q-a-0-did": ["a"], "q-a-1-did": ["b"]}, "too-many-rows"),
        ("files", ", max_bytes: 5", {"q-a": [json.dumps(FILE)]}, "file-too-large"),
        ("files", ", accept: [text/plain]", {"q-a": [json.dumps(FILE)]}, "file-type-not-taken"),
        ("files", ", max_count: 0", {"q-a": [json.dumps(FILE)]}, "too-many-files"),
        ("files", "", {"q-a": ["{not json"]}, "unreadable"),
        ("files", "", {"q-a": ["[" * 100_000]}, "unreadable"),
        ("guidance", CONFIRM, {"q-a-pressed": ["wrong"]}, "not-pressed-right"),
        ("guidance", CONFIRM, {"q-a-pressed": ["nothing"]}, "not-an-option"),
        ("guidance", CONFIRM, {"q-a-solved": ["perhaps"]}, "not-an-option"),
        ("known_issues", "", {"q-a": ["same"]}, "not-an-option"),
    ],
)
def test_it_says_what_is_wrong(kind: str, settings: str, form: dict[str, list[str]], code: str) -> None:
    problems = problems_in(KINDS[kind].read(question(kind, settings), form))
    assert [problem.code for problem in problems] == [ProblemCode(code)]
    assert {problem.question_id for problem in problems} == {"a"}


def test_a_required_question_must_be_answered() -> None:
    asked = question("text", ", required: true")
    assert [problem.code for problem in kind_of(asked).check(asked, None)] == [ProblemCode.REQUIRED]
    assert [problem.code for problem in kind_of(asked).check(asked, {"unknown": True})] == [ProblemCode.REQUIRED]


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("answer", [3, 1.5, True, "", [], [[]], {}, {"x": 1}, [1], {"text": 5}, float("nan"), "x" * 9])
def test_checking_never_raises_whatever_the_answer(kind: str, answer: Json) -> None:
    settings = OPTIONS if kind in ("choice", "multi") else ""
    asked = question(kind, settings)
    for problem in KINDS[kind].check(asked, answer):
        assert problem.code in ProblemCode
    KINDS[kind].describe(asked, answer)
    assert KINDS[kind].fact(asked, answer) is None or KINDS[kind].fits(answer)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_was_typed_comes_back_whole(kind: str) -> None:
    asked = question(kind, OPTIONS if kind in ("choice", "multi") else "")
    form = {"q-a": ["\ud800\0 x", "y"], "q-a-other": ["z" * 100], "q-a-0-did": ["  d "], "q-b": ["no"], "token": ["t"]}
    assert KINDS[kind].typed(asked, form) == {key: form[key] for key in ("q-a", "q-a-other", "q-a-0-did")}


def test_ten_megabytes_are_refused_and_kept() -> None:
    asked = question("error_text", ", max_length: 20000")
    form = {"q-a": ["x" * 10_000_000]}
    assert problems_in(kind_of(asked).read(asked, form))[0].code is ProblemCode.TOO_LONG
    assert kind_of(asked).typed(asked, form) == form


def test_an_error_text_is_masked_before_it_is_fingerprinted() -> None:
    asked = question("error_text")
    answer = kind_of(asked).read(asked, {"q-a": ["ORA-00001: unique constraint\npassword=hunter22secret"]})
    assert isinstance(answer, dict)
    assert "hunter22secret" not in json.dumps(answer)
    assert answer["redactions"] == [{"kind": "password", "count": 1}]
    assert answer["fingerprints"]


def test_the_same_paste_twice_gives_the_same_answer() -> None:
    asked = question("error_text")
    once = kind_of(asked).read(asked, {"q-a": ["token=abcDEF123456789xyz failed"]})
    assert kind_of(asked).redacted(once) == once


def test_a_person_may_say_that_something_is_no_personal_detail_but_never_keep_a_secret() -> None:
    asked = question("text")
    typed = "order 13812345678, password=hunter22secret"
    form = {"q-a": [typed]}
    assert kind_of(asked).read(asked, form) == "order [phone 1], password=[password 1]"
    kept = {**form, "q-a-keep": ["phone", "password", "nonsense"]}
    assert kind_of(asked).read(asked, kept) == "order 13812345678, password=[password 1]"


def test_phone_and_email_are_never_masked() -> None:
    phone, email = question("phone"), question("email")
    assert kind_of(phone).read(phone, {"q-a": ["13812345678"]}) == "13812345678"
    assert kind_of(email).read(email, {"q-a": ["li@example.org"]}) == "li@example.org"


def test_steps_and_own_words_are_masked() -> None:
    steps, choice = question("steps"), question("choice", OPTIONS + ", other: true")
    secret = "password=hunter22secret"
    rows = kind_of(steps).read(steps, {"q-a-0-did": [secret]})
    assert rows == [{"did": "password=[password 1]"}]
    form = {"q-a": ["other"], "q-a-other": [secret]}
    assert kind_of(choice).read(choice, form) == {"other": "password=[password 1]"}


def test_a_row_names_a_file_by_its_id_and_by_nothing_else() -> None:
    steps = question("steps")
    form = {"q-a-0-did": ["d"], "q-a-0-file": ["f-1"], "q-a-1-did": ["d"], "q-a-1-file": ["password=hunter22secret"]}
    assert kind_of(steps).read(steps, form) == [{"did": "d", "file": "f-1"}, {"did": "d"}]


def test_masked_text_is_not_measured_by_its_markers() -> None:
    asked = question("text", ", max_length: 24")
    answer = kind_of(asked).read(asked, {"q-a": ["password=hunter22secret"]})
    assert isinstance(answer, str)
    assert kind_of(asked).check(asked, answer) == []


def test_an_option_that_is_not_shown_is_refused_with_the_other_answers_at_hand() -> None:
    module = his_fault().question("module")
    assert kind_of(module).check(module, "charge", {"product": "his"}) == []
    problems = kind_of(module).check(module, "charge", {"product": "emr"})
    assert [problem.code for problem in problems] == [ProblemCode.NOT_AN_OPTION]


@pytest.mark.parametrize(
    ("kind", "settings", "answer", "parts"),
    [
        ("text", "", "words", [Part(PartRole.TYPED, "words")]),
        ("choice", OPTIONS, "x", [Part(PartRole.OPTION, "X", "options.x")]),
        ("choice", OPTIONS + ", other: true", {"other": "mine"}, [Part(PartRole.OTHER, "mine")]),
        ("multi", OPTIONS, ["x"], [Part(PartRole.OPTION, "X", "options.x")]),
        ("version", "", {"unknown": True}, [Part(PartRole.UNKNOWN, "")]),
        ("error_text", ', allow_none: "None"', {"none": True}, [Part(PartRole.NONE, "None", "allow_none")]),
        ("number", "", 3, [Part(PartRole.NUMBER, "3")]),
        ("steps", "", [{"did": "d", "saw": "s"}],
         [Part(PartRole.STEP, "1"), Part(PartRole.DID, "d"), Part(PartRole.SAW, "s")]),
        ("files", "", [FILE], [Part(PartRole.FILE, "a.png")]),
        ("guidance", CONFIRM, {"pressed": "right", "solved": "yes"},
         [Part(PartRole.PRESSED, "R", "confirm.options.right"), Part(PartRole.SOLVED, "solved")]),
        ("known_issues", "", {"issue": "K", "outcome": "same"},
         [Part(PartRole.ISSUE, "K"), Part(PartRole.OUTCOME, "same")]),
    ],
)  # fmt: skip
def test_it_describes_an_answer(kind: str, settings: str, answer: Json, parts: list[Part]) -> None:
    assert list(KINDS[kind].describe(question(kind, settings), answer)) == parts


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        ({"pressed": "right", "solved": "yes"}, "solved"),
        ({"pressed": "right", "solved": "no"}, "not_solved"),
        ({"pressed": "wrong"}, "skipped"),
        ({"solved": "skipped"}, "skipped"),
    ],
)
def test_conditions_see_what_came_of_a_step(answer: Json, fact: str) -> None:
    assert KINDS["guidance"].fact(question("guidance", CONFIRM), answer) == fact
