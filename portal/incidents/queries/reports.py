"""Tickets as the surge rule looks at them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.catalogue.models import Release as CatalogueRelease
from portal.core.actor import Actor
from portal.incidents.surge import Key, Release, Report
from portal.notices.models import Notice
from portal.tickets.models import Priority, TicketState
from portal.tickets.queries import visible_to
from portal.tickets.queries.tables import ticket

_FAULT = func.coalesce(func.nullif(ticket.c.fault_type, ""), ticket.c.questionnaire, "")
"""A questionnaire without fault types counts by its own id."""
_COLUMNS = (
    ticket.c.id,
    ticket.c.reference,
    ticket.c.opened_at,
    ticket.c.organisation_id,
    ticket.c.product_code,
    ticket.c.module_code,
    _FAULT.label("fault"),
    ticket.c.fingerprint,
    ticket.c.is_emergency,
    ticket.c.severity,
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A ticket, and how the rule counts it."""

    ticket_id: UUID
    reference: str
    organisation_id: UUID
    organisation_name: str
    report: Report


def reported(session: Session, *, after: datetime, until: datetime) -> list[Reported]:
    """Return what verified people reported within a time, the first first."""
    rows = session.execute(
        select(*_COLUMNS)
        .where(ticket.c.opened_at > after, ticket.c.opened_at <= until, ticket.c.organisation_id.is_not(None))
        .order_by(ticket.c.opened_at, ticket.c.id)
    )
    return [_reported(row, "") for row in rows]


def reported_to(session: Session, actor: Actor, *, after: datetime, limit: int = 2000) -> list[Reported]:
    """Return what was reported since a time, as far as an agent sees it, with the organisations' names."""
    rows = session.execute(
        select(*_COLUMNS, Organisation.name)
        .join(Organisation, Organisation.id == ticket.c.organisation_id)
        .where(ticket.c.opened_at > after, visible_to(actor))
        .order_by(ticket.c.opened_at, ticket.c.id)
        .limit(limit)
    )
    return [_reported(row, row.name) for row in rows]


def reported_about(
    session: Session, actor: Actor, codes: Collection[str], *, limit: int = 2000
) -> list[tuple[str, bool, Reported]]:
    """Return every ticket that is joined to some notices: to which, and whether it is still to be solved."""
    is_open = ticket.c.closed_at.is_(None) & (ticket.c.state != TicketState.RESOLVED)
    rows = session.execute(
        select(*_COLUMNS, Organisation.name, Notice.code, is_open.label("is_open"))
        .join(Organisation, Organisation.id == ticket.c.organisation_id)
        .join(Notice, Notice.id == ticket.c.notice_id)
        .where(Notice.code.in_(codes), visible_to(actor))
        .order_by(ticket.c.opened_at, ticket.c.id)
        .limit(limit)
    )
    return [(row.code, bool(row.is_open), _reported(row, row.name)) for row in rows]


def alike(session: Session, keys: Iterable[Key], *, after: datetime) -> Sequence[tuple[UUID, Key]]:
    """Return the open tickets since a time that are alike by one of some keys, each with its own fine key.

    A ticket that somebody has joined to another notice stays there.
    """
    wanted = list(keys)
    if not wanted:
        return []
    rows = session.execute(
        select(*_COLUMNS)
        .where(
            ticket.c.opened_at > after,
            ticket.c.closed_at.is_(None),
            ticket.c.notice_id.is_(None),
            ticket.c.organisation_id.is_not(None),
            or_(*(_is_alike(key) for key in wanted)),
        )
        .order_by(ticket.c.id)
    )
    return [(row.id, _key(row)) for row in rows]


def releases(session: Session, *, after: datetime, until: datetime) -> list[Release]:
    """Return what was published within a time, the latest first."""
    rows = session.execute(
        select(CatalogueRelease.published_at, CatalogueRelease.product_code, CatalogueRelease.version)
        .where(CatalogueRelease.published_at > after, CatalogueRelease.published_at <= until)
        .order_by(CatalogueRelease.published_at.desc(), CatalogueRelease.product_code, CatalogueRelease.version)
    )
    return [Release(row.published_at, row.product_code, row.version) for row in rows]


def _is_alike(key: Key) -> ColumnElement[bool]:
    finer = ticket.c.fingerprint == key.fingerprint if key.fingerprint else true()
    by_place = (ticket.c.product_code == key.product) & (ticket.c.module_code == key.module)
    return by_place & (key.fault == _FAULT) & finer


def _reported(row: Row[*tuple[object, ...]], name: str) -> Reported:
    has_stopped = row.is_emergency or row.severity == Priority.P1
    report = Report(row.opened_at, str(row.organisation_id), _key(row), has_stopped)
    return Reported(row.id, row.reference, row.organisation_id, name, report)


def _key(row: Row[*tuple[object, ...]]) -> Key:
    return Key(row.product_code, row.module_code, row.fault, row.fingerprint)
