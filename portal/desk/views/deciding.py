"""Decisions about a ticket: who takes it, how urgent it is, that it is solved, that it is not."""

from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.desk.forms import PriorityForm, ReopeningForm, ResolutionForm, TakingForm, VerdictForm
from portal.desk.views.blueprint import blueprint
from portal.desk.views.changing import change_ticket, change_with_words
from portal.tickets import services
from portal.tickets.models import Decision, Priority, Ticket, TicketKind
from portal.ui import access


@blueprint.post("/tickets/<reference>/assignee")
@access.agent
def take_ticket(reference: str) -> ResponseReturnValue:
    """Let the agent take a ticket on, or over from a colleague."""
    form = TakingForm(prefix="taking")

    def take(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        return services.assign(session, ticket, agent_id=actor.agent_id, by=actor, at=at)

    return change_ticket(reference, form, take, done=form.done())


@blueprint.post("/tickets/<reference>/priority")
@access.agent
def change_priority(reference: str) -> ResponseReturnValue:
    """Raise or lower the priority, with the reason that the customer reads."""
    form = PriorityForm(prefix="priority")

    def prioritise(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        priority = Priority(form.priority.data)
        return services.prioritise(session, ticket, priority=priority, because=form.because.data, by=actor, at=at)

    return change_with_words(reference, form, prioritise, done=form.done())


@blueprint.post("/tickets/<reference>/decision")
@access.agent
def decide_wish(reference: str) -> ResponseReturnValue:
    """Decide on a wish, with the reason that the customer reads."""
    form = VerdictForm(prefix="verdict")

    def decide(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        verdict = services.Verdict(
            kind=TicketKind(form.kind.data),
            decision=Decision(form.decision.data),
            words=form.words.data,
            version=form.target.data or "",
            around=form.planned_on,
        )
        return services.decide(session, ticket, verdict=verdict, by=actor, at=at)

    return change_with_words(reference, form, decide, done=form.done())


@blueprint.post("/tickets/<reference>/resolution")
@access.agent
def resolve_ticket(reference: str) -> ResponseReturnValue:
    """Say why it happened, what was done and how to avoid it; the customer confirms."""
    form = ResolutionForm(prefix="solving")

    def resolve(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        words = services.Resolution(form.cause.data, form.fix.data, form.prevention.data)
        return services.resolve(session, ticket, resolution=words, by=actor, at=at)

    return change_with_words(reference, form, resolve, done=form.done())


@blueprint.post("/tickets/<reference>/reopening")
@access.agent
def reopen_ticket(reference: str) -> ResponseReturnValue:
    """Take a solved or just closed ticket up again."""
    form = ReopeningForm(prefix="reopening")

    def reopen(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        return services.reopen(session, ticket, by=actor, at=at)

    return change_ticket(reference, form, reopen, done=form.done())
