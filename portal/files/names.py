"""Names of files as people gave them, without what could mislead a reader or a computer."""

import unicodedata
from pathlib import PurePosixPath

_LONGEST = 120
_NOT_IN_NAMES = set('<>:"|?*')


def clean_name(name: str) -> str:
    """Return the last part of a name on one line, without marks that turn the reading direction; never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(each for each in unicodedata.normalize("NFC", last) if not _is_unwanted(each))
    words = " ".join(plain.split()).strip(". ")
    return _shortened(words) or "file"


def ending_of(name: str) -> str:
    """Return a name's ending in small letters, with its dot; empty where there is none."""
    return PurePosixPath(name).suffix.lower()


def _is_unwanted(character: str) -> bool:
    return character in _NOT_IN_NAMES or (unicodedata.category(character)[0] == "C" and character not in "\t\n\r")


def _shortened(name: str) -> str:
    ending = PurePosixPath(name).suffix
    if len(name) <= _LONGEST or len(ending) > 10:
        return name[:_LONGEST]
    return name[: _LONGEST - len(ending)].rstrip(". ") + ending
