"""Everything that the printed sheet of a ticket says: what its customer sees, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.tickets.models import EventKind, Outcome
from portal.tickets.queries.heads import Head, head_of
from portal.tickets.queries.page import WITH_SNAPSHOT, shares_of, snapshot_of
from portal.tickets.queries.status import Status, status_of
from portal.tickets.queries.tables import ticket
from portal.tickets.queries.timeline import Entry, Promised, customers_events, promises_of

MOST_EVENTS = 150
MOST_LINES = 600
"""What a sheet says of a long story, so that it is made within the limits; it has some twenty pages then."""
MOST_LINES_A_TEXT = 200
A_LINE = 45
"""Chinese characters across a sheet."""


@dataclass(frozen=True, slots=True)
class PrintedTicket:
    """A ticket as it goes on paper."""

    ticket: Head
    status: Status
    document: Mapping[str, Any]
    entries: Sequence[Entry]
    """The oldest first."""
    left_out: int
    """How many earlier ones there is no room for."""
    promises: Sequence[Promised]
    names: Mapping[str, str]
    """The colleagues who were ever let in, by contact as the events name them."""

    @property
    def kept(self) -> int:
        """How many promises were kept."""
        return sum(each.outcome == Outcome.KEPT for each in self.promises)

    @property
    def missed(self) -> int:
        """How many promises were missed."""
        return sum(each.outcome == Outcome.MISSED for each in self.promises)

    @property
    def resolution(self) -> Entry | None:
        """The latest resolution, once there is one."""
        return next((each for each in reversed(self.entries) if each.kind is EventKind.RESOLVED), None)


def printed_ticket(session: Session, ticket_id: UUID) -> PrintedTicket | None:
    """Return a ticket for printing, as its customer sees it; whoever asked for the sheet was let in before."""
    row = session.execute(WITH_SNAPSHOT.where(ticket.c.id == ticket_id)).first()
    if row is None:
        return None
    head, promises, shown = head_of(row), promises_of(session, ticket_id), snapshot_of(row)
    events = customers_events(session, ticket_id, promises, most=MOST_EVENTS)
    entries = _with_room(events.entries)
    return PrintedTicket(
        ticket=head,
        status=status_of(head),
        document=shown.document if shown else {},
        entries=entries,
        left_out=events.total - len(entries),
        promises=promises,
        names={str(each.contact_id): each.name for each in shares_of(session, ticket_id)},
    )


def lines_of(text: str) -> int:
    """Return about how many lines a text takes on paper."""
    return sum(1 + len(line) // A_LINE for line in text.splitlines())


def _with_room(entries: Sequence[Entry]) -> list[Entry]:
    """Return the latest entries as far as there is room for their words, the oldest first."""
    kept: list[Entry] = []
    room = MOST_LINES
    for entry in entries:
        room -= min(lines_of(entry.body), MOST_LINES_A_TEXT)
        if room < 0 and kept:
            break
        kept.append(entry)
    return kept[::-1]
