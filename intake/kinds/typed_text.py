"""The one place where typed text meets redaction: everything is masked before it becomes an answer."""

from collections import Counter
from collections.abc import Collection, Sequence

from intake.plain import Json
from intake.redaction import redact
from intake.redaction.markers import KINDS, MARKER, SECRET_KINDS

MAY_BE_KEPT = frozenset(KINDS) - SECRET_KINDS
"""The kinds that are no secrets: a person may say that a number was not a telephone number after all."""


def masked(text: str, keep: Collection[str] = ()) -> str:
    """Return a text in which secrets and personal details have become markers.

    Kinds in `keep` stay as they are where they are no secrets; secrets are always masked.
    """
    return redact(text, MAY_BE_KEPT.intersection(keep)).text


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
