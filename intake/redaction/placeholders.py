"""Tell a secret from the words that stand where one would be."""

import math
import re
from collections import Counter
from itertools import pairwise
from typing import Final

_NO_SECRETS: Final = (
    "password passwd passwort pass pwd passphrase secret token key apikey api_key value string text "
    "none null nil void undefined "
    "empty blank unset true false yes no on off ok na n/a unknown default required optional missing "
    "incorrect wrong invalid "
    "expired expiring failed failure fail mismatch reset changed change changing set setting "
    "provided specified supplied accepted "
    "authentication authorized unauthorized denied rejected disabled enabled enable disable hidden "
    "masked redacted removed omitted "
    "changeme change_me change-me placeholder dummy sample example test testing foo bar foobar todo "
    "tbd prompt input hash hashed "
    "encrypted plain plaintext must cannot can not was is has should for of the a an and or with "
    "from user username login "
    "keyboard-interactive publickey bearer basic digest negotiate ntlm type ref int varchar char "
    "boolean object array number "
    "not_set not-set notset sha256 sha1 md5 utf-8 error errors exception ignored filtered secure "
    "protected private public "
    "self this args kwargs request response field column property attribute policy rule rules length "
    "strength age history"
)
_WORDS: Final = frozenset(_NO_SECRETS.split())
_SHAPES: Final = re.compile(
    r"<[^>]{0,80}>?|\$\{[^}]{0,80}\}?|\$\(.{0,80}|\$[A-Z_a-z][A-Za-z0-9_]{0,60}|\{\{.{0,80}"
    r"|\{[a-z0-9_.]{0,60}\}?|%[A-Za-z_]{1,60}%|%\(?[a-z_]{0,40}\)?[sdr]"
    r"|\[[a-z0-9 _-]{0,60}\]?|@[a-z]{1,40}@|#\{.{0,80}|process\.env.{0,80}|os\.environ.{0,80}"
    r"|[a-z_][\w.:]{0,60}\(.{0,80}"
    r"|\.{2,40}|[?!]{1,9}"
)
_PARTS: Final = re.compile(
    r"your[-_ ]|_here\b|-here\b|example|placeholder|change_?me(?![a-z0-9])|replace_?me|redacted|xxxx|\*\*\*"
    r"|insert[-_ ]|dummy|<|…|•••|●●|·····"
)
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_HEX: Final = re.compile(r"(?:0x)?[0-9a-f]{1,4000}", re.IGNORECASE)
_CODE_NAME: Final = re.compile(r"[A-Za-z_$]{1,60}(?:[.:]{1,2}[A-Za-z_$]{1,60}){1,12}(?:@[0-9a-f]{1,16})?")


def is_placeholder(value: str) -> bool:
    """Whether this only stands where a secret would be: stars, ${NAME}, "your-token-here", "null"."""
    plain = value.strip().strip("\"'`").lower()
    if len(set(plain)) <= 1 or plain.rstrip(".:!") in _WORDS:
        return True
    return bool(_SHAPES.fullmatch(plain) or _PARTS.search(plain))


def is_code_name(value: str) -> bool:
    """Whether this is the dotted name of something in a program."""
    return bool(_CODE_NAME.fullmatch(value))


def is_uuid(value: str) -> bool:
    """Whether this is a UUID, which is a name far more often than a secret."""
    return bool(_UUID.fullmatch(value))


def is_hex(value: str) -> bool:
    """Whether this is nothing but hexadecimal digits."""
    return bool(_HEX.fullmatch(value))


def entropy(value: str) -> float:
    """Bits of surprise per character."""
    total = len(value)
    return -sum(count / total * math.log2(count / total) for count in Counter(value).values()) if value else 0.0


def restlessness(value: str) -> float:
    """How often capitals, small letters, digits and signs follow one another: words rarely, random text often."""
    if len(value) < 2:
        return 0.0
    kinds = [_kind(letter) for letter in value]
    return sum(first != second for first, second in pairwise(kinds)) / (len(value) - 1)


def has_letter_and_digit(value: str) -> bool:
    """Whether letters and digits are mixed."""
    return any(letter.isdigit() for letter in value) and any(letter.isalpha() for letter in value)


def _kind(letter: str) -> int:
    if letter.isdigit():
        return 0
    if letter.isalpha():
        return 1 if letter.islower() else 2
    return 3
