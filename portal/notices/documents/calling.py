"""The printed call sheet of a notice: who has not answered, whom to call there, and room to write on."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.queries import agent_actor
from portal.core import clock
from portal.core.i18n import LANGUAGE_TAGS, catalogue
from portal.notices.queries import reader_notices
from portal.notices.queries.calling import call_sheet, lines_with_people
from portal.printing import Document
from portal.ui import languages, pages
from portal.ui.pages import N_

DOCUMENT_KIND = "call-sheet"
_TITLE = N_("Call sheet of %(code)s")


def calls(session: Session, code: str, parameters: Mapping[str, object]) -> Document | None:
    """Return the call sheet as the agent who asked for it may see it; None where it is theirs no more."""
    agent = agent_actor(session, UUID(str(parameters["person"])))
    sheet = call_sheet(session, agent, code) if agent else None
    if sheet is None:
        return None
    locale = str(parameters["locale"])
    notice = reader_notices(session, [sheet.notice_id], locale)[0]
    heading = catalogue(locale).gettext(_TITLE) % {"code": sheet.code}
    html = pages.render(
        "notices/print/calls.html",
        locale,
        sheet=sheet,
        heading=heading,
        notice=notice,
        lines=list(lines_with_people(session, [*sheet.helping, *sheet.unanswered])),
        made_at=f"{clock.now().astimezone(languages.current_zone()):%Y-%m-%d %H:%M}",
    )
    file_name = f"calls-{sheet.code}-{LANGUAGE_TAGS[locale]}.pdf"
    return Document(html=html, title=heading, language=LANGUAGE_TAGS[locale], file_name=file_name)
