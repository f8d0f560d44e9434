"""Reads of the phrasebook, and what it has to say about a text."""

from portal.phrasebook.queries.checking import Finding, FindingKind, found_by, replaced
from portal.phrasebook.queries.phrases import Entry, Phrasebook, check, entries, phrasebook, terms

__all__ = [
    "Entry",
    "Finding",
    "FindingKind",
    "Phrasebook",
    "check",
    "entries",
    "found_by",
    "phrasebook",
    "replaced",
    "terms",
]
