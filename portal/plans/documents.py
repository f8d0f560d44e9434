"""What was learned from an emergency, on paper."""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.i18n import LANGUAGE_TAGS
from portal.plans import queries
from portal.printing import Document, register_document
from portal.ui import pages

DOCUMENT = "emergency"


def init_app(app: Flask) -> None:
    """Let the worker print what was learned."""
    register_document(app, DOCUMENT, sheet)


def paper_key(emergency_id: UUID, locale: str) -> str:
    """Return the key of the sheet of an emergency in a language, which is made once."""
    return f"emergency-paper:{emergency_id}:{locale}"


def sheet(session: Session, emergency_id: str, parameters: Mapping[str, object]) -> Document | None:
    """Return the sheet in a language; None where nobody has looked back."""
    found = queries.summary_for_paper(session, UUID(emergency_id))
    if found is None:
        return None
    locale = str(parameters["locale"])
    return Document(
        html=pages.render("plans/print/sheet.html", locale, emergency=found, now=clock.now()),
        title=f"{found.plan_name} {found.started_at.date()}",
        language=LANGUAGE_TAGS[locale],
        file_name=f"emergency-{found.started_at.date()}-{LANGUAGE_TAGS[locale]}.pdf",
        organisation_id=found.organisation_id,
    )
