"""The printed sheet of a month's report."""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.board.models import MonthlyReport
from portal.board.queries.values import sums_of, value_of
from portal.board.services.reporting import DOCUMENT
from portal.catalogue.queries import product_names
from portal.core.i18n import LANGUAGE_TAGS
from portal.printing import Document, register_document
from portal.ui import moments, pages


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
        file_name=f"report-{report.month:%Y-%m}-{LANGUAGE_TAGS[locale]}.pdf",
        organisation_id=report.organisation_id,
    )


def figures_of(report: MonthlyReport) -> dict[str, object]:
    """Return what the page and the sheet show of a report's figures."""
    return {"months": {when: sums_of(report, when) for when in ("now", "before")}, "value": value_of}


def name_of(session: Session, report: MonthlyReport, locale: str) -> str:
    """Return what a report is about."""
    if report.organisation_id is not None:
        return session.get_one(Organisation, report.organisation_id).name
    return product_names(session, locale).get(report.product_code, report.product_code)
