"""Where the organisation of a ticket runs the product that it is about, read together with the ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from portal.accounts.models import Installation
from portal.tickets.queries.tables import ticket

_PARTS, _PLACES = "\x1f", "\x1e"
"""Between what is said of a place, and between places: nobody can type them."""


@dataclass(frozen=True, slots=True, order=True)
class Running:
    """A place where a product runs."""

    site: str
    version: str
    """Empty where it isn't known."""


_RUNNING = (
    select(func.aggregate_strings(Installation.site.concat(_PARTS).concat(Installation.version), _PLACES))
    .where(
        Installation.organisation_id == ticket.c.organisation_id,
        Installation.product_code == ticket.c.product_code,
    )
    .correlate(ticket)
    .scalar_subquery()
)


def with_running(tickets: Select[Any]) -> Select[Any]:
    """Return tickets with where their product runs."""
    return tickets.add_columns(_RUNNING.label("running"))


def running_of(row: Row[Any]) -> Sequence[Running]:
    """Return where it runs, of a row of such a read; nothing of one that was read without."""
    said = row._mapping.get("running")  # noqa: SLF001 (SQLAlchemy's public name for it)
    return sorted(Running(*each.split(_PARTS)) for each in said.split(_PLACES)) if said else ()
