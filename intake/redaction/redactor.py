"""Look for everything that must not be stored, and put markers in its place."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from intake.redaction.credentials import (
    LABEL_STEMS,
    addresses_with_passwords,
    command_lines,
    headers,
    labelled_tokens,
    passwords,
)
from intake.redaction.labels import NAME_STEMS, home_addresses, names
from intake.redaction.markers import KINDS, MARKER, Found, Numbering, Redacted, Redaction
from intake.redaction.pages import Page, open_page
from intake.redaction.people import bank_cards, emails, id_numbers, phones
from intake.redaction.tokens import KEY_HEAD, private_keys, tokens

# A rule only looks where one of its words stands, in lower case; this is what makes a megabyte quick.
_RULES: Final[tuple[tuple[Callable[[Page], Iterator[Found]], tuple[str, ...]], ...]] = (
    (addresses_with_passwords, ("://", "jdbc:", "sqlplus", "rman", "conn", "exp", "imp", "sqlldr", "userid=")),
    (
        command_lines,
        (
            "mysql",
            "curl",
            "sshpass",
            "redis-cli",
            "pass",
            "token",
            "secret",
            "key",
            "identified",
            "masterauth",
            "/user:",
            "login",
            "upload",
            "securestring",
        ),
    ),
    (passwords, ("pass", "pwd", "masterauth", "密码", "密碼", "口令", "通行码")),
    (headers, ("uthorization", "bearer", "cookie")),
    (tokens, ("",)),
    (labelled_tokens, LABEL_STEMS),
    (id_numbers, ("",)),
    (bank_cards, ("",)),
    (emails, ("@",)),
    (phones, ("",)),
    (names, NAME_STEMS),
    (home_addresses, ("地址", "住址", "住所", "所在地", "address")),
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
    covered = _replace(text, keys, numbering)
    found: list[Found] = []
    for start, end in _pieces(covered.text):
        piece = _settle(covered.text[start:end], keep, numbering)
        found += [Found(one.kind, start + one.start, start + one.end) for one in piece]
    found = sorted([*keys, *_back(found, covered.redactions)], key=lambda one: one.start)
    return _replace(text, found, numbering)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Line by line, but an indented line stays with the one before: its label may stand there."""
    at, end = 0, len(text)
    while at < end:
        cut = text.find("\n", at, end)
        while 0 <= cut < end - 1 and text[cut + 1] in " \t" and cut < at + _LONGEST_PIECE:
            cut = text.find("\n", cut + 1, end)
        cut = end if cut < 0 else cut + 1
        yield at, cut
        at = cut


def _settle(text: str, keep: frozenset[str], numbering: Numbering) -> list[Found]:
    """What must go out of a piece: look again until nothing new is found between the markers."""
    found: list[Found] = []
    covered = Redacted(text)
    if len(text.strip()) < _SHORTEST:  # a paste may have more empty lines than others
        return found
    for _ in range(_ROUNDS):
        more = _look(covered.text, keep)
        if not more:
            break
        found = sorted([*found, *_back(more, covered.redactions)], key=lambda one: one.start)
        covered = _replace(text, found, numbering)
    return found


def _look(text: str, keep: frozenset[str]) -> list[Found]:
    """What one round finds, without overlaps and without touching markers."""
    page = open_page(text)
    rules = [rule for rule, stems in _RULES if any(map(page.lower.__contains__, stems))]
    found = [one for rule in rules for one in rule(page) if one.kind not in keep and one.start < one.end]
    if not found:
        return []
    markers = [match.span() for match in MARKER.finditer(text)] if "[" in text else []
    return _apart(_merged(found), markers)


def _merged(found: list[Found]) -> list[Found]:
    """Overlapping finds as one, named for the stronger kind, so that no half of a secret stays."""
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
    heads = list(KEY_HEAD.finditer(line))
    return bool(heads) and "-----END " not in line[heads[-1].end() :]
