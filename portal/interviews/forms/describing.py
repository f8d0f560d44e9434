"""Answers in words: the reader's own, the questionnaire's, and ours for "I do not know"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from intake.interview import Interview
from intake.kinds import Part, PartRole, kind_of
from intake.plain import Json
from intake.questionnaire import Question
from intake.redaction.markers import MARKER
from portal.knowledge.queries import coded
from portal.questionnaires.labels import Label, Labels

_MOST_SHOWN = 1_500
"""Characters of an answer that are enough to look it over."""
_OURS = (PartRole.OPTION, PartRole.UNKNOWN, PartRole.NONE, PartRole.PRESSED, PartRole.SOLVED, PartRole.OUTCOME)
SHORT_KINDS = ("choice", "product", "module", "version", "multi", "number", "date", "datetime")


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of an answer as the page shows it."""

    role: PartRole
    label: Label

    @property
    def is_ours(self) -> bool:
        """Whether the words are the questionnaire's or ours, and not the customer's."""
        return self.role in _OURS

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The customer's own words: text, what was covered in it ("mask"), and where a line ends ("break")."""
        return [line for kind, text in pieces_of(self.label.text) for line in _lines(kind, text)]


def described(interview: Interview, question: Question, labels: Labels) -> list[Words]:
    """Return the pieces of an answer; none where there is no answer."""
    answer = interview.live.get(question.id)
    return [] if answer is None else words_of(question, answer, labels)


def words_of(question: Question, answer: Json, labels: Labels) -> list[Words]:
    """Return the pieces of an answer, wherever it is kept."""
    parts = kind_of(question).describe(question, answer)
    if any(part.role is PartRole.ISSUE and coded(part.text) for part in parts):
        return [_of_article(part) for part in parts]
    return [Words(part.role, _shortened(_label(question, part, labels))) for part in parts]


def _of_article(part: Part) -> Words:
    """Return what was said about an article; its code tells nobody anything."""
    if part.role is PartRole.OUTCOME:
        return Words(part.role, Label(_outcome("solved" if part.text == "solved" else "not_solved")))
    return Words(PartRole.OUTCOME, Label(str(_("Our article"))))


def _shortened(label: Label) -> Label:
    return label if len(label.text) <= _MOST_SHOWN else replace(label, text=f"{label.text[:_MOST_SHOWN]} …")


def in_short(interview: Interview, question: Question, labels: Labels) -> str:
    """Return an answer on one line, for where a piece of it is enough."""
    return " · ".join(each.label.plain for each in described(interview, question, labels))


def note_on(interview: Interview, question: Question) -> str:
    """Return what was covered in an answer, or an empty text."""
    answer = interview.live.get(question.id)
    covered = len(MARKER.findall(str(answer)))
    return str(ngettext("%(num)d place is covered.", "%(num)d places are covered.", covered)) if covered else ""


def _label(question: Question, part: Part, labels: Labels) -> Label:
    if part.role is PartRole.UNKNOWN:
        return Label(str(_("I do not know")))
    if part.role in (PartRole.SOLVED, PartRole.OUTCOME):
        return Label(_outcome(part.text))
    return labels.part(question, part)


def _outcome(code: str) -> str:
    words = {
        "solved": lambda: _("It helped"),
        "not_solved": lambda: _("It did not help"),
        "skipped": lambda: _("Not tried"),
        "same": lambda: _("It is the same problem"),
        "different": lambda: _("It is another problem"),
        "none": lambda: _("Nobody else has reported it"),
    }
    return str(words[code]()) if code in words else code


def _lines(kind: str, text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "break", ""
        yield kind, line


def pieces_of(text: str, code: str = "") -> list[tuple[str, str]]:
    """Return a text as what was covered ("mask"), the code that was recognised ("hit"), and the rest ("text")."""
    return list(_pieces(text, code))


def _pieces(text: str, code: str) -> Iterator[tuple[str, str]]:
    end = 0
    for found in MARKER.finditer(text):
        yield from _hits(text[end : found.start()], code)
        yield "mask", found[1]
        end = found.end()
    yield from _hits(text[end:], code)


def _hits(text: str, code: str) -> Iterator[tuple[str, str]]:
    before, _, after = text.partition(code) if code and code in text else (text, "", "")
    yield "text", before
    if code and code in text:
        yield "hit", code
        yield "text", after
