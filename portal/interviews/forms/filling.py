"""Form fields from answers: the way back from what an answer kind reads."""

import json
from collections.abc import Mapping, Sequence

from intake.kinds import field_name, is_none, is_unknown
from intake.plain import Json
from intake.questionnaire import Question
from portal.interviews.forms.posted import NONE, UNKNOWN

Values = dict[str, list[str]]
BY_BUTTON = {"choice", "product", "module"}
"""Kinds that are answered by pressing one of several buttons."""


def values_of(question: Question, answer: Json) -> Values:
    """Return the form fields that say what an answer says."""
    name = field_name(question)
    if answer is None:
        return {}
    if is_unknown(answer):
        return _special(question, "unknown", UNKNOWN)
    if is_none(answer):
        return _special(question, "none", NONE)
    if question.type == "steps":
        return _rows(name, answer)
    if question.type == "files":
        return {name: [json.dumps(file) for file in answer]} if isinstance(answer, Sequence) else {}
    if isinstance(answer, Mapping):
        return _parts(question, answer)
    return {name: [str(each) for each in answer] if isinstance(answer, list) else [str(answer)]}


def _special(question: Question, part: str, value: str) -> Values:
    name = field_name(question)
    return {name: [value]} if question.type in BY_BUTTON else {f"{name}-{part}": ["1"]}


def _parts(question: Question, answer: Mapping[str, Json]) -> Values:
    name = field_name(question)
    if question.type == "error_text":
        return {name: [str(answer.get("text", ""))]}
    if question.type in ("choice", "product", "module"):
        return {name: ["other"], f"{name}-other": [str(answer.get("other", ""))]}
    return {f"{name}-{part}": [str(value)] for part, value in answer.items()}


def _rows(name: str, answer: Json) -> Values:
    rows = answer if isinstance(answer, Sequence) else ()
    return {
        f"{name}-{number}-{part}": [str(text)]
        for number, row in enumerate(rows, start=1)
        if isinstance(row, Mapping)
        for part, text in row.items()
    }
