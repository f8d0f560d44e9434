"""Reads about what notices were taken in from, and what of it found no place in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.formats.models import NoticeImport

_LONGEST = 300
_WHOLE = ("acknowledgments", "aggregate_severity", "distribution")
"""Parts of ``/document`` that stand for themselves, so that they can go out again as they came."""
_LISTS = ("notes", "references")


@dataclass(frozen=True, slots=True)
class KeptPart:
    """A part of a document that a notice has no place for."""

    pointer: str
    excerpt: str
    goes_out: bool
    """Whether it stands in the notice's own CSAF document again."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a notice was taken in from."""

    file_name: str
    imported_at: datetime
    publisher: str
    number: str
    """The document's own, as its publisher counts."""
    parts: Sequence[KeptPart]


def origin_of(session: Session, notice_id: UUID) -> Origin | None:
    """Return what a notice was taken in from; None for one that was written here."""
    row = session.get(NoticeImport, notice_id)
    if row is None:
        return None
    document = row.document["document"]
    return Origin(
        file_name=row.file_name,
        imported_at=row.imported_at,
        publisher=document["publisher"]["name"],
        number=document["tracking"]["id"],
        parts=kept_parts(row.document, row.kept_unmapped),
    )


def kept_parts(document: Mapping[str, Any], pointers: Sequence[str]) -> list[KeptPart]:
    """Return what stands at each place of a document that found none in a notice."""
    return [KeptPart(each, _excerpt(_part_at(document, each)), _way_out(each) is not None) for each in pointers]


def kept_for_csaf(session: Session, notice_id: UUID) -> dict[str, Any]:
    """Return what goes out again with a notice's own CSAF document, by its name in ``/document``.

    Products and vulnerabilities stay behind: they name each other by ids that only the document itself has.
    """
    row = session.get(NoticeImport, notice_id)
    found: dict[str, Any] = {}
    for pointer in row.kept_unmapped if row else ():
        name = _way_out(pointer)
        part = _part_at(row.document, pointer) if row and name else None
        if name in _LISTS:
            found.setdefault(name, []).append(part)
        elif name:
            found[name] = part
    return found


def _way_out(pointer: str) -> str | None:
    """Return the name in ``/document`` under which a part goes out again."""
    names = _names(pointer)
    if names[0] != "document" or len(names) not in (2, 3):
        return None
    return names[1] if names[1] in (_WHOLE if len(names) == 2 else _LISTS) else None


def _part_at(document: Mapping[str, Any], pointer: str) -> Any:
    found: Any = document
    for name in _names(pointer):
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found


def _names(pointer: str) -> list[str]:
    return [name.replace("~1", "/").replace("~0", "~") for name in pointer.split("/")[1:]]


def _excerpt(part: Any) -> str:
    """Return the beginning of a part: its words where it has any, else as it is written in the file."""
    text = part if isinstance(part, str) else _words(part) or json.dumps(part, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _words(part: Any) -> str:
    named = ("title", "summary", "name", "text", "url")
    return ": ".join(str(part[each]) for each in named if part.get(each)) if isinstance(part, dict) else ""
