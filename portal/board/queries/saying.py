"""What customers wrote, and the names that may stand in it; read to count words and to show who used one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.catalogue import queries as catalogue
from portal.core.i18n import LOCALES
from portal.core.models import TypedText
from portal.core.segmentation import Segmenter
from portal.core.terms import folded
from portal.phrasebook import queries as phrasebook
from portal.ratings.models import Rating
from portal.tickets.models import Ticket

_MOST_TICKETS = 200_000
"""So many texts are read at once, the newest first."""
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_LATIN_NAME = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one moment up to another."""

    begin: datetime
    end: datetime

    @classmethod
    def of_days(cls, first: date, after: date, zone: ZoneInfo) -> Self:
        """Return the stretch from the first moment of a day up to that of another."""
        begin, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after))
        return cls(begin, end)

    def is_when(self) -> ColumnElement[bool]:
        """Return the condition that a ticket was opened in it, for somebody who is known."""
        within = and_(Ticket.opened_at >= self.begin, Ticket.opened_at < self.end)
        return and_(within, Ticket.organisation_id.is_not(None))


def segmenter_of(session: Session) -> Segmenter:
    """Return what takes customers' texts apart; it knows the names of products and modules, and engineers' terms."""
    named = [
        name for each in catalogue.entries(session) for name in (*each.names.values(), *each.module_names.values())
    ]
    terms = [each.term for locale in LOCALES for each in phrasebook.entries(session, locale)]
    return Segmenter([*named, *terms])


Text = tuple[Mapping[str, Any], str]
"""What a ticket is about, and what its customer wrote: its title, and with its ratings."""


def texts_in(session: Session, stretch: Stretch) -> Iterator[Text]:
    """Yield the texts of every ticket that was opened in a stretch."""
    said = said_with_ratings(session, stretch.is_when())
    about = (Ticket.organisation_id, Ticket.product_code, Ticket.module_code, Ticket.team)
    rows = titles(stretch.is_when()).add_columns(*about).limit(_MOST_TICKETS)
    for row in session.execute(rows).mappings().all():
        yield dict(row), "\n".join((row["body"], *said.get(row["id"], ())))


def titles(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select the titles of some tickets, the newest first."""
    return (
        select(Ticket.id, Ticket.opened_at, TypedText.body)
        .join(TypedText, TypedText.id == Ticket.title_id)
        .where(*which)
        .order_by(Ticket.id.desc())
    )


def said_with_ratings(session: Session, *which: ColumnElement[bool]) -> dict[UUID, list[str]]:
    """Return what customers wrote beside their stars about some tickets."""
    found: dict[UUID, list[str]] = {}
    rows = (
        select(Rating.ticket_id, TypedText.body)
        .join(TypedText, TypedText.id == Rating.text_id)
        .join(Ticket, Ticket.id == Rating.ticket_id)
        .where(*which)
    )
    for ticket_id, body in session.execute(rows.limit(_MOST_TICKETS)):
        found.setdefault(ticket_id, []).append(body)
    return found


def names_in(session: Session, stretch: Stretch) -> frozenset[str]:
    """Return the names of our own people, and of everybody at the organisations with tickets in a stretch, as words."""
    organisations = select(Ticket.organisation_id).where(stretch.is_when())
    rows = (
        select(Person.name)
        .outerjoin(Contact, Contact.person_id == Person.id)
        .outerjoin(Agent, Agent.person_id == Person.id)
        .where(or_(Agent.id.is_not(None), Contact.organisation_id.in_(organisations)))
    )
    return frozenset(word for name in session.scalars(rows) for word in _words_of(folded(name)))


def _words_of(name: str) -> Iterator[str]:
    """Yield a name and its given name; what is longer than names are, or a single Latin word, says what somebody is."""
    plain = name.replace(" ", "")
    if _HAN_NAME.fullmatch(plain):
        yield from (plain[begin:] for begin in range(len(plain) - 1))
    elif len(words := _LATIN_NAME.findall(name)) > 1:
        yield from words
