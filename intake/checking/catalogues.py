"""Translations as gettext keeps them: a .po file read into messages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])?\s*"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated message, and whether a person still has to look at it."""

    text: str
    is_fuzzy: bool


Catalogue = Mapping[tuple[str, str], Translation]
"""Translations by message context and source text."""


def read_catalogue(folder: Path, locale: str) -> Catalogue | None:
    """Return the translations of one locale, or None where the folder has none."""
    path = folder / locale / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return None
    return dict(_entries(path.read_text("utf-8", "replace")))


def _entries(text: str) -> Iterator[tuple[tuple[str, str], Translation]]:
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        fields: dict[str, str] = {}
        current = ""
        is_fuzzy = False
        for line in block.split("\n"):
            if line.startswith("#"):
                is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            found = _LINE.fullmatch(line.strip())
            if found is None:
                continue
            current = found[1] or current
            fields[current] = fields.get(current, "") + _unescaped(found[2])
        if fields.get("msgid"):
            yield (fields.get("msgctxt", ""), fields["msgid"]), Translation(fields.get("msgstr", ""), is_fuzzy)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _CONTROLS.get(found[1], found[1]), text)
