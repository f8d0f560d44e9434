"""What may stand where in a questionnaire: the keys of every map and the shape of every value."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from intake.kinds import KINDS
from intake.kinds.number import number_from
from intake.kinds.steps import COLUMNS
from intake.loading.tree import Node, Report

Shape: TypeAlias = Callable[[Node, Report], None]

FORMAT = 1
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_PATH = re.compile(r"[a-z][a-z0-9_]{0,63}(?:\.[a-z][a-z0-9_]{0,63}){0,5}")
_LOCALE = re.compile(r"[a-z]{2,3}(?:_[A-Za-z0-9]{2,8}){0,2}")
_PRIORITY = re.compile(r"P[1-4]")
_MEDIA_TYPE = re.compile(r"(?:\*|[a-z0-9.+-]+)/(?:\*|[A-Za-z0-9.+-]+)")


def nearest(word: str, known: Sequence[str], otherwise: str = "") -> str:
    """Return a suggestion with the known word that is nearest to a wrong one."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"Did you mean `{close[0]}`?"
    return otherwise or f"Known here: {', '.join(known)}."


def text(node: Node, report: Report) -> None:
    """A text with something in it."""
    if not isinstance(node.value, str):
        hint = f'Write "{node.value}" in quotes.' if isinstance(node.value, int) else "Write a text."
        report.add("E010", node, "A text is needed here.", hint)
    elif not node.value.strip():
        report.add("E010", node, "The text is empty.", "Write what the customer should read.")


def truth(node: Node, report: Report) -> None:
    """True or false."""
    if not isinstance(node.value, bool):
        report.add("E010", node, "This is either true or false.", "Write true or false, without quotes.")


def whole(node: Node, report: Report) -> None:
    """A whole number, 0 or more."""
    if isinstance(node.value, bool) or not isinstance(node.value, int) or node.value < 0:
        report.add("E010", node, "A whole number is needed here, 0 or more.", "Write a number without quotes.")


def limit(node: Node, report: Report) -> None:
    """A number; decimals are written in quotes."""
    is_number = isinstance(node.value, int) and not isinstance(node.value, bool)
    if not is_number and not (isinstance(node.value, str) and number_from(node.value) is not None):
        report.add("E010", node, "A number is needed here.", 'Write a number, decimals in quotes: "1.5".')


def anything(node: Node, report: Report) -> None:
    """Anything; who uses it looks closer."""


def spelled(pattern: re.Pattern[str], what: str, example: str) -> Shape:
    """Return the shape of a word that must be spelled in a certain way."""

    def shape(node: Node, report: Report) -> None:
        if not isinstance(node.value, str) or pattern.fullmatch(node.value) is None:
            is_number = isinstance(node.value, int)
            suggestion = f'Write "{node.value}" in quotes.' if is_number else f"Write it like {example}."
            report.add("E010", node, f"{what} is needed here.", suggestion)

    return shape


def one_of(words: Sequence[str]) -> Shape:
    """Return the shape of one of several words."""

    def shape(node: Node, report: Report) -> None:
        if node.value not in words:
            report.add("E010", node, f"`{node.plain()}` is not known here.", nearest(str(node.value), words))

    return shape


def list_of(item: Shape, least: int = 0, most: int = 5000) -> Shape:
    """Return the shape of a list of alike things."""

    def shape(node: Node, report: Report) -> None:
        if not isinstance(node.value, list):
            report.add("E010", node, "A list is needed here.", "Write `[a, b]`, or one line with `- ` for each.")
            return
        if not least <= len(node.value) <= most:
            suggestion = f"Between {least} and {most} are read."
            report.add("E010", node, f"The list has {len(node.value)} entries.", suggestion)
        for entry in node.value:
            item(entry, report)

    return shape


def words_to(value: Shape, key: re.Pattern[str] = _ID) -> Shape:
    """Return the shape of a map whose keys the author chooses."""

    def shape(node: Node, report: Report) -> None:
        if not isinstance(node.value, dict):
            report.add("E010", node, "A map is needed here.", "Write `key: value`, one a line.")
            return
        for name, item in node.value.items():
            if key.fullmatch(name) is None:
                place = node.key_places.get(name, (0, 0))
                report.add("E010", place, f"`{name}` is no name.", "Use a-z, 0-9, _, - and .")
            value(item, report)

    return shape


@dataclass(frozen=True)
class Map:
    """The shape of a map with known keys."""

    what: str
    keys: Mapping[str, Shape]
    required: tuple[str, ...] = ()

    def __call__(self, node: Node, report: Report) -> None:
        """Check the keys and what stands behind them."""
        if not isinstance(node.value, dict):
            report.add("E010", node, f"{self.what} is a map.", f"Its keys: {', '.join(self.keys)}.")
            return
        for key, item in node.value.items():
            if key in self.keys:
                self.keys[key](item, report)
            else:
                self._refuse(key, node, report)
        for key in self.required:
            if key not in node.value:
                report.add("E009", node, f"{self.what} has no `{key}`.", f"Add `{key}:`.")

    def _refuse(self, key: str, node: Node, report: Report) -> None:
        place = node.key_places.get(key, (node.line, node.column))
        report.add("E004", place, f"{self.what} has no key `{key}`.", nearest(key, list(self.keys)))


