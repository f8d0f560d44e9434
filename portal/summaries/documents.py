"""The printed sheet of a summary."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.core.i18n import LANGUAGE_TAGS
from portal.printing import Document, register_document
from portal.summaries.models import ServiceSummary
from portal.ui import pages

DOCUMENT = "summary"


def init_app(app: Flask) -> None:
    """Let the worker print summaries."""
    register_document(app, DOCUMENT, sheet)


def sheet(session: Session, summary_id: str, parameters: Mapping[str, object]) -> Document | None:
    """Return the sheet of a summary in a language; None where it is gone."""
    summary = session.get(ServiceSummary, UUID(summary_id))
    if summary is None:
        return None
    locale = str(parameters["locale"])
    organisation = session.get_one(Organisation, summary.organisation_id)
    html = pages.render(
        "summaries/print/sheet.html",
        locale,
        summary=summary,
        organisation=organisation.name,
        last_on=summary.ends_on - timedelta(days=1),
    )
    return Document(
        html=html,
        title=f"{organisation.name} {summary.begins_on}",
        language=LANGUAGE_TAGS[locale],
        file_name=f"service-{summary.begins_on}-{LANGUAGE_TAGS[locale]}.pdf",
        organisation_id=summary.organisation_id,
    )
