"""Reads of surges and of what they were declared to be."""

from portal.incidents.queries.board import (
    Aside,
    Counting,
    Suspect,
    add_asides,
    add_reports,
    add_tickets,
    counting,
    still_suspected,
    surge_to_change,
    suspects,
    undecided,
)
from portal.incidents.queries.naming import Names, names_in
from portal.incidents.queries.reports import Reported, releases, reported_to
from portal.incidents.queries.telling import Begun, Told, told_to
from portal.incidents.queries.visibility import visible_to

__all__ = [
    "Aside",
    "Begun",
    "Counting",
    "Names",
    "Reported",
    "Suspect",
    "Told",
    "add_asides",
    "add_reports",
    "add_tickets",
    "counting",
    "names_in",
    "releases",
    "reported_to",
    "still_suspected",
    "surge_to_change",
    "suspects",
    "told_to",
    "undecided",
    "visible_to",
]
