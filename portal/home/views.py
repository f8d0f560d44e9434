"""The customer's first page, their organisation, and what everyone may read about the portal itself."""

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import queries as accounts
from portal.core import clock, web
from portal.core.actor import Actor
from portal.home import queries
from portal.interviews import queries as interviews
from portal.notices import queries as notices
from portal.notices.queries.windows import coming_windows
from portal.questionnaires.labels import Labels
from portal.tickets import queries as tickets
from portal.ui import access, keeping, languages, pages
from portal.ui.forms import clean

blueprint = Blueprint("home", __name__)
_MOST_NOTICES = 5
"""Of each group; the page of notices has the others."""
_MOST_PEOPLE = 50
_LONGEST_NAME = 120


def init_app(app: Flask) -> None:
    """Put the way out when work has stopped onto the page of signing in."""
    pages.fill_slot(app, "rescue", lambda: pages.page("home/_rescue.html"))


@blueprint.get("/")
@keeping.while_unchanged
@access.signed_in
def show() -> ResponseReturnValue:
    """Show a customer what waits for them; agents go to the desk."""
    if access.current_actor().is_agent:
        return pages.go_to("desk.show_queue")
    return _show_home(access.current_actor())


def _show_home(actor: Actor) -> str:
    session, at, locale = web.reading(), clock.now(), languages.current_locale()
    today = at.astimezone(languages.current_zone()).date()
    news = notices.notices_for(session, actor, locale=locale, today=today)
    to_do = [each for each in news if each.group is notices.Group.TO_DO]
    yours = tickets.my_tickets(session, actor, only=tickets.Only.YOURS).rows
    ours = tickets.my_tickets(session, actor, only=tickets.Only.OURS).rows
    solved = tickets.my_tickets(session, actor, only=tickets.Only.CLOSED, limit=5).rows
    return pages.page(
        "home/show.html",
        now=at,
        to_do=to_do[:_MOST_NOTICES],
        to_do_count=len(to_do),
        windows=coming_windows(session, news, at=at)[:_MOST_NOTICES],
        known=[each for each in news if each.group is notices.Group.OURS and each.concern.is_likely][:_MOST_NOTICES],
        drafts=[
            (each, Labels(each.questionnaire, locale).title) for each in interviews.drafts_of(session, actor, at=at)
        ],
        yours=yours,
        ours=ours,
        solved=[each for each in solved if each.status.due_at and each.status.due_at > at],
        waiting=len(to_do) + len(yours),
        next_update=min((each.status.due_at for each in ours if each.status.due_at), default=None),
    )


@blueprint.get("/organisation")
@access.customer
def show_organisation() -> ResponseReturnValue:
    """Show a customer their organisation: what it runs, who is there, who serves it."""
    actor, session = access.current_actor(), web.reading()
    if actor.organisation_id is None:
        return pages.go_to("home.show")
    manager, engineer = queries.service_people(session, actor.organisation_id)
    service = [(_("Service manager"), manager), (_("Your engineer"), engineer)]
    words = clean(request.args.get("q"))[:_LONGEST_NAME]
    people = accounts.contacts_of(session, actor.organisation_id, words=words, limit=_MOST_PEOPLE + 1)
    return pages.page(
        "home/organisation.html",
        yours=tickets.my_tickets(session, actor, only=tickets.Only.YOURS),
        ours=tickets.my_tickets(session, actor, only=tickets.Only.OURS),
        installations=accounts.installations_of(session, actor.organisation_id),
        contacts=people[:_MOST_PEOPLE],
        has_more_people=len(people) > _MOST_PEOPLE,
        words=words,
        invitations=accounts.invitations_of(session, actor.organisation_id, at=clock.now()) if actor.is_manager else [],
        service=[(term, name) for term, name in service if name],
    )


@blueprint.get("/accessibility")
@access.public
def show_accessibility() -> ResponseReturnValue:
    """Say how the portal works for everyone, and whom to tell where it doesn't."""
    return pages.page("home/accessibility.html")


@blueprint.get("/privacy")
@access.public
def show_privacy() -> ResponseReturnValue:
    """Say what is kept, for how long, who sees it, and how to have it erased."""
    return pages.page("home/privacy.html", draft_days=languages.settings().draft_days)
