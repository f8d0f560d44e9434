"""Look for everything that must not be stored, and put markers in its place."""

from collections.abc import Iterable, Iterator
from typing import Final

from intake.redaction.addresses import home_addresses
from intake.redaction.clinical import CLINICAL_STEMS, clinical_details
from intake.redaction.commands import COMMAND_RULES
from intake.redaction.credentials import CREDENTIAL_RULES
from intake.redaction.loose import LOOSE_STEMS, loose_passwords
from intake.redaction.markers import KINDS, MARKER, Found, Numbering, Redacted, Redaction
from intake.redaction.names import NAME_STEMS, chinese_names, other_names
from intake.redaction.pages import Page, open_page
from intake.redaction.people import PEOPLE_RULES
from intake.redaction.rules import CHINESE, Rule, Rules
from intake.redaction.statements import inserted_values
from intake.redaction.tokens import KEY_HEAD, TOKEN_RULES, private_keys

_RULES: Final = Rules(
    (
        *CREDENTIAL_RULES,
        *COMMAND_RULES,
        Rule(loose_passwords, LOOSE_STEMS),
        Rule(inserted_values, ("insert",)),
        *TOKEN_RULES,
        *PEOPLE_RULES,
        Rule(chinese_names, (CHINESE,)),
        Rule(other_names, NAME_STEMS),
        Rule(clinical_details, CLINICAL_STEMS),
        Rule(home_addresses, ("地址", "住址", "住所", "所在地", "addr")),
    )
)
_STRENGTH: Final = {kind: number for number, kind in enumerate(KINDS)}
# What stands between two markers may look different without its neighbours; it settles in two rounds nearly always.
_ROUNDS: Final = 6
_LONGEST_PIECE: Final = 2_000
_SHORTEST: Final = 4
"""Characters: nothing that is looked for is shorter, with its label."""


def redact(text: str, keep: frozenset[str] = frozenset()) -> Redacted:
    """The text with a marker for every secret and personal detail; kinds in `keep` stay as they are."""
    return _redact(text, keep, Numbering())


def redact_lines(lines: Iterable[str], keep: frozenset[str] = frozenset()) -> Iterator[Redacted]:
    """The same for a stream, line by line: places count within the line, markers are numbered through."""
    numbering = Numbering()
    in_private_key = False
    for line in lines:
        if in_private_key:
            in_private_key = "-----END " not in line
            body = line.rstrip("\r\n")
            yield _replace(line, [Found("private key", 0, len(body))] if body else [], numbering)
            continue
        in_private_key = _opens_private_key(line)
        yield _redact(line, keep, numbering)


def _redact(text: str, keep: frozenset[str], numbering: Numbering) -> Redacted:
    numbering.skip_taken(text)
    keys = [] if "private key" in keep else list(private_keys(text))
    if not keys:
        return _settle_pieces(text, keep, numbering)
    covered = _replace(text, keys, numbering)
    settled = _settle_pieces(covered.text, keep, numbering)
    found = [Found(one.kind, one.start, one.end) for one in settled.redactions]
    return _replace(text, sorted([*keys, *_back(found, covered.redactions)], key=lambda one: one.start), numbering)


def _settle_pieces(text: str, keep: frozenset[str], numbering: Numbering) -> Redacted:
    """Look through a text piece by piece."""
    page = open_page(text)
    starts = [*_starts(text), len(text)]
    needs = [_RULES.needed_by(page.lower)] if len(starts) == 2 else _RULES.needed_by_each(page.lower, starts)
    parts: list[str] = []
    redactions: list[Redaction] = []
    for number, need in enumerate(needs):
        start, end = starts[number], starts[number + 1]
        settled = _settle(Page(page.text[start:end], page.lower[start:end]), text[start:end], need, keep, numbering)
        parts.append(settled.text)
        redactions += [one.moved(start) for one in settled.redactions]
    return Redacted("".join(parts), tuple(redactions))


