"""The parts of a description that a message can be about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.tickets.documents import Said

MOST_STEPS = 30


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a description, under the key that events remember it by."""

    key: str
    label: str
    text: str


def parts_of(document: Mapping[str, Any], said: Sequence[Said]) -> dict[str, Part]:
    """Return what of a description can be quoted: each step, and each answer."""
    return {each.key: each for each in (*_steps(document), *_answers(said))}


def choices_of(parts: Mapping[str, Part]) -> list[tuple[str, str]]:
    """Return the parts as a form offers them."""
    return [(each.key, each.label) for each in parts.values()]


def _steps(document: Mapping[str, Any]) -> Iterator[Part]:
    steps = document.get("steps")
    rows = [row for row in steps if isinstance(row, Mapping)] if isinstance(steps, list) else []
    for number, row in enumerate(rows[:MOST_STEPS], 1):
        text = str(row.get("did") or row.get("saw") or row.get("expected") or "")
        yield Part(f"step:{number}", str(_("Step %(number)s", number=number)), text)


def _answers(said: Sequence[Said]) -> Iterator[Part]:
    for each in said:
        if len(each.question_id) <= 80:
            yield Part(each.question_id, each.asked.plain, each.in_one_line)
