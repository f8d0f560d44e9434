"""Small questionnaires for tests: name the questions, the rest is filled in."""

from collections.abc import Mapping
from datetime import date
from textwrap import dedent, indent

from intake.checking import check_text
from intake.interview import Interview
from intake.loading import load_file, load_text
from intake.plain import Json
from intake.questionnaire import Questionnaire

TODAY = date(2026, 11, 21)
HIS_FAULT = "intake/questionnaires/his-fault.yaml"

HEAD = """\
intake: 1
id: tiny
version: 1
title: "A tiny questionnaire"
"""
TRIAGE = """\
triage:
  - {id: default, set: P3, because: "work goes on"}
"""


def pages(*questions: str) -> str:
    """Return the pages of a questionnaire with one page for each text of questions."""
    listed = [
        f'  - id: page{number}\n    title: "Page {number}"\n    questions:\n{indent(dedent(text).strip(), " " * 6)}\n'
        for number, text in enumerate(questions, start=1)
    ]
    return "pages:\n" + "".join(listed)


def tiny(*questions: str, triage: str = TRIAGE, more: str = "") -> str:
    """Return the YAML of a questionnaire whose answers are all listed in `omit`, but for what `more` says."""
    text = HEAD + dedent(more) + pages(*questions) + dedent(triage)
    if "omit:" in more or "snapshot:" in more:
        return text
    ids = [line.partition("id:")[2].split(",")[0].strip() for line in pages(*questions).splitlines() if "type:" in line]
    return text + "snapshot:\n" + "".join(f"  answers.a{number}: {name}\n" for number, name in enumerate(ids))


def load(*questions: str, triage: str = TRIAGE, more: str = "") -> Questionnaire:
    """Return a loaded tiny questionnaire."""
    return load_text(tiny(*questions, triage=triage, more=more), name="tiny.yaml")


def begin(
    questionnaire: Questionnaire, answers: Mapping[str, Json] | None = None, *, emergency: bool = False
) -> Interview:
    """Return an interview with some answers."""
    return Interview.begin(questionnaire, today=TODAY, emergency=emergency).with_answers(answers or {})


def codes(text: str) -> list[str]:
    """Return the codes of all findings about a questionnaire."""
    return [found.code for found in check_text(text, name="tiny.yaml")]


def his_fault() -> Questionnaire:
    """Return the shipped hospital questionnaire."""
    return load_file(HIS_FAULT)
