"""A questionnaire in the making: unique ids, texts that pass the linter, and its YAML."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from intake.checking.wording import bare_key
from intake.loading.tree import Node
from intake.plain import Json

MOST_ON_A_PAGE = 6
_PLACE = re.compile(r"\{([a-z]+):([^{}]*)\}")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Lost:
    """Something of the other form that a questionnaire cannot hold, and where it stood."""

    line: int
    column: int
    what: str


@dataclass
class DraftPage:
    """One page in the making."""

    title: str
    questions: list[dict[str, Json]] = field(default_factory=list)


@dataclass
class Draft:
    """A questionnaire in the making, and what was lost on the way."""

    name: str
    about: str = ""
    pages: list[DraftPage] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def lose(self, node: Node, what: str) -> None:
        """Note something that cannot be carried over."""
        self.lost.append(Lost(node.line, node.column, what))

    def begin_page(self, title: str) -> None:
        """Begin a page; one that stayed empty is given the new title."""
        if self.pages and not self.pages[-1].questions:
            self.pages[-1].title = title
        else:
            self.pages.append(DraftPage(title))

    def add(self, question: dict[str, Json]) -> None:
        """Add a question to the last page, or to a new one where that is full."""
        if not self.pages:
            self.begin_page(self.name)
        if len(self.pages[-1].questions) >= MOST_ON_A_PAGE:
            self.begin_page(self.pages[-1].title)
        self.pages[-1].questions.append(question)

    def question_id(self, wanted: str, text: str) -> str:
        """Return an id that no other question has; the same form gives the same ids every time."""
        return unique(slug(wanted) or slug(text) or hashed(text), self._ids)

    def as_yaml(self) -> str:
        """Return the questionnaire as YAML."""
        return "\n".join(_lines(self)) + "\n"


def slug(text: str) -> str:
    """Return a short id made of a text's Latin letters and digits; empty where it has none."""
    return _NOT_WORD.sub("-", text.lower()).strip("-")[:40].strip("-")


def hashed(text: str) -> str:
    """Return an id for a text without Latin letters; the same text always has the same."""
    return f"x{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


def unique(wanted: str, taken: set[str]) -> str:
    """Return an id that is not taken yet, and take it."""
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    taken.add(found)
    return found


def readable(text: str) -> str:
    """Return a text on one line in which keys are marked, so that the linter has no complaint."""
    plain = _PLACE.sub(r"(\1: \2)", " ".join(text.split()))
    for _ in range(20):
        key = bare_key(plain)
        if key is None:
            break
        changed = re.sub(rf"(?<!\{{key:){re.escape(key)}", f"{{key:{key}}}", plain, count=1)
        if changed == plain:
            break
        plain = changed
    return plain


def _lines(draft: Draft) -> Iterator[str]:
    yield "intake: 1"
    yield f"id: {_scalar(slug(draft.name) or hashed(draft.name))}"
    yield "version: 1"
    yield f"title: {_scalar(readable(draft.name))}"
    if draft.about:
        yield f"about: {_scalar(readable(draft.about))}"
    yield "pages:"
    for number, page in enumerate(page for page in draft.pages if page.questions):
        yield f"  - id: page-{number + 1}"
        yield f"    title: {_scalar(readable(page.title))}"
        yield "    questions:"
        for question in page.questions:
            yield from _question_lines(question)
    yield "triage:"
    yield '  - {id: default, set: P3, because: "this is how we begin with every report"}'
    yield "snapshot:"
    taken: set[str] = set()
    for question in (question for page in draft.pages for question in page.questions):
        yield f"  {_snapshot_path(question, taken)}: {_scalar(question['id'])}"


def _question_lines(question: Mapping[str, Json]) -> Iterator[str]:
    lead = "      - "
    for key, value in question.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{lead}{key}:"
            for item in value:
                yield f"          - {_flow(item)}"
        elif isinstance(value, list):
            yield f"{lead}{key}: [{', '.join(map(_scalar, value))}]"
        else:
            yield f"{lead}{key}: {_scalar(value)}"
        lead = "        "


def _flow(item: Mapping[str, Json]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in item.items()) + "}"


def _scalar(value: Json) -> str:
    """Return a value as YAML; texts are quoted, so that no program reads them as anything else."""
    return json.dumps(value, ensure_ascii=False)


def _snapshot_path(question: Mapping[str, Json], taken: set[str]) -> str:
    own: Mapping[Json, str] = {"error_text": "error", "files": "attachments"}
    path = own.get(question["type"], "")
    if path and path not in taken:
        taken.add(path)
        return path
    return "answers." + unique("q_" + _NOT_WORD.sub("_", str(question["id"]).lower()), taken)


def shortened(words: Sequence[str]) -> str:
    """Return the beginning of some words, for a line that says what was lost."""
    text = " ".join(" ".join(words).split())
    return text if len(text) <= 60 else f"{text[:57]}..."
