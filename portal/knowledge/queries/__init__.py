"""Reads of articles: lists, search by question or answer, and what helps with a fault."""

from portal.knowledge.queries.matching import Helping, coded, helping, matching
from portal.knowledge.queries.reading import (
    AT_ONCE,
    Found,
    Shown,
    find_article,
    in_state,
    published,
    search,
    shown,
    titles_of,
    visible_to,
)

__all__ = [
    "AT_ONCE",
    "Found",
    "Helping",
    "Shown",
    "coded",
    "find_article",
    "helping",
    "in_state",
    "matching",
    "published",
    "search",
    "shown",
    "titles_of",
    "visible_to",
]
