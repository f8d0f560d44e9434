"""Showing one ticket: its page, what changes on it, the page after it was received, its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.files import delivery
from portal.files.queries import stored_file
from portal.tickets import documents, queries
from portal.tickets.forms import ReplyForm, WordsForm
from portal.tickets.queries import Entry, TicketPage
from portal.tickets.services import Resolution
from portal.tickets.views.finding import blueprint, find_page
from portal.tickets.views.quoting import Part, choices_of, parts_of
from portal.tickets.views.stepping import steps_asked_about
from portal.ui import access, htmx, keeping, languages, pages
from portal.ui.access import current_actor

_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent and could not be done: the forms as they were filled in, and what to do."""

    reply: ReplyForm | None = None
    words: WordsForm | None = None
    problems: Sequence[tuple[str, str]] = ()
    """The field, and what to do about it."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """The first problem of each field."""


@blueprint.get("/tickets/<reference>")
@keeping.while_unchanged
@access.customer
def show(reference: str) -> ResponseReturnValue:
    """Show a ticket; to a page that asks what is new, only that, or nothing."""
    seen = request.args.get("since", type=int)
    if htmx.is_asking() and seen is not None:
        return _show_news(reference, seen)
    return show_page(find_page(reference, before=_before()))


@blueprint.get("/tickets/<reference>/received")
@access.customer
def show_received(reference: str) -> ResponseReturnValue:
    """Show that a ticket is received, its number, and what happens next."""
    found = find_page(reference)
    return pages.page("tickets/received.html", found=found, now=clock.now())


@blueprint.get("/tickets/<reference>/files/<uuid:file_id>")
@access.customer
def show_file(reference: str, file_id: UUID) -> ResponseReturnValue:
    """Send a file of a ticket to whoever sees the ticket."""
    session = web.reading()
    on_ticket = queries.file_on_ticket(session, reference, file_id, current_actor())
    file = stored_file(session, on_ticket) if on_ticket else None
    if file is None:
        abort(404)
    return delivery.send(file)


def show_page(found: TicketPage, refused: Refused | None = None) -> str:
    """Return a ticket's page, with what was refused still in its forms."""
    refused = refused or Refused()
    resolution, parts = found.resolution, _parts(found)
    return pages.page(
        "tickets/show.html",
        reply=refused.reply or _blank_reply(found, parts["quoted"]),
        words=refused.words or WordsForm(formdata=None),
        problems=refused.problems,
        errors=refused.errors,
        resolution=Resolution.from_text(resolution.body) if resolution and resolution.body else None,
        linked=queries.linked_ticket(web.reading(), found.ticket.parent_id, current_actor()),
        is_earlier_part=_before() is not None,
        asks_for_steps=bool(steps_asked_about(found)),
        **parts,
    )


def quoted_in(found: TicketPage) -> dict[str, Part]:
    """Return the parts of a ticket's description that a message can be about."""
    return parts_of(found.snapshot.document, _said(found)) if found.snapshot else {}


def parts_on(reference: str) -> dict[str, Part]:
    """Return the same of a ticket of which nothing else is needed, or answer that there is none."""
    document = queries.description_of(web.reading(), reference, current_actor())
    if document is None:
        abort(404)
    return parts_of(document, documents.described(web.reading(), document, languages.current_locale()))


def _blank_reply(found: TicketPage, parts: Mapping[str, Part]) -> ReplyForm:
    """Return the form of a reply, with what the reader had begun to write."""
    form = ReplyForm(formdata=None, parts=choices_of(parts))
    begun = found.begun
    if begun:
        form.body.data, form.kept_at = begun.body, begun.saved_at
        form.about.data = begun.about if begun.about in parts else ""
    return form


def _before() -> int | None:
    """Return before which event an earlier part of the timeline ends; None for a number that no event has."""
    asked = request.args.get("before", type=int)
    return asked if asked is not None and 0 < asked < _LARGEST else None


def _show_news(reference: str, seen: int) -> ResponseReturnValue:
    latest = queries.latest_seq(web.reading(), reference, current_actor())
    if latest is None:
        abort(404)
    if latest <= seen:
        return "", 204
    return pages.page("tickets/_live.html", is_piece=True, is_earlier_part=False, **_parts(find_page(reference)))


def _parts(found: TicketPage) -> dict[str, Any]:
    """Return what the pieces of the page need that may change while it is open."""
    said = _said(found)
    return {
        "found": found,
        "days": _by_day(found.entries),
        "status": found.status,
        "now": clock.now(),
        "said": said,
        "quoted": parts_of(found.snapshot.document, said) if found.snapshot else {},
    }


def _by_day(entries: Sequence[Entry]) -> list[tuple[date, list[Entry]]]:
    zone = languages.current_zone()
    return [(day, list(each)) for day, each in groupby(entries, key=lambda entry: entry.at.astimezone(zone).date())]


def _said(found: TicketPage) -> list[documents.Said]:
    if found.snapshot is None:
        return []
    return documents.described(web.reading(), found.snapshot.document, languages.current_locale())
