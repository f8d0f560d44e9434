"""Strict loading of questionnaires: every fault carries file, line, column and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.findings import Finding, QuestionnaireError, in_reading_order
from intake.loading.building import build
from intake.loading.shapes import FORMAT, QUESTIONNAIRE
from intake.loading.tree import Node, Report, parse, tree_of
from intake.plain import Json
from intake.questionnaire import Questionnaire


@dataclass(frozen=True)
class Reading:
    """What came of reading a file: the questionnaire as far as it could be built, and what is wrong with it."""

    questionnaire: Questionnaire | None
    findings: tuple[Finding, ...]


def load_file(path: str | Path) -> Questionnaire:
    """Load a questionnaire from a file; QuestionnaireError with its findings, OSError where it cannot be opened."""
    return load_text(Path(path).read_bytes(), name=str(path))


def load_text(text: bytes | str, *, name: str) -> Questionnaire:
    """Load a questionnaire from YAML text; `name` stands in the findings. Raises QuestionnaireError."""
    return _whole(read(text, name=name))


def from_document(document: Mapping[str, Json], *, name: str = "") -> Questionnaire:
    """Build a questionnaire from stored JSON. Raises QuestionnaireError."""
    report = Report(name)
    return _whole(_read_tree(tree_of(dict(document)), report))


def read(text: bytes | str, *, name: str) -> Reading:
    """Read a questionnaire as far as possible, and say everything that the loader refuses."""
    report = Report(name)
    root = parse(text, report)
    return Reading(None, in_reading_order(report.findings)) if root is None else _read_tree(root, report)


def _read_tree(root: Node, report: Report) -> Reading:
    has_known_format = _check_format(root, report)
    if has_known_format:
        QUESTIONNAIRE(root, report)
    questionnaire = None if report.findings else build(root, report)
    return Reading(questionnaire, in_reading_order(report.findings))


def _check_format(root: Node, report: Report) -> bool:
    major = root.value.get("intake") if isinstance(root.value, dict) else None
    if major is None or (major.value == FORMAT and major.value is not True):
        return True
    report.add("E005", major, f"Format {major.plain()} is not known.", f"Write `intake: {FORMAT}`.")
    return False


def _whole(reading: Reading) -> Questionnaire:
    if reading.questionnaire is None or reading.findings:
        raise QuestionnaireError(reading.findings)
    return reading.questionnaire
