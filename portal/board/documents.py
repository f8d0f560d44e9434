"""The printed sheet of a month's report."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.board.models import MonthlyReport
from portal.board.queries.values import sums_of, value_of
from portal.board.services.reporting import DOCUMENT, month_after
from portal.catalogue.queries import product_names
from portal.core.i18n import LANGUAGE_TAGS
from portal.printing import Document, register_document
from portal.ui import languages, moments, pages

_NOT_IN_FILE_NAMES = re.compile(r"[^A-Za-z0-9]+")


def init_app(app: Flask) -> None:
    """Let the worker print reports."""
    register_document(app, DOCUMENT, sheet)


def sheet(session: Session, report_id: str, parameters: Mapping[str, object]) -> Document | None:
    """Return the sheet of a report in a language; None where it is gone."""
    report = session.get(MonthlyReport, UUID(report_id))
    if report is None:
        return None
    locale, name = str(parameters["locale"]), name_of(session, report, str(parameters["locale"]))
    return Document(
        html=pages.render("board/print/report.html", locale, report=report, name=name, links={}, **figures_of(report)),
        title=f"{name} {moments.month(report.month, locale)}",
        language=LANGUAGE_TAGS[locale],
        file_name=f"{file_name(report, subject_of(session, report))}-{LANGUAGE_TAGS[locale]}.pdf",
        organisation_id=report.organisation_id,
    )


def figures_of(report: MonthlyReport) -> dict[str, object]:
    """Return what the page and the sheet show of a report's figures."""
    months = {when: sums_of(report, when) for when in ("now", "before")}
    return {"months": months, "value": value_of, "is_early": is_early(report)}


def is_early(report: MonthlyReport) -> bool:
    """Whether the month was not over when its report was made."""
    return _made_on(report) < month_after(report.month)


def last_day(report: MonthlyReport) -> date:
    """Return the last day that a report tells of."""
    return min(month_after(report.month) - timedelta(days=1), _made_on(report))


def _made_on(report: MonthlyReport) -> date:
    return report.made_at.astimezone(languages.portal_zone()).date()


def subject_of(session: Session, report: MonthlyReport) -> str:
    """Return the code of what a report is about: of a product, or an organisation's customer number if it has one."""
    if report.organisation_id is None:
        return report.product_code
    return session.get_one(Organisation, report.organisation_id).code or ""


def file_name(report: MonthlyReport, subject: str) -> str:
    """Return what a report's files are called: by month and subject, in letters that every system takes."""
    plain = _NOT_IN_FILE_NAMES.sub("-", subject).strip("-")
    return f"report-{report.month:%Y-%m}-{plain or (report.organisation_id or report.id).hex[:8]}"


def name_of(session: Session, report: MonthlyReport, locale: str) -> str:
    """Return what a report is about."""
    if report.organisation_id is not None:
        return session.get_one(Organisation, report.organisation_id).name
    return product_names(session, locale).get(report.product_code, report.product_code)
