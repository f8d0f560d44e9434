"""A pasted text beside its lower-case, half-width twin: the same length, so that places agree."""

import re
from typing import Final, NamedTuple

_WIDE: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a：＝＠．＿－＋／]")
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF1A)}
_NARROW.update({wide: wide - 0xFEE0 for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})
_NARROW.update({ord(wide): ord(wide) - 0xFEE0 for wide in "：＝＠．＿－＋／"})


class Page(NamedTuple):
    """One text to look through: half-width, and once more in lower case."""

    text: str
    lower: str


def open_page(text: str) -> Page:
    """Prepare a text for looking; no character moves from its place."""
    narrow = text.translate(_NARROW) if _WIDE.search(text) else text
    lower = narrow.lower()
    if len(lower) != len(narrow):
        # A few capitals, such as the dotted I of Turkish, become two characters; those stay as they are.
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in narrow)
    return Page(narrow, lower)
