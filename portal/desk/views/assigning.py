"""Giving a ticket to a colleague or a team: the rule proposes, a person decides."""

from datetime import datetime
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.desk.forms import NOBODY, GivingForm
from portal.desk.views.blueprint import blueprint
from portal.teams import queries
from portal.teams import services as teams
from portal.teams.queries import choose, on_duty
from portal.tickets import services
from portal.tickets.models import Ticket
from portal.tickets.permissions import Action, allowed_actions
from portal.tickets.queries import Head, ticket_head
from portal.tickets.views.finding import change_once
from portal.ui import access, pages
from portal.ui.access import current_actor

BY_RULE = "rule"
_SHOWN = 20


@blueprint.get("/tickets/<reference>/assignment")
@access.agent
def show_assignment(reference: str) -> ResponseReturnValue:
    """Show who could take a ticket, and whom the rule names with its reason."""
    return _page(_head(reference), GivingForm(formdata=None, prefix="giving"))


@blueprint.post("/tickets/<reference>/assignment")
@access.agent
def give_ticket(reference: str) -> ResponseReturnValue:
    """Give a ticket to a colleague, to a team, or to whom the rule names."""
    head, form = _head(reference), GivingForm(prefix="giving")
    _offer(form, head)
    if not form.validate():
        return _page(head, form), 422

    def give(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        if form.taker.data == BY_RULE:
            return teams.give_by_rule(session, ticket, by=by, at=at)
        agent_id = None if form.taker.data == NOBODY else UUID(form.taker.data)
        taker = services.Taker(agent_id, form.team.data)
        return services.give_to(session, ticket, taker=taker, by=by, at=at)

    try:
        change_once(reference, form, give)
    except DomainError:
        form.refuse()
        return _page(head, form), 422
    pages.say(form.done())
    return pages.go_to("desk.show_ticket", reference=reference)


def _head(reference: str) -> Head:
    return ticket_head(web.reading(), reference, current_actor()) or abort(404)


def _page(head: Head, form: GivingForm) -> str:
    session, at = web.reading(), clock.now()
    found = queries.candidates(session, head)
    duty = on_duty(session, at=at)
    form.offer(found, queries.teams(session), has_rule=bool(found))
    return pages.page(
        "desk/assignment.html",
        ticket=head,
        form=form,
        choice=choose(found, head, duty.agent_id if duty else None),
        duty=duty,
        candidates=found[:_SHOWN],
        may_give=Action.ASSIGN in allowed_actions(head, current_actor(), at=at),
    )


def _offer(form: GivingForm, head: Head) -> None:
    session = web.reading()
    found = queries.candidates(session, head)
    form.offer(found, queries.teams(session), has_rule=bool(found))
