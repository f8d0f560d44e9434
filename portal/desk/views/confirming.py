"""Did you do exactly this? Asking the customer to go through the steps of their description."""

from datetime import datetime

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.desk.forms import StepsForm
from portal.desk.views.blueprint import blueprint
from portal.desk.views.changing import change_with_words
from portal.tickets import services
from portal.tickets.models import Ticket, TicketState
from portal.ui import access


@blueprint.post("/tickets/<reference>/steps")
@access.agent
def ask_for_steps(reference: str) -> ResponseReturnValue:
    """Ask the customer whether they did exactly what the description says, step by step."""
    form = StepsForm(prefix="stepping")

    def ask(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        change = services.StateChange(to=TicketState.WAITING_CUSTOMER, words=form.words.data, asks_for_steps=True)
        return services.change_state(session, ticket, change=change, by=actor, at=at)

    return change_with_words(
        reference, form, ask, done=str(_("Asked. The customer goes through the steps one by one."))
    )