def _starts(text: str) -> Iterator[int]:
    """Where pieces begin: at each line, but an indented line stays with the one before: its label may stand there."""
    at, end = 0, len(text)
    while at < end:
        yield at
        cut = text.find("\n", at, end)
        while 0 <= cut < end - 1 and text[cut + 1] in " \t" and cut < at + _LONGEST_PIECE:
            cut = text.find("\n", cut + 1, end)
        at = end if cut < 0 else cut + 1


def _settle(page: Page, text: str, need: int, keep: frozenset[str], numbering: Numbering) -> Redacted:
    """What must go out of a piece: look again until nothing new is found between the markers."""
    found: list[Found] = []
    covered = Redacted(text)
    if len(text) < _SHORTEST or text.isspace():  # a paste may have more empty lines than others
        return covered
    for _ in range(_ROUNDS):
        more = _look(page, need, keep)
        if not more:
            break
        found = sorted([*found, *_back(more, covered.redactions)], key=lambda one: one.start) if found else more
        covered = _replace(text, found, numbering)
        page = open_page(covered.text)
        need = _RULES.needed_after(need, {one.kind for one in more})
    return covered


def _look(page: Page, need: int, keep: frozenset[str]) -> list[Found]:
    """What one round finds, without overlaps and without touching markers."""
    found = [one for find in _RULES.finders(need) for one in find(page) if one[1] < one[2]]
    if keep:
        found = [one for one in found if one.kind not in keep]
    if not found:
        return found
    markers = [match.span() for match in MARKER.finditer(page.text)] if "[" in page.text else []
    merged = _merged(found)
    return _apart(merged, markers) if markers else merged


def _merged(found: list[Found]) -> list[Found]:
    """Overlapping finds as one, named for the stronger kind, so that no half of a secret stays."""
    if len(found) == 1:
        return found
    merged: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if merged and one.start < merged[-1].end:
            last = merged[-1]
            kind = min(last.kind, one.kind, key=_STRENGTH.__getitem__)
            merged[-1] = Found(kind, last.start, max(last.end, one.end))
        else:
            merged.append(one)
    return merged


def _apart(found: list[Found], markers: list[tuple[int, int]]) -> list[Found]:
    """The finds less the places where a marker stands already; what is left on both sides is kept."""
    kept: list[Found] = []
    at = 0
    for one in found:
        while at < len(markers) and markers[at][1] <= one.start:
            at += 1
        start, number = one.start, at
        while number < len(markers) and markers[number][0] < one.end:
            if start < markers[number][0]:
                kept.append(Found(one.kind, start, markers[number][0]))
            start = markers[number][1]
            number += 1
        if start < one.end:
            kept.append(Found(one.kind, start, one.end))
    return kept


def _back(found: list[Found], redactions: tuple[Redaction, ...]) -> Iterator[Found]:
    """The same finds, in places of the text before markers were put into it."""
    shift, number = 0, 0
    for one in found:
        while number < len(redactions):
            redaction = redactions[number]
            if redaction.start + shift + len(redaction.marker) > one.start:
                break
            shift += len(redaction.marker) - (redaction.end - redaction.start)
            number += 1
        yield Found(one.kind, one.start - shift, one.end - shift)


def _replace(text: str, found: list[Found], numbering: Numbering) -> Redacted:
    parts: list[str] = []
    redactions: list[Redaction] = []
    at = 0
    for kind, start, end in found:
        marker = numbering.marker(kind, text[start:end])
        parts += (text[at:start], marker)
        redactions.append(Redaction(kind, start, end, marker))
        at = end
    return Redacted("".join([*parts, text[at:]]), tuple(redactions))


def _opens_private_key(line: str) -> bool:
    heads = list(KEY_HEAD.finditer(line)) if "-----BEGIN " in line else []
    return bool(heads) and "-----END " not in line[heads[-1].end() :]
