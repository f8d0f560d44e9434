"""A ticket's snapshot in the words of its questionnaire, for pages and for paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from intake.kinds import Part, PartRole, kind_of, was_shown
from intake.questionnaire import Question, Questionnaire
from intake.words import COMMON
from portal.core.i18n import catalogue
from portal.questionnaires.labels import Label, Labels
from portal.tickets.queries.questions import questionnaire_of

_SAID_BY_ROLE = {PartRole.UNKNOWN, PartRole.NONE, PartRole.SOLVED, PartRole.OUTCOME}
_PART_OF_STEP = {PartRole.DID, PartRole.EXPECTED, PartRole.SAW}


@dataclass(frozen=True, slots=True)
class Said:
    """One question and what was answered, in the reader's language."""

    question_id: str
    asked: Label
    answers: Sequence[Label]

    @property
    def in_one_line(self) -> str:
        """The answer where there is little room."""
        return "; ".join(each.plain for each in self.answers)


def described(session: Session, document: Mapping[str, Any], locale: str) -> list[Said]:
    """Return a snapshot as questions and answers; as names and values where no questionnaire asked."""
    questionnaire = questionnaire_of(session, document)
    if questionnaire is None:
        return [Said(path, Label(path), [Label(value)]) for path, value in _values("", document)]
    return list(_answers(document, questionnaire, Labels(questionnaire, locale)))


def _answers(document: Mapping[str, Any], questionnaire: Questionnaire, labels: Labels) -> Iterator[Said]:
    paths = {question_id: path for path, question_id in questionnaire.snapshot.items()}
    for _page, _number, _position, question in questionnaire.walk():
        path = paths.get(question.id)
        answer = _answer_at(document, path) if path else None
        if answer is not None and was_shown(question, answer):
            parts = kind_of(question).describe(question, answer)
            yield Said(question.id, labels.question(question), [_words(part, question, labels) for part in parts])


def _words(part: Part, question: Question, labels: Labels) -> Label:
    if part.field:
        return labels.part(question, part)
    if part.role in _SAID_BY_ROLE and (part.text in COMMON or part.role.value in COMMON):
        key = part.text if part.text in COMMON else part.role.value
        return labels.words(f"intake.common.{key}", COMMON[key])
    if part.role in _PART_OF_STEP:
        head = labels.words(f"intake.common.{part.role.value}", COMMON[part.role.value])
        said = catalogue(labels.locale).gettext("%(asked)s: %(answered)s")
        return Label(said % {"asked": head.text, "answered": part.text})
    return Label(f"{part.text}." if part.role is PartRole.STEP else part.text)


def _answer_at(document: Mapping[str, Any], path: str) -> Any:
    if path in document.get("unknown", ()):
        return {"unknown": True}
    value: Any = document
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _values(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key in value:
            if path or key != "schema":
                yield from _values(f"{path}.{key}" if path else str(key), value[key])
    elif value not in (None, "", []):
        yield path, str(value)
