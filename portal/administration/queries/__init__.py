"""Reads of how the portal is set up."""

from portal.administration.queries.lists import AT_ONCE, Line, Page, lines_of
from portal.administration.queries.log import AuditLine, audit_lines
from portal.administration.queries.received import import_of, recent_imports, refused_rows
from portal.administration.queries.records import mark_of, named_organisation, values_of

__all__ = [
    "AT_ONCE",
    "AuditLine",
    "Line",
    "Page",
    "audit_lines",
    "import_of",
    "lines_of",
    "mark_of",
    "named_organisation",
    "recent_imports",
    "refused_rows",
    "values_of",
]
