"""Tell a secret from the words that stand where one would be."""

import math
import re
from collections import Counter
from functools import lru_cache
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
_STRETCHES: Final = re.compile("[0-9]{1,4000}|[a-z]{1,4000}|[A-Z]{1,4000}|[^0-9A-Za-z]{1,4000}")
_DIGIT: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[^\W\d_]")
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
    if not value:
        return 0.0
    total = len(value)
    return math.log2(total) - sum(map(_weight, Counter(value).values())) / total


def restlessness(value: str) -> float:
    """How often capitals, small letters, digits and signs follow one another: words rarely, random text often."""
    return (len(_STRETCHES.findall(value)) - 1) / (len(value) - 1) if len(value) > 1 else 0.0


def has_digit(value: str) -> bool:
    """Whether a digit is among the signs."""
    return bool(_DIGIT.search(value))


def has_letter_and_digit(value: str) -> bool:
    """Whether letters and digits are mixed."""
    return bool(_DIGIT.search(value) and _LETTER.search(value))


@lru_cache(maxsize=512)
def _weight(count: int) -> float:
    return count * math.log2(count)
