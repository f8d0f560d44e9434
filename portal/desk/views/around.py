"""What else there is to know about a ticket: known problems like it, and whom we write to."""

from flask import abort
from flask.typing import ResponseReturnValue

from portal.accounts.queries import installations_of
from portal.core import clock, web
from portal.desk import queries
from portal.desk.views.blueprint import blueprint
from portal.notices.queries.matching import Problem, known_issues_for
from portal.tickets.queries import description_of, related_to, ticket_head
from portal.ui import access, languages, pages
from portal.ui.access import current_actor


@blueprint.get("/tickets/<reference>/around")
@access.agent
def show_around(reference: str) -> ResponseReturnValue:
    """Show the known problems that a ticket looks like, the tickets that belong to it, and the organisation."""
    session, actor, at = web.reading(), current_actor(), clock.now()
    head = ticket_head(session, reference, actor) or abort(404)
    document = description_of(session, reference, actor) or {}
    problem = Problem(
        product=head.product_code,
        module=head.module_code,
        version=queries.version_of(document),
        fingerprints=frozenset({head.fingerprint} if head.fingerprint else ()),
    )
    today = at.astimezone(languages.current_zone()).date()
    return pages.page(
        "desk/around.html",
        ticket=head,
        known=known_issues_for(session, actor, problem, locale=languages.current_locale(), today=today),
        related=related_to(session, head.id, actor),
        portrait=queries.portrait_of(session, actor, head.organisation_id, at=at),
        installations=installations_of(session, head.organisation_id) if head.organisation_id else [],
    )
