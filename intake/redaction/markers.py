"""What is left in the place of a secret: a marker with its kind and a number."""

import re
from collections import Counter
from typing import Final, NamedTuple

# A stronger kind stands before a weaker one: where two overlap, the first gives its name to both.
KINDS: Final = (
    "private key",
    "password",
    "token",
    "key",
    "id number",
    "bank card",
    "email",
    "phone",
    "name",
    "address",
)
SECRET_KINDS: Final = frozenset({"private key", "password", "token", "key", "id number", "bank card"})
MARKER: Final = re.compile(rf"\[({'|'.join(KINDS)}) ([1-9][0-9]{{0,5}})\]")


class Found(NamedTuple):
    """A stretch of text that must not be stored, and what it is."""

    kind: str
    start: int
    end: int


class Redaction(NamedTuple):
    """One removal: its kind, its place in the text as it was pasted, and the marker that stands there now."""

    kind: str
    start: int
    end: int
    marker: str

    def moved(self, by: int) -> "Redaction":
        """The same removal in a text that begins so many characters earlier."""
        return Redaction(self.kind, self.start + by, self.end + by, self.marker) if by else self


class Redacted(NamedTuple):
    """A text that may be stored, and what was taken out of it."""

    text: str
    redactions: tuple[Redaction, ...] = ()

    @property
    def counts(self) -> list[dict[str, str | int]]:
        """How many places of each kind were masked, as a snapshot keeps it."""
        counted = Counter(redaction.kind for redaction in self.redactions)
        return [{"kind": kind, "count": counted[kind]} for kind in KINDS if counted[kind]]


class Numbering:
    """Gives the same secret the same number, however often it stands in a text."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._highest: Counter[str] = Counter()

    def skip_taken(self, text: str) -> None:
        """Leave out the numbers of markers that the text already has."""
        for match in MARKER.finditer(text):
            self._highest[match[1]] = max(self._highest[match[1]], int(match[2]))

    def marker(self, kind: str, secret: str) -> str:
        """The marker for this secret; a new number where it hasn't been seen."""
        if (kind, secret) not in self._numbers:
            self._highest[kind] += 1
            self._numbers[kind, secret] = self._highest[kind]
        return f"[{kind} {self._numbers[kind, secret]}]"
