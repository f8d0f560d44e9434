"""What a reply can begin with: saved replies filled in, and the steps of an article, in the contact's language."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from portal.core import web
from portal.core.i18n import LANGUAGE_TAGS, in_language
from portal.desk.views.blueprint import blueprint
from portal.knowledge.models import ArticleState
from portal.knowledge.queries import shown
from portal.phrasebook.queries import language_of
from portal.replies.queries import Reply, filled, replies, reply_of
from portal.tickets.queries import Head, ticket_head
from portal.ui import access, languages, pages
from portal.ui.access import current_actor


@dataclass(frozen=True, slots=True)
class Offered:
    """A saved reply as it would be sent on a ticket."""

    id: UUID
    name: str
    words: str
    tag: str
    """The language it is in, as HTML writes it."""
    is_theirs: bool
    """Whether that is the contact's own language."""


@blueprint.get("/tickets/<reference>/replies")
@access.agent
def choose_reply(reference: str) -> ResponseReturnValue:
    """Show the saved replies as they would read on this ticket."""
    session = web.reading()
    head = ticket_head(session, reference, current_actor()) or abort(404)
    locale = language_of(session, head.contact_id) or languages.current_locale()
    offered = [_offer(each, head, locale) for each in replies(session)]
    return pages.page("desk/replies.html", ticket=head, offered=offered)


def words_of(reply_id: str, head: Head) -> str:
    """Return a saved reply filled in for a ticket; nothing where there is none."""
    session = web.reading()
    try:
        found = reply_of(session, UUID(reply_id))
    except ValueError:
        return ""
    locale = language_of(session, head.contact_id) or languages.current_locale()
    return _offer(found, head, locale).words if found else ""


def steps_of(article_id: str, head: Head) -> str:
    """Return the steps of a published article as a reply says them; nothing where there are none to follow."""
    session = web.reading()
    try:
        found = shown(session, current_actor(), UUID(article_id))
    except ValueError:
        return ""
    locale = language_of(session, head.contact_id) or languages.current_locale()
    text = found.text(locale) if found and found.article.state == ArticleState.PUBLISHED else None
    if text is None:
        return ""
    address = f"{languages.settings().public_url.rstrip('/')}/knowledge/{article_id}"
    return pages.render("desk/article_in_reply.txt", text.language, text=text, address=address).strip()


def _offer(reply: Reply, head: Head, locale: str) -> Offered:
    body, written_in = reply.in_language(locale)
    values = {
        "contact": head.contact_name or "",
        "organisation": head.organisation_name or "",
        "reference": head.reference,
        "product": in_language(head.product_names or {}, written_in) or head.product_code,
        "agent": current_actor().name,
        "hotline": languages.settings().hotline,
    }
    return Offered(reply.id, reply.name, filled(body, values), LANGUAGE_TAGS[written_in], written_in == locale)
