"""Reads for the desk that bring organisations, people and tickets together."""

from portal.desk.queries.alike import Alike, alike_to, version_of
from portal.desk.queries.calling import (
    Caller,
    caller_of,
    contact_to_link,
    contacts_like,
    language_of_reader,
)
from portal.desk.queries.known import Before, articles_for, before, problem_of, reported_elsewhere
from portal.desk.queries.letters import Letter, letters, may_see_letter, references_of
from portal.desk.queries.offering import offered_times
from portal.desk.queries.organisations import AT_ONCE, contact_of, organisation, organisations, people_of, tickets_of
from portal.desk.queries.portrait import Portrait, portrait_of
from portal.desk.queries.queue import COUNTED_UP_TO, Head, Kept, look_at_queue

__all__ = [
    "AT_ONCE",
    "COUNTED_UP_TO",
    "Alike",
    "Before",
    "Caller",
    "Head",
    "Kept",
    "Letter",
    "Portrait",
    "alike_to",
    "articles_for",
    "before",
    "caller_of",
    "contact_of",
    "contact_to_link",
    "contacts_like",
    "language_of_reader",
    "letters",
    "look_at_queue",
    "may_see_letter",
    "offered_times",
    "organisation",
    "organisations",
    "people_of",
    "portrait_of",
    "problem_of",
    "references_of",
    "reported_elsewhere",
    "tickets_of",
    "version_of",
]
