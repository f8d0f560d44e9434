"""In which language each line of a text is written, whoever reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]+")
_ENGLISH, _SIMPLIFIED, _TRADITIONAL = "en", "zh_Hans", "zh_Hant"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, where it begins, and the language it is written in."""

    words: str
    start: int
    language: str


def lines_of(text: str, reader: str) -> Iterator[Line]:
    """Yield the lines of a text; what no line tells of its language is taken from whoever reads it."""
    chinese, start = chinese_of(text, reader), 0
    for words in text.splitlines(keepends=True):
        yield Line(words, start, _language_of(words, chinese, reader))
        start += len(words)


def language_written(text: str, reader: str) -> str:
    """Return the language in which most of a text is written."""
    return _language_of(text, chinese_of(text, reader), reader)


def chinese_of(text: str, reader: str) -> str:
    """Return which Chinese a text is written in; one that fits both is the reader's."""
    traditional, simplified = (_changed_by(way, text) for way in ("t2s", "s2t"))
    if traditional == simplified:
        return reader if reader in (_SIMPLIFIED, _TRADITIONAL) else _SIMPLIFIED
    return _TRADITIONAL if traditional > simplified else _SIMPLIFIED


def _language_of(words: str, chinese: str, reader: str) -> str:
    """Return the language of some words: a name in Chinese makes no English sentence a Chinese one."""
    han, latin = len(_HAN.findall(words)), len(_LATIN.findall(words))
    if not han and not latin:
        return reader
    return chinese if han >= latin else _ENGLISH


def _changed_by(way: str, text: str) -> int:
    """Return how many characters a conversion to the other script would change."""
    han = "".join(_HAN.findall(text))
    return sum(before != after for before, after in zip(han, _converter(way).convert(han), strict=False))


@lru_cache(maxsize=2)
def _converter(way: str) -> OpenCC:
    return OpenCC(way)
