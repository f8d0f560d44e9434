"""Reads of the phrasebook, and what it has to say about a text."""

from portal.phrasebook.queries.checking import Finding, FindingKind, found_by, replaced
from portal.phrasebook.queries.everyday import EVERYDAY
from portal.phrasebook.queries.phrases import Entry, Phrasebook, check, entries, phrasebook, terms
from portal.phrasebook.queries.proposing import is_settled, put_asides
from portal.phrasebook.queries.reading import language_of
from portal.phrasebook.queries.repeated import (
    ENOUGH_AGENTS,
    ENOUGH_TEXTS,
    HARDLY,
    Repeated,
    Written,
    count_customers,
    repeated,
    without_names,
)
from portal.phrasebook.queries.written import language_written, lines_of

__all__ = [
    "ENOUGH_AGENTS",
    "ENOUGH_TEXTS",
    "EVERYDAY",
    "HARDLY",
    "Entry",
    "Finding",
    "FindingKind",
    "Phrasebook",
    "Repeated",
    "Written",
    "check",
    "count_customers",
    "entries",
    "found_by",
    "is_settled",
    "language_of",
    "language_written",
    "lines_of",
    "phrasebook",
    "put_asides",
    "repeated",
    "replaced",
    "terms",
    "without_names",
]
