"""Whether a file is a CSAF 2.0 document: checked against the published schema, which says where it breaks it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from portal.core.errors import DomainError

MOST_BYTES = 8 * 1024 * 1024
MOST_FAULTS = 20
_SCHEMAS = ("csaf_2_0", "cvss_v2_0", "cvss_v3_0", "cvss_v3_1")
_DEEPEST = 60
_RULES = {
    "required": "missing",
    "type": "type",
    "enum": "choice",
    "const": "choice",
    "pattern": "pattern",
    "minItems": "empty",
    "minLength": "empty",
    "uniqueItems": "twice",
    "additionalProperties": "unknown",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a document breaks the schema, and which rule."""

    path: str
    """As a JSON pointer: ``/document/tracking/id``; empty for the whole file."""
    rule: str
    """``missing``, ``type``, ``choice``, ``pattern``, ``empty``, ``twice``, ``unknown`` or ``other``."""
    wanted: str = ""
    """What should stand there: a name, a type, the values to choose from."""


class CsafError(DomainError):
    """A file that can't be taken in: ``not-json``, ``too-large``, ``too-deep``, or ``not-csaf`` with its faults."""

    def __init__(self, code: str, *, faults: Sequence[Fault] = (), line: int = 1) -> None:
        """Keep where the schema is broken, or the line in which the JSON is."""
        super().__init__(code)
        self.faults, self.line = faults, line


def read_csaf(body: bytes) -> Mapping[str, Any]:
    """Return a CSAF document that keeps to the schema; raises CsafError, which says where it doesn't."""
    if len(body) > MOST_BYTES:
        raise CsafError("too-large")
    try:
        document = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise CsafError("too-deep") from error
    except ValueError as error:  # broken JSON and broken UTF-8 both
        raise CsafError("not-json", line=getattr(error, "lineno", 1)) from error
    if _depth_is_over(document, _DEEPEST):
        raise CsafError("too-deep")
    kept = _storable(document)
    faults = tuple(faults_of(kept))
    if faults:
        raise CsafError("not-csaf", faults=faults)
    found: Mapping[str, Any] = kept
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _finite(written: str) -> float:
    number = float(written)
    if number in (float("inf"), float("-inf")):
        raise ValueError("no number is that large")
    return number


def _depth_is_over(value: object, most: int) -> bool:
    if most == 0:
        return True
    kids = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_depth_is_over(each, most - 1) for each in kids if isinstance(each, dict | list))


def _storable(value: Any) -> Any:
    """Return a document without what JSON can write and no database keeps: NUL, and halves of signs."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_storable(name): _storable(each) for name, each in value.items()}
    return [_storable(each) for each in value] if isinstance(value, list) else value


def faults_of(document: object) -> Iterator[Fault]:
    """Yield where a document breaks the schema, in the order of the document, as many as somebody reads."""
    found = sorted(_validator().iter_errors(document), key=lambda error: [str(part) for part in error.absolute_path])
    for error in found[:MOST_FAULTS]:
        yield _fault(_deepest(error))


def _deepest(error: ValidationError) -> ValidationError:
    """Return what is really wrong, where a rule offers several ways."""
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return error


def _fault(error: ValidationError) -> Fault:
    path = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in error.absolute_path)
    rule = _RULES.get(str(error.validator), "other")
    if rule == "missing":
        name = error.message.split("'")[1]  # one finding for each name that is missing, and only its words tell which
        return Fault(f"{path}/{name}", rule, name)
    return Fault(path, rule, _wanted(rule, error.validator_value))


def _wanted(rule: str, value: object) -> str:
    if rule in ("type", "choice"):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return str(value)[:200] if rule == "pattern" else ""


def _find_twice(_validator: Any, is_wanted: bool, value: object, _schema: object) -> Iterator[ValidationError]:
    """Yield a fault for a list that has something twice; in one go, however long it is."""
    if is_wanted and isinstance(value, list) and len({json.dumps(each, sort_keys=True) for each in value}) < len(value):
        yield ValidationError("something stands in the list twice")


@cache
def _validator() -> Any:
    folder = files("csaf_lib") / "verification" / "schemas"
    schemas = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in _SCHEMAS]
    # The scores' schemas are asked for by their address without the date of the edition that they carry in their id.
    named = [(str(each.get("$id") or each["id"]).partition("?")[0], Resource.from_contents(each)) for each in schemas]
    registry: Registry[Any] = Registry().with_resources(named)
    widen: Callable[..., Any] = extend
    return widen(Draft202012Validator, {"uniqueItems": _find_twice})(schemas[0], registry=registry)
