"""Whatever bytes come in, the answer has a place, comes in under a second, and is never a traceback."""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.checking import check_text
from intake.importing import NotAnIssueFormError, from_github_issue_form
from intake.interview import Interview
from intake.loading import load_text, read
from intake.plain import Json
from tests.intake.making import HIS_FAULT, TODAY, his_fault

SEEDS = [
    Path(HIS_FAULT).read_bytes(),
    *(path.read_bytes() for path in sorted(Path("tests/intake/conformance").glob("*/questionnaire.yaml"))),
]
PIECES = [
    b"\0", b"\xff", b"{", b"}", b"[", b"]", b": ", b"- ", b"&a ", b"*a", b"!!x ", b"---\n",
    b"? ", b"|\n", b">\n", b"\t",
    b"no", b"3.10", b"~", b"'", b'"', b"#", b"%", b"@", b"`", b"\xe2\x80\xa8", b"\xf0\x9f\x98\x80", b"{q: a, is: x}",
    b"ask_if: ", b"options: []", b"9999999999999999999999", b"in_range: ", b"count_ge: ", b"before: ",
    b"required: true",
]  # fmt: skip


def mutated(random_source: random.Random, seed: bytes) -> bytes:
    text = bytearray(seed)
    for _ in range(random_source.randint(1, 6)):
        place = random_source.randrange(len(text) + 1)
        match random_source.randrange(5):
            case 0:
                text[place:place] = random_source.choice(PIECES)
            case 1:
                del text[place : place + random_source.randint(1, 40)]
            case 2 if place < len(text):
                text[place] = random_source.randrange(256)
            case 3:
                text[place:place] = text[place : place + random_source.randint(1, 200)]
            case _:
                lines = bytes(text).split(b"\n")
                random_source.shuffle(lines) if random_source.randrange(20) == 0 else lines.reverse()
                text = bytearray(b"\n".join(lines)) if random_source.randrange(4) == 0 else text
    return bytes(text)


def mutations(count: int, seed: int) -> Iterator[bytes]:
    random_source = random.Random(seed)
    for _ in range(count):
        yield mutated(random_source, random_source.choice(SEEDS))


@pytest.mark.slow
def test_a_thousand_damaged_files_each_get_an_answer_with_a_place() -> None:
    for text in mutations(1000, seed=20261121):
        before = time.perf_counter()
        reading = read(text, name="damaged.yaml")
        findings = check_text(text, name="damaged.yaml")
        assert time.perf_counter() - before < 1, text
        assert reading.questionnaire is not None or reading.findings
        for finding in findings:
            assert finding.line >= 1, (finding, text)
            assert finding.column >= 1, (finding, text)
        json.dumps([finding.as_document() for finding in findings])


@pytest.mark.slow
def test_what_still_loads_can_be_asked() -> None:
    for text in mutations(300, seed=7):
        reading = read(text, name="damaged.yaml")
        if reading.questionnaire is not None and not reading.findings:
            interview = Interview.begin(load_text(text, name="x"), today=TODAY)
            assert interview.progress.remaining >= 0


@pytest.mark.slow
def test_damaged_issue_forms_are_imported_or_refused() -> None:
    form = b"name: F\nbody:\n" + b"".join(
        b"  - type: %s\n    id: i%d\n    attributes:\n      label: What is F5?\n      options: [a, b, {label: c}]\n"
        % (kind, number)
        for number, kind in enumerate((b"input", b"textarea", b"dropdown", b"checkboxes", b"upload", b"markdown"))
    )
    random_source = random.Random(3)
    for _ in range(500):
        text = mutated(random_source, form)
        try:
            draft = from_github_issue_form(text, name="form.yml")
        except NotAnIssueFormError:
            continue
        errors = [finding for finding in check_text(draft.as_yaml(), name="made.yaml") if finding.is_error]
        assert not errors, (errors, text)


@pytest.mark.parametrize("seed", range(20))
def test_any_answers_get_an_interview(seed: int) -> None:
    random_source = random.Random(seed)
    odd: list[Json] = [
        None,
        True,
        3,
        1e308,
        "",
        "\ud800",
        "x" * 1000,
        [],
        [[]],
        {},
        {"unknown": 1},
        {"text": 3},
        [{"did": 1}],
        {"a": [None]},
    ]
    answers = {question_id: random_source.choice(odd) for question_id in his_fault().questions}
    interview = Interview.begin(his_fault(), today=TODAY).with_answers(answers)
    assert interview.path
    assert interview.next_page is not None
