"""The one place where typed text meets redaction: everything is masked before it becomes an answer."""

from collections import Counter
from collections.abc import Sequence

from intake.plain import Json
from intake.redaction import redact
from intake.redaction.markers import MARKER


def masked(text: str) -> str:
    """Return a text in which secrets and personal details have become markers."""
    return redact(text).text


def has_markers(text: str) -> bool:
    """Say whether something in a text has been masked."""
    return MARKER.search(text) is not None


def without_markers(text: str) -> str:
    """Return a masked text without its markers, to measure what the person typed."""
    return MARKER.sub("", text)


def counted_redactions(kinds: Sequence[str]) -> list[Json]:
    """Return how often each kind of secret was masked, by kind."""
    return [{"kind": kind, "count": count} for kind, count in sorted(Counter(kinds).items())]


def marked_kinds(text: str) -> list[str]:
    """Return the kind of every distinct marker in a masked text."""
    return [kind for kind, _ in sorted({(found[1], found[2]) for found in MARKER.finditer(text)})]
