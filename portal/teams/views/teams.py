"""Teams: which there are, who belongs to them, who knows what, who is on duty."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.core.i18n import in_language
from portal.teams import queries, services
from portal.teams.forms import DutyForm, TeamForm
from portal.teams.models import Team
from portal.teams.queries import agents
from portal.teams.views.blueprint import blueprint
from portal.ui import access, languages, pages
from portal.ui.access import current_actor


@blueprint.get("/teams")
@access.agent
def show_teams() -> ResponseReturnValue:
    """Show who is on duty, the teams, and who knows what."""
    return teams_page()


def teams_page(*, duty: DutyForm | None = None, team: TeamForm | None = None) -> str:
    """Return the page of the teams; a form that was refused stands in it as it was sent."""
    session, at = web.reading(), clock.now()
    colleagues = queries.colleagues(session)
    handing = duty or DutyForm(formdata=None, prefix="duty")
    handing.offer([(each.id, each.name) for each in colleagues])
    return pages.page(
        "teams/teams.html",
        duty=queries.on_duty(session, at=at),
        turns=queries.turns(session),
        teams=queries.teams(session),
        colleagues=colleagues,
        gives_out=queries.gives_out(session),
        subjects=_subject_names(queries.what_can_be_known(session), languages.current_locale()),
        handing=handing,
        making=team or TeamForm(formdata=None, prefix="team"),
        sent=duty or team,
        now=at,
    )


def _subject_names(known: Sequence[queries.Subject], locale: str) -> dict[tuple[str, str], str]:
    """Return what each product, and each part of one, is called."""
    return {(each.product, each.module): in_language(each.names, locale) for each in known}


@blueprint.post("/teams")
@access.admin
def add_team() -> ResponseReturnValue:
    """Make a team, and show it to say who belongs to it."""
    form = TeamForm(prefix="team")
    if not form.validate():
        return teams_page(team=form), 422
    try:
        with web.changing() as session:
            made = services.make_team(session, name=form.name.data, by=current_actor(), at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return teams_page(team=form), 422
    return pages.go_to("teams.show_team", team_id=made.id)


@blueprint.get("/teams/<uuid:team_id>")
@access.admin
def show_team(team_id: UUID) -> ResponseReturnValue:
    """Show a team with its members, to change them."""
    team = _team(team_id)
    form = TeamForm(formdata=None, prefix="team")
    form.name.data = team.name
    form.members.data = [str(each) for each in queries.members_of(web.reading(), team_id)]
    return _team_page(team, form)


@blueprint.post("/teams/<uuid:team_id>")
@access.admin
def change_team(team_id: UUID) -> ResponseReturnValue:
    """Give a team another name, and say who belongs to it."""
    team, form = _team(team_id), TeamForm(prefix="team")
    _offer(form)
    if not form.validate():
        return _team_page(team, form, is_sent=True), 422
    try:
        with web.changing() as session:
            kept = session.get(Team, team_id) or abort(404)
            services.change_team(
                session, kept, name=form.name.data, members=form.chosen, by=current_actor(), at=clock.now()
            )
    except DomainError as error:
        form.refuse(error)
        return _team_page(team, form, is_sent=True), 422
    pages.say(_("The team is as you want it."))
    return pages.go_to("teams.show_teams")


@blueprint.post("/teams/<uuid:team_id>/removal")
@access.admin
def remove_team(team_id: UUID) -> ResponseReturnValue:
    """Remove a team that has no open tickets."""
    team, form = _team(team_id), TeamForm(formdata=None, prefix="team")
    form.name.data = team.name
    try:
        with web.changing() as session:
            kept = session.get(Team, team_id) or abort(404)
            services.remove_team(session, kept, by=current_actor(), at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _team_page(team, form, is_sent=True), 422
    pages.say(_("The team is gone. Its members are still there."))
    return pages.go_to("teams.show_teams")


def _team(team_id: UUID) -> Team:
    return web.reading().get(Team, team_id) or abort(404)


def _offer(form: TeamForm) -> None:
    form.members.choices = [(str(each), name) for each, name in agents(web.reading())]


def _team_page(team: Team, form: TeamForm, *, is_sent: bool = False) -> str:
    _offer(form)
    return pages.page("teams/team.html", team=team, form=form, is_sent=is_sent)
