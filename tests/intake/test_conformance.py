"""Every behaviour of the format, one tiny questionnaire each: `conformance/<behaviour>/` reads as documentation.

`questionnaire.yaml` is the example and `expected.yaml` says what it shows: `findings` of the linter, and `cases` with
answers (or a posted `form`) and what follows from them. The day is always 2026-11-21.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from intake.checking import CheckOptions, check_text
from intake.cli.asking import path_of
from intake.cli.linting import phrasebook_terms
from intake.interview import Interview
from intake.kinds import kind_of, problems_in
from intake.loading import load_file
from intake.plain import Json
from intake.questionnaire import Questionnaire
from intake.snapshot import build
from intake.triage import Triage, triage
from tests.intake.examples import PAGE, page
from tests.intake.making import TODAY

FOLDER = Path(__file__).parent / "conformance"
BEHAVIOURS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
NOW = datetime(2026, 11, 21, 1, 5, tzinfo=UTC)


def expected(behaviour: str) -> Mapping[str, Json]:
    found = yaml.safe_load((FOLDER / behaviour / "expected.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def cases() -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for behaviour in BEHAVIOURS:
        listed = expected(behaviour).get("cases", [])
        assert isinstance(listed, list)
        found.extend((behaviour, number) for number in range(len(listed)))
    return found


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_it_finds_what_the_example_shows(behaviour: str) -> None:
    folder = FOLDER / behaviour
    phrasebook, against, translations = (folder / name for name in ("phrasebook.yaml", "against.yaml", "translations"))
    options = CheckOptions(
        explained=phrasebook_terms(str(phrasebook)) if phrasebook.exists() else None,
        translations=translations if translations.exists() else None,
        against=load_file(against) if against.exists() else None,
    )
    found = check_text((folder / "questionnaire.yaml").read_bytes(), name="questionnaire.yaml", options=options)
    assert [_shown(finding.as_document()) for finding in found] == expected(behaviour)["findings"]
    assert all(finding.message and finding.suggestion for finding in found)


@pytest.mark.parametrize(("behaviour", "number"), cases())
def test_it_does_what_the_example_shows(behaviour: str, number: int) -> None:
    questionnaire = load_file(FOLDER / behaviour / "questionnaire.yaml")
    listed = expected(behaviour)["cases"]
    assert isinstance(listed, list)
    case: Mapping[str, Json] = listed[number]
    if "form" in case:
        _check_form(questionnaire, case)
        return
    interview = _interview(questionnaire, case)
    unknown = set(case) - {"answers", "context", "emergency", "visited", *LOOKS}
    assert not unknown
    for what, wanted in case.items():
        if what in LOOKS:
            assert LOOKS[what](interview, wanted) == wanted, what


def test_the_suite_is_large_enough_to_be_documentation() -> None:
    assert len(BEHAVIOURS) >= 150


def _shown(finding: Mapping[str, Json]) -> Mapping[str, Json]:
    shown = {key: finding[key] for key in ("code", "line", "column")}
    return shown if finding["reproduction"] is None else {**shown, "reproduction": finding["reproduction"]}


def _interview(questionnaire: Questionnaire, case: Mapping[str, Json]) -> Interview:
    answers, context, visited = case.get("answers", {}), case.get("context", {}), case.get("visited", [])
    assert isinstance(answers, dict)
    assert isinstance(context, dict)
    assert isinstance(visited, list)
    begun = Interview.begin(
        questionnaire, today=TODAY, context=context, emergency=case.get("emergency") is True, visited=visited
    )
    return begun.with_answers(answers)


def _check_form(questionnaire: Questionnaire, case: Mapping[str, Json]) -> None:
    question = questionnaire.question("a")
    form = case["form"]
    assert isinstance(form, dict)
    read = kind_of(question).read(question, form)
    if "problems" in case:
        assert [problem.code.value for problem in problems_in(read)] == case["problems"]
    else:
        assert read == case["answer"]


def _snapshot(interview: Interview) -> dict[str, Json]:
    return build(interview, now=NOW)


def _part_of_snapshot(interview: Interview, wanted: Json) -> Json:
    assert isinstance(wanted, dict)
    return {key: value for key, value in _snapshot(interview).items() if key in wanted}


def _absent(interview: Interview, wanted: Json) -> Json:
    assert isinstance(wanted, list)
    return [key for key in wanted if key not in _snapshot(interview)]


def _error_code(interview: Interview, _wanted: Json) -> Json:
    error = _snapshot(interview)["error"]
    return error["code"] if isinstance(error, dict) else None


LOOKS: Mapping[str, Callable[[Interview, Json], Json]] = {
    "path": lambda interview, _: list(interview.asked),
    "command_path": lambda interview, _: path_of(interview),
    "pages": lambda interview, _: [page.id for page in interview.path],
    "next": lambda interview, _: interview.next_page.id if interview.next_page else None,
    "missing": lambda interview, _: list(interview.missing),
    "complete": lambda interview, _: interview.is_complete,
    "progress": lambda interview, _: [interview.progress.done, interview.progress.remaining],
    "kept": lambda interview, _: sorted(interview.answers),
    "live": lambda interview, _: dict(interview.live),
    "prefills": lambda interview, _: interview.prefills(),
    "triage": lambda interview, _: [_triage(interview).priority, _triage(interview).rule],
    "because": lambda interview, _: _triage(interview).because,
    "near_misses": lambda interview, _: [
        [miss.priority, miss.question, miss.answer] for miss in _triage(interview).near_misses
    ],
    "snapshot": _part_of_snapshot,
    "absent": _absent,
    "error_code": _error_code,
}


def _triage(interview: Interview) -> Triage:
    return triage(interview.questionnaire, interview)


def test_the_page_of_examples_shows_them_all() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.intake.examples"
