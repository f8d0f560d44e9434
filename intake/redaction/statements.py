"""INSERT statements: what stands in a column whose name says password, name or address."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page
from intake.redaction.placeholders import is_placeholder

_INSERT: Final = re.compile(
    r"insert\s{1,4}into\s{1,4}[\w.`\"\[\]]{1,80}\s{0,4}\((?P<columns>[\w\s,.`\"\[\]]{1,2000})\)\s{0,4}values\s{0,4}\("
)
_VALUE: Final = re.compile(
    r"\s{0,4}(?:n?'(?P<text>(?:[^'\n]|''){0,400})'|[^,'()\n]{1,100}(?:\([^()\n]{0,200}\))?)\s{0,4}"
)
_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("password", re.compile(r"pass_?(?:word|wd)?|pwd|passwd|(?:user|login|db)_?(?:pass|pwd)\w{0,8}|password\w{0,8}")),
    ("key", re.compile(r"\w{0,20}(?:secret|api_?key|token)\w{0,8}")),
    ("name", re.compile(r"(?:pat(?:ient)?|real|full|person|contact|family|doctor|nurse|user|nick)_?name|xm|name_?cn")),
    ("address", re.compile(r"(?:home_?|post_?)?addr(?:ess)?")),
)


def inserted_values(page: Page) -> Iterator[Found]:
    """Values that an INSERT puts into a column for passwords, keys, names or addresses."""
    for match in _INSERT.finditer(page.lower):
        at = match.end()
        for column in match["columns"].split(","):
            value = _VALUE.match(page.text, at)
            if value is None:
                break
            kind = _kind_of(column.strip(' \t\n`"[]'))
            if kind and value["text"] and _is_told(kind, value["text"]):
                yield Found(kind, value.start("text"), value.end("text"))
            at = value.end()
            if page.text[at : at + 1] != ",":
                break
            at += 1


def _kind_of(column: str) -> str | None:
    return next((kind for kind, pattern in _COLUMNS if pattern.fullmatch(column)), None)


def _is_told(kind: str, value: str) -> bool:
    if is_placeholder(value) or len(value) < 2:
        return False
    return kind in {"password", "key"} or not value.isascii()
