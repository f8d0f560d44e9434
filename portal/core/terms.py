"""Words made comparable: in full width, in capitals or in the other Chinese script, the same word has the same terms.

Nothing here knows a dictionary: Chinese is taken apart into single characters and pairs, which find what a reader
means as well as words would, and any name too. An index holds terms, and a search asks for all terms of each word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from opencc import OpenCC

MOST_INDEXED = 20_000
"""Characters of one text that can be found."""
MOST_TYPED = 200
"""Characters of a search that are read; what is pasted beyond them finds nothing more."""
MOST_WORDS = 8
_LONGEST = 40
"""Characters of a Latin word or a number."""
_BEGINNINGS = range(3, 9)
"""How much of a Latin word is enough to find it: ``print`` finds printing."""
_HAN = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts without spaces between words."""
_PIECES = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+")


def terms_of(text: str) -> list[str]:
    """Return every term under which a text is found, each once."""
    found: set[str] = set()
    for piece in _PIECES.findall(_fold(text[:MOST_INDEXED])):
        found.update(_spread(piece))
    return sorted(found)


def folded(text: str) -> str:
    """Return a text as its terms are made of it: in half width, small letters and simplified characters."""
    return _fold(text[:MOST_INDEXED])


def in_script_of(locale: str, word: str) -> str:
    """Return a word as a language writes it whose script may be another than that of the terms."""
    return str(_traditional().convert(word)) if locale == "zh_Hant" else word


def words_of(typed: str) -> list[tuple[str, ...]]:
    """Return the words of a search, each as the terms that must stand together in one text."""
    words = (tuple(dict.fromkeys(_asked_for(word))) for word in _fold(typed[:MOST_TYPED]).split())
    return [word for word in words if word][:MOST_WORDS]


def _spread(piece: str) -> Iterator[str]:
    if _is_han(piece):
        yield from piece
        yield from _pairs(piece)
        return
    yield piece[:_LONGEST]
    if piece.isalpha():
        yield from (piece[:length] for length in _BEGINNINGS if length < len(piece))


def _asked_for(word: str) -> Iterator[str]:
    for piece in _PIECES.findall(word):
        if not _is_han(piece):
            yield piece[:_LONGEST]
        elif len(piece) == 1:
            yield piece
        else:
            yield from _pairs(piece)


def _pairs(piece: str) -> Iterator[str]:
    return (piece[place : place + 2] for place in range(len(piece) - 1))


def _is_han(piece: str) -> bool:
    return re.match(f"[{_HAN}]", piece) is not None


def _fold(text: str) -> str:
    """Return a text in half width, small letters and simplified characters; halves of characters are left out."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return str(_simplified().convert(unicodedata.normalize("NFKC", whole).lower()))


@lru_cache(maxsize=1)
def _simplified() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _traditional() -> OpenCC:
    return OpenCC("s2tw")
