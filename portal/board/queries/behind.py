"""The tickets behind a figure, and what the organisations are called that it names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, false, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.accounts.queries import organisations_visible_to
from portal.board.models import BoardMark
from portal.board.queries.figures import SERVED, Scope, organisation_of, product_of
from portal.board.queries.saying import Stretch, said_with_ratings, segmenter_of, titles
from portal.core.actor import Actor
from portal.core.models import TypedText
from portal.tickets.models import Ticket
from portal.tickets.queries import visible_to as tickets_visible_to

AT_ONCE = 50
_MOST_READ = 20_000
"""So many titles are read for one page of the tickets that use a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Which figure: what it counts, in which scope, from one day up to another."""

    measure: str
    scope: Scope
    begin: date
    end: date
    word: str = ""
    """Where it counts the tickets that use a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the tickets behind a figure, and after which one there are more."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    next: UUID | None


def tickets_behind(session: Session, actor: Actor, figure: Behind, *, after: UUID | None = None) -> Found:
    """Return the tickets that a figure counts, the newest first, as many as a page has."""
    marked = (
        select(BoardMark.ticket_id)
        .where(BoardMark.measure == figure.measure, BoardMark.day >= figure.begin, BoardMark.day < figure.end)
        .where(_in(figure.scope, BoardMark))
    )
    which = Ticket.id.in_(marked), tickets_visible_to(actor), Ticket.id < after if after else true()
    rows = _listed(session, *which)
    return Found(rows[:AT_ONCE], rows[AT_ONCE - 1].id if len(rows) > AT_ONCE else None)


def tickets_saying(
    session: Session, actor: Actor, figure: Behind, *, zone: ZoneInfo, after: UUID | None = None
) -> Found:
    """Return the tickets that use a word, taken apart as they were when it was counted."""
    stretch = Stretch.of_days(figure.begin, figure.end, zone)
    which = stretch.is_when(), _in(figure.scope, Ticket), tickets_visible_to(actor)
    beside, segmenter = said_with_ratings(session, *which), segmenter_of(session)
    read = session.execute(titles(*which, Ticket.id < after if after else true()).limit(_MOST_READ)).all()
    said = ((row.id, "\n".join((row.body, *beside.get(row.id, ())))) for row in read)
    ids = list(islice((each for each, text in said if segmenter.says(text, figure.word)), AT_ONCE + 1))
    stopped = read[-1].id if len(read) == _MOST_READ else None
    rows = _listed(session, Ticket.id.in_(ids[:AT_ONCE])) if ids else []
    return Found(rows, ids[AT_ONCE - 1] if len(ids) > AT_ONCE else stopped)


def _listed(session: Session, *which: ColumnElement[bool]) -> Sequence[Row[*tuple[Any, ...]]]:
    rows = (
        select(Ticket.id, Ticket.reference, TypedText.body, Ticket.opened_at, Ticket.state, Organisation.name)
        .join(TypedText, TypedText.id == Ticket.title_id)
        .join(Organisation, Organisation.id == Ticket.organisation_id)
        .where(*which)
    )
    return session.execute(rows.order_by(Ticket.id.desc()).limit(AT_ONCE + 1)).all()


def _in(scope: Scope, table: type[BoardMark | Ticket]) -> ColumnElement[bool]:
    if scope.kind == SERVED:
        return or_(false(), *(_in(each, table) for each in scope.within))
    product, organisation = product_of(scope), organisation_of(scope)
    return {
        "all": true(),
        "team": table.team == scope.key,
        "product": table.product_code == product,
        "module": and_(table.product_code == product, table.module_code == scope.key.partition("/")[2]),
        "organisation": table.organisation_id == organisation if organisation else false(),
        "both": and_(table.product_code == product, table.organisation_id == organisation),
    }[scope.kind]


def organisation_names(session: Session, actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return what organisations that an agent serves are called."""
    rows = organisations_visible_to(actor).with_only_columns(Organisation.id, Organisation.name)
    return {row.id: row.name for row in session.execute(rows.where(Organisation.id.in_(ids)))} if ids else {}


def organisation_named(session: Session, actor: Actor, words: str) -> UUID | None:
    """Return the organisation with this number, or else the only one with this name, if the agent serves it."""
    named = or_(Organisation.code == words, Organisation.name == words)
    rows = organisations_visible_to(actor).with_only_columns(Organisation.id).where(named).limit(2)
    found = [row[0] for row in session.execute(rows)] if words else []
    return found[0] if len(found) == 1 else None
