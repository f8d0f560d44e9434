"""Reads of the phrasebook, and what it has to say about a text."""

from portal.phrasebook.queries.checking import Finding, FindingKind, found_by, replaced
from portal.phrasebook.queries.phrases import Entry, Phrasebook, check, entries, phrasebook, terms
from portal.phrasebook.queries.reading import language_of
from portal.phrasebook.queries.written import language_written

__all__ = [
    "Entry",
    "Finding",
    "FindingKind",
    "Phrasebook",
    "check",
    "entries",
    "found_by",
    "language_of",
    "language_written",
    "phrasebook",
    "replaced",
    "terms",
]
