"""Saying on a ticket's page how it goes or how it was."""

from uuid import UUID

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.ratings import queries, services
from portal.ratings.forms import RatingForm
from portal.ratings.models import RatingKind, RatingSource
from portal.ratings.permissions import RatingError
from portal.ratings.services import Answer
from portal.tickets.queries import ticket_head
from portal.ui import access, pages
from portal.ui.access import current_actor

blueprint = Blueprint("ratings", __name__)


@blueprint.post("/tickets/<reference>/rating")
@access.customer
def rate(reference: str) -> ResponseReturnValue:
    """Keep what somebody who follows a ticket thinks."""
    ticket, person_id = ticket_head(web.reading(), reference, current_actor()) or abort(404), access.signed_in_person()
    if queries.rating_subject(web.reading(), ticket.id, person_id) is None:
        abort(403)  # whoever only sees it is not the one whom we asked
    message = keep_answer(ticket.id, person_id, RatingForm(), RatingSource.PAGE)
    pages.say(message or _("Thank you for telling us."), "stop" if message else "good")
    return pages.go_to("tickets.show", reference=reference, _anchor="rating")


def keep_answer(ticket_id: UUID, person_id: UUID, form: RatingForm, source: RatingSource) -> str:
    """Keep an answer, once; return what to do where there is none, or nothing."""
    if not form.validate():
        return next(text for _field, text in form.problems())
    answer = Answer(RatingKind(form.kind.data), form.score.data, source, form.words.data)
    try:
        with web.changing() as session:
            subject = queries.rating_subject(session, ticket_id, person_id) or abort(404)
            services.rate(session, subject, answer=answer, at=clock.now())
    except RatingError as error:
        if error.code == "no-answer":
            return str(_("Please choose one of the answers first."))
        return str(_("It has moved on since you opened the page. Please look at what is asked now."))
    return ""
