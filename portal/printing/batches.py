"""What features ask of the press to print many copies: a base laid out once, and on it what is each copy's own."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.core.children import Limits
from portal.printing.engine import LIMITS, ask

_PART_LIMITS = Limits(seconds=60, megabytes=768)
_BOUND_LIMITS = Limits(seconds=120, megabytes=2048)


@dataclass(frozen=True, slots=True)
class Base:
    """What all copies share, and where on it each copy's own things go."""

    pdf: bytes
    places: Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Copy:
    """What one copy says beside its label."""

    code_url: str
    file_name: str


@dataclass(frozen=True, slots=True)
class CopiesOrder:
    """Copies to be made in one go."""

    base: Base
    labels_html: str
    """One long page: for each copy the address, and below it what stands on the slip."""
    copies: Sequence[Copy]
    title: str
    language: str
    is_separate: bool


def lay_base(html: str) -> Base:
    """Lay out what all copies share; raises PrintError where it takes too much or can't be laid out."""
    answer = json.loads(ask("lay_base", html=html))
    return Base(b64decode(answer["pdf"]), answer["places"])


def print_copies(order: CopiesOrder) -> bytes:
    """Return copies as one PDF, or as an archive with a PDF for each; raises PrintError as above."""
    return ask(
        "stamp",
        limits=_PART_LIMITS,
        base=b64encode(order.base.pdf).decode(),
        places=dict(order.base.places),
        labels_html=order.labels_html,
        labels=[[each.code_url, each.file_name] for each in order.copies],
        title=order.title,
        language=order.language,
        is_separate=order.is_separate,
    )


def bind_copies(parts: Sequence[bytes], *, title: str, language: str) -> bytes:
    """Return the copies of several PDFs as one."""
    bodies = [b64encode(each).decode() for each in parts]
    return ask("bind", limits=_BOUND_LIMITS, parts=bodies, title=title, language=language)


def unprintable(text: str) -> str:
    """Return the signs of a text that no font on this machine can show."""
    return str(json.loads(ask("find_missing", limits=LIMITS, text=text)))
