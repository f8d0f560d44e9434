"""The printed sheet of a ticket: what its customer sees, on A4, to be filed or handed on."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from uuid import UUID

import segno
from babel.dates import format_date
from flask import Flask
from sqlalchemy.orm import Session

from portal.core import clock, i18n
from portal.core.i18n import LANGUAGE_TAGS
from portal.printing import Document, register_document
from portal.settings import ROOT
from portal.tickets.documents.describing import Said, described
from portal.tickets.models import EventKind
from portal.tickets.queries.printing import A_LINE, MOST_LINES_A_TEXT, PrintedTicket, lines_of, printed_ticket
from portal.tickets.queries.timeline import Entry
from portal.tickets.services import Resolution
from portal.ui import languages, pages

DOCUMENT_KIND = "ticket"
MOST_LINES = 300
"""Of all answers on paper together: a pasted log goes on for ever, and the page has the whole of it."""
_DAY = {"en": "d MMMM y", "zh_Hans": "y 年 M 月 d 日", "zh_Hant": "y 年 M 月 d 日"}
_DAY_OF_WEEK = {"en": "EEEE d MMMM y", "zh_Hans": "y 年 M 月 d 日，EEE", "zh_Hant": "y 年 M 月 d 日，EEE"}
_TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "tickets"


def sheet(session: Session, ticket_id: str, parameters: Mapping[str, object]) -> Document | None:
    """Return the sheet of a ticket in a language; None where the ticket is gone."""
    printed = printed_ticket(session, UUID(ticket_id))
    if printed is None:
        return None
    locale, head = str(parameters["locale"]), printed.ticket
    return Document(
        html=_html(session, printed, locale),
        title=" ".join(f"{head.reference} {head.title}".split()),
        language=LANGUAGE_TAGS[locale],
        file_name=f"{head.reference}-{LANGUAGE_TAGS[locale]}.pdf",
        organisation_id=head.organisation_id,
    )


def _html(session: Session, printed: PrintedTicket, locale: str) -> str:
    url = f"{languages.settings().public_url.rstrip('/')}/tickets/{printed.ticket.reference}"
    resolution = printed.resolution
    return pages.render(
        "tickets/print/sheet.html",
        locale,
        printed=printed,
        ticket=printed.ticket,
        status=printed.status,
        said=_in_short(described(session, printed.document, locale)),
        resolution=Resolution.from_text(resolution.body) if resolution and resolution.body else None,
        days=_by_day(printed.entries),
        apologies={each.id for each in printed.entries if each.kind is EventKind.PROMISE_MISSED},
        made_at=clock.now(),
        on=partial(_on, locale=locale, pattern=_DAY),
        on_day_of_week=partial(_on, locale=locale, pattern=_DAY_OF_WEEK),
        shortened=_shortened,
        url=url,
        qr=segno.make(url, error="m").svg_data_uri(border=0, dark="#16202a"),
    )


def _in_short(said: Sequence[Said]) -> list[Said]:
    """Return questions and answers as far as there is room for them."""
    room, shown = MOST_LINES, []
    for each in said:
        answers = [
            replace(answer, text=_shortened(answer.text, min(room, MOST_LINES_A_TEXT))) for answer in each.answers
        ]
        room = max(room - sum(lines_of(answer.text) for answer in answers), 1)
        shown.append(replace(each, answers=answers))
    return shown


def _by_day(entries: Sequence[Entry]) -> list[tuple[datetime, list[Entry]]]:
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.at.astimezone(languages.current_zone()).date(), []).append(entry)
    return [(each[0].at, each) for each in days.values()]


def _on(moment: datetime | date, *, locale: str, pattern: Mapping[str, str]) -> str:
    """Return a day with its year: paper is read long after it was printed."""
    day = moment.astimezone(languages.current_zone()).date() if isinstance(moment, datetime) else moment
    return format_date(day, pattern[locale], locale=locale)


def _shortened(text: str, most: int = MOST_LINES_A_TEXT) -> str:
    """Return as much of a text as there is room for."""
    kept: list[str] = []
    for line in text.splitlines():
        if lines_of(line) > most:
            return "\n".join([*kept, f"{line[: most * A_LINE]} …"])
        most -= lines_of(line)
        kept.append(line)
    return text


def edition(locale: str) -> str:
    """Return a mark of how sheets look and read in a language; whatever changes them changes it."""
    return _mark_of(tuple(_sources(locale)))


def _sources(locale: str) -> Iterator[Path]:
    yield from sorted((_TEMPLATES / "print").iterdir())
    yield from (_TEMPLATES / "_words.html", _TEMPLATES / "_happened.html")
    yield from (ROOT / "static" / "css" / "print" / name for name in ("paper.css", "ticket.css"))
    if locale != i18n.SOURCE_LOCALE:
        yield i18n.folder() / locale / "LC_MESSAGES" / "messages.mo"


@lru_cache(maxsize=16)
def _mark_of(sources: tuple[Path, ...]) -> str:
    whole = hashlib.sha256()
    for source in sources:
        whole.update(source.read_bytes())
    return whole.hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Let the worker print tickets."""
    register_document(app, DOCUMENT_KIND, sheet)
