"""What in a text a customer would stumble over: engineers' terms, bare keys, half-width marks, long sentences."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_COVERED = re.compile(r"\{[a-z]+:[^{}\s]{1,64}\}|`[^`\n]*`|\]\([^()\s]*\)|https?://[^\s，。；）」]+")
"""What is no prose: keys as they should be written, code, addresses."""
_KEY = re.compile(
    r"(?<![A-Za-z0-9])"
    r"(?:F(?:1[0-2]|[1-9])|Ctrl|Alt|Esc|Fn|PgUp|PgDn|PrtSc|Backspace|Caps ?Lock|Num ?Lock)(?![A-Za-z0-9])"
)
_HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
_BESIDE_HAN = re.compile(rf"(?<={_HAN})[,;:!?()]|[,;:!?()](?={_HAN})|(?<={_HAN})\.(?![A-Za-z0-9.])")
_QUOTED = re.compile(rf'"([^"\n]*{_HAN}[^"\n]*)"')
_FULL_WIDTH: Mapping[str, str] = {
    ",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。",
}  # fmt: skip
_SENTENCE = re.compile(r"[^.!?。！？\n]+")
_WORD = re.compile(r"[A-Za-z0-9À-ɏ]+(?:['’-][A-Za-z0-9À-ɏ]+)*")
MOST_WORDS = 30
"""Of an English sentence; people in a hurry read no more at once."""
MOST_CHARACTERS = 60
"""Of a Chinese sentence."""
LONGEST_FOLDED = 120
"""Letters of a term by which it is looked up: some signs stand for eighteen letters each."""


class FindingKind(StrEnum):
    """What somebody could stumble over."""

    JARGON = "jargon"
    BARE_KEY = "bare-key"
    HALF_WIDTH = "half-width"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text, and what could stand there instead."""

    kind: FindingKind
    start: int
    end: int
    found: str
    """The words as they stand; of a long sentence its beginning."""
    instead: str = ""
    """What customers understand; empty where only the writer can say it better."""
    language: str = ""
    """Whose term it is; empty for what is none."""


def replaced(text: str, finding: Finding) -> str:
    """Return a text with what is offered put where the finding is."""
    return text[: finding.start] + finding.instead + text[finding.end :]


def pattern_of(terms: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the terms, the longest first; None where there are none."""
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile("|".join(map(_of_term, longest_first)), re.IGNORECASE) if longest_first else None


def found_by(term: str) -> re.Pattern[str]:
    """Return what finds one term in a text."""
    return re.compile(_of_term(term), re.IGNORECASE)


def _of_term(term: str) -> str:
    written = r"\s?".join(map(re.escape, term.split()))
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", term) else ""
    after = r"s?(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", term) else ""
    return before + written + after


def jargon(text: str, pattern: re.Pattern[str] | None, sentences: Mapping[str, str]) -> Iterator[Finding]:
    """Yield each engineer's term with the customer's words for it; ``sentences`` are by the folded term."""
    if pattern is None:
        return
    for match in pattern.finditer(uncovered(text)):
        folded = fold(match[0])
        instead = sentences.get(folded) or sentences.get(folded.removesuffix("s"), "")
        yield Finding(FindingKind.JARGON, match.start(), match.end(), match[0], instead)


def fold(term: str) -> str:
    """Return a term in the one way in which it is looked up: in small letters, and without spaces."""
    return "".join(unicodedata.normalize("NFKC", term).casefold().split())[:LONGEST_FOLDED]


def other_findings(text: str, language: str) -> Iterator[Finding]:
    """Yield what needs no phrasebook to be noticed."""
    plain = uncovered(text)
    for match in _KEY.finditer(plain):
        yield Finding(FindingKind.BARE_KEY, *match.span(), match[0], f"{{key:{match[0].replace(' ', '')}}}")
    if language.startswith("zh"):
        yield from _half_width(plain)
    yield from _long_sentences(text, plain, is_chinese=language.startswith("zh"))


def uncovered(text: str) -> str:
    """Return a text of the same length in which what is no prose is blank."""
    return _COVERED.sub(lambda match: "\x00" * len(match[0]), text)


def _half_width(plain: str) -> Iterator[Finding]:
    for match in _BESIDE_HAN.finditer(plain):
        yield Finding(FindingKind.HALF_WIDTH, *match.span(), match[0], _FULL_WIDTH[match[0]])
    for match in _QUOTED.finditer(plain):
        if "\x00" not in match[1]:
            yield Finding(FindingKind.HALF_WIDTH, *match.span(), match[0], f"「{match[1]}」")


def _long_sentences(text: str, plain: str, *, is_chinese: bool) -> Iterator[Finding]:
    for match in _SENTENCE.finditer(plain):
        said = match[0].replace("\x00", "")
        length = len("".join(said.split())) if is_chinese else len(_WORD.findall(said))
        if length > (MOST_CHARACTERS if is_chinese else MOST_WORDS):
            yield Finding(FindingKind.TOO_LONG, *match.span(), text[match.start() : match.end()].strip()[:40])
