"""The words of a questionnaire: each text with its message context, and what looks a translation up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from intake.questionnaire import Dropped, Option, Question, Questionnaire

Path: TypeAlias = tuple[str | int, ...]


COMMON = {
    "unknown": "I do not know",
    "none": "There was none",
    "solved": "It helped",
    "not_solved": "It did not help",
    "skipped": "Not tried",
    "same": "The same problem",
    "different": "A different problem",
    "did": "Did",
    "expected": "Expected",
    "saw": "Saw",
}
"""Words that every questionnaire shares, in snapshots written as text and in the terminal."""


class Words(Protocol):
    """Finds the text a reader sees."""

    def __call__(self, context: str, source_text: str) -> str:
        """Return the translation of a source text in its message context, or the source text itself."""


@dataclass(frozen=True, slots=True)
class Message:
    """One text of a questionnaire, its message context and its path in the document."""

    context: str
    text: str
    path: Path


def source_words(context: str, source_text: str) -> str:  # noqa: ARG001  # it is called like every other Words
    """Return the source text, for readers of the language the questionnaire is written in."""
    return source_text


def common(key: str, words: Words) -> str:
    """Return one of the words that every questionnaire shares."""
    return words(common_context(key), COMMON[key])


def common_context(key: str) -> str:
    """Return the message context of a word that every questionnaire shares: `intake.common.<key>`."""
    return f"intake.common.{key}"


def context_of(questionnaire_id: str, item_id: str, field: str) -> str:
    """Return the message context of a text: `intake.<questionnaire>.<id>.<field>`."""
    return f"intake.{questionnaire_id}.{item_id}.{field}"


def messages(questionnaire: Questionnaire) -> Iterator[Message]:
    """Yield every text of a questionnaire that a customer may read, in the order of the file."""
    name = questionnaire.id
    yield Message(f"intake.{name}.title", questionnaire.title, ("title",))
    if questionnaire.about is not None:
        yield Message(f"intake.{name}.about", questionnaire.about, ("about",))
    lane = questionnaire.emergency
    if lane is not None:
        yield Message(context_of(name, "emergency", "label"), lane.label, ("emergency", "label"))
        if lane.because is not None:
            yield Message(context_of(name, "emergency", "because"), lane.because, ("emergency", "because"))
    for number, page in enumerate(questionnaire.pages):
        yield Message(context_of(name, page.id, "title"), page.title, ("pages", number, "title"))
        for position, question in enumerate(page.questions):
            yield from _of_question(name, question, ("pages", number, "questions", position))
    for number, rule in enumerate(questionnaire.triage):
        yield Message(context_of(name, rule.id, "because"), rule.because, ("triage", number, "because"))
    for number, step in enumerate(questionnaire.migrate):
        if isinstance(step, Dropped):
            yield Message(context_of(name, step.question, "note"), step.note, ("migrate", number, "note"))


def _of_question(name: str, question: Question, path: Path) -> Iterator[Message]:
    for field in ("text", "hint", "why", "unit", "allow_none"):
        text = getattr(question, field)
        if text is not None:
            yield Message(context_of(name, question.id, field), text, (*path, field))
    for number, option in enumerate(question.options):
        yield _of_option(name, question, option, "options", (*path, "options", number, "text"))
    if question.confirm is not None:
        yield Message(context_of(name, question.id, "confirm.text"), question.confirm.text, (*path, "confirm", "text"))
        for number, option in enumerate(question.confirm.options):
            inner = (*path, "confirm", "options", number)
            yield _of_option(name, question, option, "confirm.options", (*inner, "text"))
            if option.explain is not None:
                field = f"confirm.options.{option.id}.explain"
                yield Message(context_of(name, question.id, field), option.explain, (*inner, "explain"))
    if question.solved is not None:
        yield Message(context_of(name, question.id, "solved.text"), question.solved, (*path, "solved", "text"))


def _of_option(name: str, question: Question, option: Option, group: str, path: Path) -> Message:
    return Message(context_of(name, question.id, f"{group}.{option.id}"), option.text, path)
