"""What else there is to know about a ticket: what may help with it, and whom we write to."""

from collections.abc import Mapping
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.queries import installations_of
from portal.core import clock, web
from portal.core.actor import Actor
from portal.desk import queries
from portal.desk.views.blueprint import blueprint
from portal.knowledge.views.reading import today
from portal.notices.queries import AlikeNotice, titles_alike
from portal.tickets.queries import Head, TicketPage, description_of, related_to, ticket_head
from portal.ui import access, languages, pages
from portal.ui.access import current_actor


@blueprint.get("/tickets/<reference>/around")
@access.agent
def show_around(reference: str) -> ResponseReturnValue:
    """Show what may help with a ticket, the tickets that belong to it, and the organisation with what it had before."""
    session, actor, at = web.reading(), current_actor(), clock.now()
    head = ticket_head(session, reference, actor) or abort(404)
    document = description_of(session, reference, actor) or {}
    return pages.page(
        "desk/around.html",
        ticket=head,
        known=_notices(session, actor, head, document),
        articles=queries.articles_for(session, actor, head, document),
        related=related_to(session, head.id, actor),
        portrait=queries.portrait_of(session, actor, head.organisation_id, at=at),
        before=queries.before(session, actor, head),
        installations=installations_of(session, head.organisation_id) if head.organisation_id else [],
        today=today(),
    )


def at_a_glance(session: Session, actor: Actor, found: TicketPage) -> dict[str, object]:
    """Return what a ticket's page says at once of what is known; of its own notice a place of its own tells."""
    head = found.ticket
    document: Mapping[str, Any] = found.snapshot.document if found.snapshot else {}
    return {
        "known": _notices(session, actor, head, document) if head.notice_id is None else [],
        "articles": queries.articles_for(session, actor, head, document),
        "alike": queries.alike_to(session, actor, found),
        "reported_elsewhere": queries.reported_elsewhere(found),
        "today": today(),
    }


def _notices(session: Session, actor: Actor, head: Head, document: Mapping[str, Any]) -> list[AlikeNotice]:
    problem = queries.problem_of(head, document)
    return titles_alike(session, actor, problem, locale=languages.current_locale(), today=today())
