"""Reads of reports of a month: those that were made, and who gets them by mail."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation, Person
from portal.board.models import MonthlyReport, MonthlyReportReader
from portal.core.actor import Actor

AT_ONCE = 50


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a report is one of what an agent serves, by the rule of ``figures.seen_by``.

    Whoever serves some products and some organisations alone sees no report: each is about all of one of them.
    """
    within: list[ColumnElement[bool]] = []
    if actor.products is not None:
        within.append(MonthlyReport.product_code.in_(sorted(actor.products)))
    if actor.organisations is not None:
        within.append(MonthlyReport.organisation_id.in_(sorted(actor.organisations)))
    return and_(true(), *within)


def reports(
    session: Session, actor: Actor, *, after: UUID | None = None, limit: int = AT_ONCE + 1
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the reports that were made last, with the organisation that each is about; one more than a page has."""
    rows = select(MonthlyReport, Organisation.name).outerjoin(
        Organisation, Organisation.id == MonthlyReport.organisation_id
    )
    if after is not None:
        last = select(MonthlyReport.made_at).where(MonthlyReport.id == after).scalar_subquery()
        same = and_(MonthlyReport.made_at == last, MonthlyReport.id < after)
        rows = rows.where(or_(MonthlyReport.made_at < last, same))
    newest = (MonthlyReport.made_at.desc(), MonthlyReport.id.desc())
    return session.execute(rows.where(visible_to(actor)).order_by(*newest).limit(limit)).all()


def find_report(session: Session, actor: Actor, report_id: UUID) -> Row[*tuple[Any, ...]] | None:
    """Return one report; None where it isn't there or isn't theirs."""
    rows = select(MonthlyReport, Organisation.name).outerjoin(
        Organisation, Organisation.id == MonthlyReport.organisation_id
    )
    return session.execute(rows.where(MonthlyReport.id == report_id, visible_to(actor))).one_or_none()


def is_about(product: str, organisation_id: UUID | None) -> ColumnElement[bool]:
    """Return the condition that a report is about a product, or about an organisation."""
    return and_(MonthlyReport.product_code == product, MonthlyReport.organisation_id == organisation_id)


def _is_read() -> ColumnElement[bool]:
    """Return the condition that somebody asked for reports about what a report is about."""
    same = MonthlyReportReader.organisation_id == MonthlyReport.organisation_id
    neither = and_(MonthlyReportReader.organisation_id.is_(None), MonthlyReport.organisation_id.is_(None))
    return and_(MonthlyReportReader.product_code == MonthlyReport.product_code, or_(same, neither))


def readers(month: date) -> Select[*tuple[Any, ...]]:
    """Select the reports of a month that somebody asked for, with who did and the language that they read."""
    return (
        select(MonthlyReport, Person.id, Person.locale)
        .join(MonthlyReportReader, _is_read())
        .join(Person, Person.id == MonthlyReportReader.person_id)
        .where(MonthlyReport.month == month, Person.active)
        .order_by(Person.id, MonthlyReport.id)
    )


def read_by(session: Session, actor: Actor, month: date) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the reports of a month that somebody asked for and may see, with the organisation that each is about."""
    return session.execute(
        select(MonthlyReport, Organisation.name)
        .join(MonthlyReportReader, _is_read())
        .outerjoin(Organisation, Organisation.id == MonthlyReport.organisation_id)
        .where(MonthlyReport.month == month, MonthlyReportReader.person_id == actor.person_id, visible_to(actor))
        .order_by(MonthlyReport.organisation_id.is_not(None), MonthlyReport.product_code, Organisation.name)
    ).all()


def is_reader(session: Session, actor: Actor, report: MonthlyReport) -> bool:
    """Whether somebody gets the reports about what a report is about by mail."""
    return session.execute(select(MonthlyReportReader.id).where(*is_theirs(actor, report))).first() is not None


def is_theirs(actor: Actor, report: MonthlyReport) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the row that says that somebody gets them."""
    return (
        MonthlyReportReader.person_id == actor.person_id,
        MonthlyReportReader.product_code == report.product_code,
        MonthlyReportReader.organisation_id == report.organisation_id,
    )
