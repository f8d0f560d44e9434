"""What changed from one revision of a snapshot to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.plain import Json

_NOT_COMPARED = ("schema", "times", "completeness")


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs: `was` or `now` is None where there is none."""

    path: str
    was: Json
    now: Json


def diff(old: Mapping[str, Json], new: Mapping[str, Json]) -> tuple[Change, ...]:
    """Return what differs between two snapshots, by path; times are not compared."""
    return tuple(_changes("", _content(old), _content(new)))


def _content(document: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in document.items() if key not in _NOT_COMPARED}


def _changes(path: str, old: Json, new: Json) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            yield from _changes(f"{path}.{key}" if path else key, old.get(key), new.get(key))
    elif old != new:
        yield Change(path, old, new)
