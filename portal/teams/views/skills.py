"""Who knows which products, and which parts of them."""

from collections.abc import Mapping
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.i18n import in_language
from portal.teams import queries, services
from portal.teams.forms import SkillsForm
from portal.teams.views.blueprint import blueprint
from portal.ui import access, languages, pages


@blueprint.get("/agents/<uuid:agent_id>/skills")
@access.admin
def show_skills(agent_id: UUID) -> ResponseReturnValue:
    """Show what an agent knows, to change it."""
    form = SkillsForm(formdata=None, prefix="skills")
    form.skills.data = [f"{product}/{module}" for product, module in queries.skills_of(web.reading(), agent_id)]
    return _page(agent_id, form)


@blueprint.post("/agents/<uuid:agent_id>/skills")
@access.admin
def change_skills(agent_id: UUID) -> ResponseReturnValue:
    """Say what an agent knows."""
    _name(agent_id)
    form = SkillsForm(prefix="skills")
    _offer(form)
    if not form.validate():
        return _page(agent_id, form), 422
    with web.changing() as session:
        services.set_skills(session, agent_id, skills=form.chosen, by=access.current_actor(), at=clock.now())
    pages.say(_("It is noted what they know. The rule uses it from now on."))
    return pages.go_to("teams.show_teams")


def _name(agent_id: UUID) -> str:
    return queries.names_of(web.reading(), [agent_id]).get(agent_id) or abort(404)


def _page(agent_id: UUID, form: SkillsForm) -> str:
    name = _name(agent_id)
    _offer(form)
    return pages.page("teams/skills.html", agent_id=agent_id, name=name, form=form)


def _offer(form: SkillsForm) -> None:
    """Offer each product, and under it its parts."""
    locale = languages.current_locale()

    def words(names: Mapping[str, str], code: str) -> str:
        return in_language(names, locale) or code

    form.skills.choices = [
        (f"{each.product}/{each.module}", words(each.names, each.module or each.product))
        for each in queries.what_can_be_known(web.reading())
    ]
