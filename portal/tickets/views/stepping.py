"""Did you do exactly this? The customer goes through the steps of their own description once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intake.kinds.steps import COLUMNS
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets import services
from portal.tickets.models import EventKind, Ticket, TicketState
from portal.tickets.permissions import Action
from portal.tickets.queries import TicketPage
from portal.tickets.services import StepAnswer
from portal.tickets.views.finding import blueprint, change_once, find_page
from portal.ui import access, pages
from portal.ui.forms import OnceForm, clean

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the description, with what was answered to it."""

    number: int
    said: Mapping[str, str]
    answer: str
    instead: str
    problem: str


def steps_asked_about(found: TicketPage) -> list[Mapping[str, str]]:
    """Return the steps that the customer is asked about now; none where they are not, or the steps have changed."""
    asked = next((each for each in found.entries if each.kind is EventKind.ASKED), None)
    is_open = found.ticket.state is TicketState.WAITING_CUSTOMER and Action.REPLY in found.actions
    if asked is None or not is_open or asked.facts.get("steps") != found.ticket.revision or found.snapshot is None:
        return []
    rows = found.snapshot.document.get("steps")
    return [
        {column: str(row.get(column, "")) for column in COLUMNS}
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, Mapping)
    ]


@blueprint.get("/tickets/<reference>/steps")
@access.customer
def show_steps(reference: str) -> ResponseReturnValue:
    """Ask of each step whether it was done exactly so; where nothing is asked, show the ticket."""
    found = find_page(reference)
    asked = steps_asked_about(found)
    if not asked:
        return pages.go_to("tickets.show", reference=reference)
    steps = [Step(number, said, "", "", "") for number, said in enumerate(asked, 1)]
    return _page(found, steps, OnceForm(formdata=None))


@blueprint.post("/tickets/<reference>/steps")
@access.customer
def answer_steps(reference: str) -> ResponseReturnValue:
    """Keep what the customer says of each step."""
    found, form = find_page(reference), OnceForm()
    steps = [_answered(number, said) for number, said in enumerate(steps_asked_about(found), 1)]
    if not steps:
        return pages.go_to("tickets.show", reference=reference)
    if any(each.problem for each in steps):
        return _page(found, steps, form), 422
    answers = [StepAnswer(each.number, each.answer == "yes", each.instead) for each in steps]

    def answer(session: "Session", ticket: Ticket, by: Actor, at: datetime) -> object:
        return services.answer_steps(session, ticket, answers=answers, revision=found.ticket.revision, by=by, at=at)

    try:
        change_once(reference, form, answer)
    except DomainError:
        pages.say(_("The description was changed meanwhile. Please look at it once more."), "stop")
        return pages.go_to("tickets.show", reference=reference)
    pages.say(_("Thank you. We compare it and write to you."))
    return pages.go_to("tickets.show", reference=reference)


def _answered(number: int, said: Mapping[str, str]) -> Step:
    """Read what was answered to one step, and say what is missing."""
    answer, instead = request.form.get(f"step-{number}", ""), clean(request.form.get(f"instead-{number}", ""))
    problem = ""
    if answer not in ("yes", "no"):
        problem = _("Choose “Yes” or “No” for step %(number)s.", number=number)
    elif answer == "no" and not instead:
        problem = _("Write what you did at step %(number)s instead.", number=number)
    elif len(instead) > _LONGEST:
        problem = _("Keep step %(number)s under 2,000 characters.", number=number)
    return Step(number, said, answer if answer in ("yes", "no") else "", instead[: _LONGEST * 2], problem)


def _page(found: TicketPage, steps: Sequence[Step], form: OnceForm) -> str:
    asked = next(each for each in found.entries if each.kind is EventKind.ASKED)
    return pages.page("tickets/steps.html", ticket=found.ticket, steps=steps, form=form, asked=asked)
