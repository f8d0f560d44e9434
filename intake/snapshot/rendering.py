"""A snapshot as plain text, in the words of the questionnaire it came from."""

import re
from collections.abc import Iterator, Mapping

from intake.kinds import Part, PartRole, kind_of, was_shown
from intake.kinds.base import UNKNOWN
from intake.plain import Json
from intake.questionnaire import Question, Questionnaire
from intake.words import COMMON, Words, common, context_of, source_words

_KEY = re.compile(r"\{key:([^{}]{1,30})\}")
_ANSWER = re.compile(r"\{answer:([^{}]{1,64})\}")


def as_text(
    document: Mapping[str, Json], words: Words = source_words, questionnaire: Questionnaire | None = None
) -> str:
    """Return a snapshot as lines of text: questions and answers where the questionnaire is given, else paths."""
    lines = [_triage_line(document, questionnaire, words)]
    if questionnaire is None:
        lines.extend(f"{path}: {_compact(value)}" for path, value in _leaves("", document))
    else:
        lines.extend(_answer_lines(document, questionnaire, words))
    return "\n".join(line for line in lines if line) + "\n"


def plain_text(text: str, questionnaire: Questionnaire, answers: Mapping[str, Json], words: Words) -> str:
    """Return a text with its places filled in: keys by their names, answers by their words."""

    def answer_words(found: re.Match[str]) -> str:
        question = questionnaire.questions.get(found[1])
        if question is None or question.id not in answers:
            return "…"
        parts = _parts(question, answers[question.id])
        return ", ".join(part_text(part, question, questionnaire, words) for part in parts)

    return _ANSWER.sub(answer_words, _KEY.sub(r"\1", text))


def part_text(part: Part, question: Question, questionnaire: Questionnaire, words: Words) -> str:
    """Return the words for one piece of an answer."""
    if part.field:
        translated = words(context_of(questionnaire.id, question.id, part.field), part.text)
        return _KEY.sub(r"\1", translated)
    if part.role in (PartRole.UNKNOWN, PartRole.NONE):
        return common(part.role, words)
    if part.role in (PartRole.SOLVED, PartRole.OUTCOME) and part.text in COMMON:
        return common(part.text, words)
    if part.role is PartRole.STEP:
        return f"{part.text}."
    if part.role in (PartRole.DID, PartRole.EXPECTED, PartRole.SAW):
        return f"{common(part.role, words)}: {part.text}"
    return part.text


def _parts(question: Question, answer: Json) -> tuple[Part, ...]:
    return kind_of(question).describe(question, answer)


def _triage_line(document: Mapping[str, Json], questionnaire: Questionnaire | None, words: Words) -> str:
    triage = document.get("triage")
    if not isinstance(triage, Mapping):
        return ""
    because = str(triage.get("because", ""))
    if questionnaire is not None and because:
        rule = str(triage.get("rule"))
        lane = questionnaire.emergency
        field = "label" if rule == "emergency" and lane is not None and lane.because is None else "because"
        because = words(context_of(questionnaire.id, rule, field), because)
    return f"{triage.get('priority')}: {because}" if because else str(triage.get("priority"))


def _answer_lines(document: Mapping[str, Json], questionnaire: Questionnaire, words: Words) -> Iterator[str]:
    mapped = {question_id: path for path, question_id in questionnaire.snapshot.items()}
    found = {key: _answer_at(document, path) for key, path in mapped.items()}
    answers = {key: answer for key, answer in found.items() if answer is not None}
    for _, _, _, question in questionnaire.walk():
        answer = answers.get(question.id)
        if answer is not None and was_shown(question, answer) and (parts := _parts(question, answer)):
            asked = words(context_of(questionnaire.id, question.id, "text"), question.text)
            yield ""
            yield plain_text(asked, questionnaire, answers, words)
            yield from (f"  {line}" for part in parts
                        for line in part_text(part, question, questionnaire, words).splitlines())  # fmt: skip


def _answer_at(document: Mapping[str, Json], path: str) -> Json:
    unknown = document.get("unknown")
    if isinstance(unknown, list) and path in unknown:
        return dict(UNKNOWN)
    value: Json = document
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _leaves(path: str, value: Json) -> Iterator[tuple[str, Json]]:
    if isinstance(value, Mapping):
        for key in sorted(value):
            if path or key not in ("triage", "schema"):
                yield from _leaves(f"{path}.{key}" if path else str(key), value[key])
    elif value not in (None, [], ""):
        yield path, value


def _compact(value: Json) -> str:
    if isinstance(value, list):
        return "; ".join(map(_compact, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return str(value)
