"""Whether a document is a problem snapshot: the rules of the published schema, cheap enough for every request."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import TypeAlias

from intake.plain import Json
from intake.snapshot.document import OWN_KEYS, SCHEMA

_Check: TypeAlias = Callable[[Json], bool]

_PRIORITIES = ("P1", "P2", "P3", "P4")
_OUTCOMES = ("solved", "same", "different", "none")


def published_schema() -> str:
    """Return the JSON Schema of problem-snapshot/1 as text."""
    return (files("intake") / "problem-snapshot-1.schema.json").read_text("utf-8")


def faults_of(document: Json) -> list[str]:
    """Return the top-level keys that are missing or hold what the schema does not allow; empty for a snapshot."""
    if not isinstance(document, Mapping):
        return ["the document is no map"]
    return list(_faults(document))


def _faults(document: Mapping[str, Json]) -> Iterator[str]:
    for key in sorted(OWN_KEYS):
        if key not in document:
            yield f"{key} is missing"
    for key, value in document.items():
        check = _CHECKS.get(key)
        if value is None or (check is not None and not check(value)):
            yield f"{key} does not hold what it should"


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _map_of(required: Mapping[str, _Check], optional: Mapping[str, _Check] | None = None) -> _Check:
    known = {**required, **(optional or {})}

    def check(value: Json) -> bool:
        if not isinstance(value, Mapping) or any(key not in value for key in required):
            return False
        return all(key in known and known[key](item) for key, item in value.items())

    return check


def _list_of(item: _Check) -> _Check:
    return lambda value: isinstance(value, list) and all(map(item, value))


def _one_of(words: tuple[str, ...]) -> _Check:
    return lambda value: value in words


def _is_hash(value: Json) -> bool:
    return isinstance(value, str) and len(value) == 64 and not value.strip("0123456789abcdef")


def _is_answer(value: Json) -> bool:
    return value is not None


def _is_error(value: Json) -> bool:
    return _NO_ERROR(value) or _ERROR(value)


def _is_row(value: Json) -> bool:
    return bool(value) and _ROW(value)


def _is_share(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _text_or_none(value: Json) -> bool:
    return value is None or isinstance(value, str)


_NO_ERROR = _map_of({"none": lambda value: value is True})
_ERROR = _map_of(
    {
        "text": _is_text,
        "template": _is_text,
        "fingerprints": _list_of(_is_text),
        "code": _text_or_none,
        "exception": _text_or_none,
    }
)
_ROW = _map_of({}, {"did": _is_text, "expected": _is_text, "saw": _is_text, "file": _is_text})
_FILE_KEYS: Mapping[str, _Check] = {
    "id": _is_text,
    "name": _is_text,
    "type": _is_text,
    "size": _is_count,
    "sha256": _is_hash,
}
_NEAR_MISS: Mapping[str, _Check] = {
    "rule": _is_text,
    "priority": _one_of(_PRIORITIES),
    "because": _is_text,
    "question": _is_text,
    "answer": _is_answer,
}
_CHECKS: Mapping[str, _Check] = {
    "schema": lambda value: value == SCHEMA,
    "questionnaire": _map_of({"id": _is_text, "version": _is_count, "sha256": _is_hash}),
    "locale": lambda value: isinstance(value, str) and bool(value),
    "channel": lambda value: isinstance(value, str) and bool(value),
    "lane": _one_of(("normal", "emergency")),
    "times": _map_of({"taken_at": _is_text}, {"started_at": _is_text}),
    "triage": _map_of(
        {
            "priority": _one_of(_PRIORITIES),
            "rule": _is_text,
            "because": _is_text,
            "near_misses": _list_of(_map_of(_NEAR_MISS)),
        }
    ),
    "redactions": _list_of(_map_of({"kind": _is_text, "count": _is_count})),
    "prefilled": _list_of(
        _map_of(
            {
                "path": _is_text,
                "offered": _is_answer,
                "kept": lambda value: isinstance(value, bool),
                "confirmed": lambda value: isinstance(value, bool),
            }
        )
    ),
    "unknown": _list_of(_is_text),
    "completeness": _is_share,
    "error": _is_error,
    "steps": _list_of(_is_row),
    "attachments": _list_of(_map_of(_FILE_KEYS)),
    "known_issue": _map_of({"outcome": _one_of(_OUTCOMES)}, {"issue": _is_text}),
}