identifier = spelled(_ID, "An id", "`first_login`")
snapshot_path = _PATH
locale = spelled(_LOCALE, "A locale", "`zh_Hans`")
priority = spelled(_PRIORITY, "A priority", "`P1`, `P2`, `P3` or `P4`")
media_type = spelled(_MEDIA_TYPE, "A media type", "`image/png`")

_OPTION = Map(
    "An option",
    {"id": identifier, "text": text, "rank": whole, "show_if": anything},
    ("id", "text"),
)
_CONFIRM_OPTION = Map(
    "An option of `confirm`",
    {"id": identifier, "text": text, "ok": truth, "explain": text},
    ("id", "text"),
)
_COMMON: Mapping[str, Shape] = {
    "id": identifier,
    "type": one_of(tuple(KINDS)),
    "text": text,
    "required": truth,
    "allow_unknown": truth,
    "prefill": Map("`prefill`", {"from": text, "confirm": truth}, ("from",)),
    "hint": text,
    "why": text,
    "ask_if": anything,
}
_OF_SOME_KINDS: Mapping[str, Shape] = {
    "allow_none": text,
    "options": list_of(_OPTION, least=1),
    "other": truth,
    "pattern": text,
    "max_length": whole,
    "min": limit,
    "max": limit,
    "unit": text,
    "columns": list_of(one_of(COLUMNS), least=1, most=3),
    "accept": list_of(media_type, least=1),
    "max_bytes": whole,
    "max_count": whole,
    "confirm": Map("`confirm`", {"text": text, "options": list_of(_CONFIRM_OPTION, least=1)}, ("text", "options")),
    "solved": Map("`solved`", {"text": text}, ("text",)),
    "match": list_of(identifier, least=1),
}
_QUESTIONS: Mapping[str, Map] = {
    name: Map(
        f"A {name} question",
        {**_COMMON, **{key: _OF_SOME_KINDS[key] for key in sorted(kind.keys)}},
        ("id", "type", "text", *sorted(kind.needs)),
    )
    for name, kind in KINDS.items()
}
_ANY_QUESTION = Map("A question", {**_COMMON, **_OF_SOME_KINDS}, ("id", "type", "text"))


def question(node: Node, report: Report) -> None:
    """A question; which keys it may have depends on its kind."""
    kind = node.value.get("type") if isinstance(node.value, dict) else None
    known = isinstance(kind, Node) and isinstance(kind.value, str) and kind.value in _QUESTIONS
    shape = _QUESTIONS[str(kind.value)] if known and isinstance(kind, Node) else _ANY_QUESTION
    shape(node, report)


_PAGE = Map(
    "A page",
    {
        "id": identifier,
        "title": text,
        "ask_if": anything,
        "only": one_of(("emergency",)),
        "questions": list_of(question),
    },
    ("id", "title", "questions"),
)
_DERIVED = Map("A context value", {"type": one_of(tuple(KINDS)), "by": identifier}, ("type", "by"))


def _context_value(node: Node, report: Report) -> None:
    """A kind, or a kind and the question the value depends on."""
    (_DERIVED if isinstance(node.value, dict) else one_of(tuple(KINDS)))(node, report)


_EMERGENCY = Map(
    "`emergency`",
    {
        "label": text,
        "ask": list_of(identifier, least=1, most=3),
        "sets": priority,
        "then": one_of(("continue_details",)),
        "because": text,
    },
    ("label", "ask", "sets"),
)
_RULE = Map("A rule", {"id": identifier, "set": priority, "when": anything, "because": text}, ("id", "set", "because"))
_MIGRATION = Map(
    "An entry of `migrate`",
    {"rename": identifier, "to": identifier, "question": identifier, "options": words_to(identifier),
     "drop": identifier, "note": text},
)  # fmt: skip

QUESTIONNAIRE = Map(
    "A questionnaire",
    {
        "intake": whole,
        "id": identifier,
        "version": whole,
        "title": text,
        "about": text,
        "source_locale": locale,
        "locales": list_of(locale, least=1),
        "context": words_to(_context_value),
        "emergency": _EMERGENCY,
        "pages": list_of(_PAGE, least=1),
        "triage": list_of(_RULE),
        "snapshot": words_to(identifier, snapshot_path),
        "omit": list_of(identifier),
        "migrate": list_of(_MIGRATION),
    },
    ("intake", "id", "version", "title", "pages"),
)
