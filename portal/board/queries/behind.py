"""The tickets behind a figure, and what the organisations are called that it names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, false, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.accounts.queries import organisations_visible_to
from portal.board.models import BoardMark
from portal.board.queries.figures import Scope, organisation_of, product_of
from portal.core.actor import Actor
from portal.core.models import TypedText
from portal.tickets.models import Ticket
from portal.tickets.queries import visible_to as tickets_visible_to

AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Which figure: what it counts, in which scope, from one day up to another."""

    measure: str
    scope: Scope
    begin: date
    end: date


def tickets_behind(
    session: Session, actor: Actor, figure: Behind, *, after: UUID | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the tickets that a figure counts, one more than a page has where there are more."""
    marked = (
        select(BoardMark.ticket_id)
        .where(BoardMark.measure == figure.measure, BoardMark.day >= figure.begin, BoardMark.day < figure.end)
        .where(_in(figure.scope))
    )
    rows = (
        select(Ticket.id, Ticket.reference, TypedText.body, Ticket.opened_at, Ticket.state, Organisation.name)
        .join(TypedText, TypedText.id == Ticket.title_id)
        .join(Organisation, Organisation.id == Ticket.organisation_id)
        .where(Ticket.id.in_(marked), tickets_visible_to(actor))
    )
    if after is not None:
        rows = rows.where(Ticket.id < after)
    return session.execute(rows.order_by(Ticket.id.desc()).limit(AT_ONCE + 1)).all()


def _in(scope: Scope) -> ColumnElement[bool]:
    product, organisation = product_of(scope), organisation_of(scope)
    return {
        "all": true(),
        "team": BoardMark.team == scope.key,
        "product": BoardMark.product_code == product,
        "module": and_(BoardMark.product_code == product, BoardMark.module_code == scope.key.partition("/")[2]),
        "organisation": BoardMark.organisation_id == organisation if organisation else false(),
        "both": and_(BoardMark.product_code == product, BoardMark.organisation_id == organisation),
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
