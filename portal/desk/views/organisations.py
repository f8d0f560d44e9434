"""Organisations: whom they are, who works there, what they run, what they have reported."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.accounts import queries as accounts
from portal.core import clock, web
from portal.desk import queries
from portal.desk.queries import AT_ONCE
from portal.desk.views.blueprint import blueprint
from portal.interviews import queries as interviews
from portal.interviews.queries import DraftLine
from portal.questionnaires.labels import Label, Labels
from portal.ui import access, languages, pages
from portal.ui.forms import clean

_LONGEST = 160


@blueprint.get("/organisations")
@access.agent
def show_organisations() -> ResponseReturnValue:
    """List the organisations that the agent serves."""
    words, after = _asked("q"), _asked("after")
    found = queries.organisations(web.reading(), access.current_actor(), words=words, after=after)
    return pages.page(
        "desk/organisations.html",
        organisations=found[:AT_ONCE],
        next=found[AT_ONCE - 1].name if len(found) > AT_ONCE else "",
        words=words,
        is_first=not after,
        drafts=_begun_by_phone() if not after and not words else [],
    )


def _begun_by_phone() -> list[tuple[DraftLine, Label]]:
    """Return what the agent has begun for others on the phone and not sent."""
    begun = interviews.drafts_of(web.reading(), access.current_actor(), at=clock.now())
    return [(each, Labels(each.questionnaire, languages.current_locale()).title) for each in begun]


@blueprint.get("/organisations/<uuid:organisation_id>")
@access.agent
def show_organisation(organisation_id: UUID) -> ResponseReturnValue:
    """Show an organisation with its people, installations and tickets."""
    session, actor = web.reading(), access.current_actor()
    organisation = queries.organisation(session, actor, organisation_id) or abort(404)
    words = _asked("q")
    people = queries.people_of(session, organisation_id, words=words)
    return pages.page(
        "desk/organisation.html",
        organisation=organisation,
        people=people[:AT_ONCE],
        has_more_people=len(people) > AT_ONCE,
        words=words,
        invitations=accounts.invitations_of(session, organisation_id, at=clock.now()),
        installations=accounts.installations_of(session, organisation_id),
        tickets=queries.tickets_of(session, actor, organisation_id),
    )


def _asked(name: str) -> str:
    return clean(request.args.get(name, ""))[:_LONGEST]
