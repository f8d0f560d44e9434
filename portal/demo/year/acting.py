"""What agents and customers do with a ticket when it is their turn; chance decides, so that a seed decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.demo.year.people import PRODUCTS
from portal.tickets import services
from portal.tickets.models import Decision, Priority, Ticket, TicketKind, TicketState, WaitReason
from portal.tickets.services import StateChange, Update, Verdict
from portal.tickets.services.actions import Agreed
from portal.visits import services as visits
from portal.visits.models import VisitAction

_SOLVED = services.Resolution("A setting was wrong.", "It is set right.", "It is checked every night now.")
_PRIORITIES = ("P1", "P2", "P3", "P3", "P3", "P4")


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's turn to do something with a ticket."""

    session: Session
    ticket: Ticket
    by: Actor
    at: datetime
    chance: Random

    def go(self, change: StateChange) -> object:
        """Move the ticket."""
        return services.change_state(self.session, self.ticket, change=change, by=self.by, at=self.at)

    @property
    def words(self) -> str:
        """Words that nobody has written before."""
        return f"News of {self.at.isoformat()}"


Act = Callable[[Turn], object]


def report(session: Session, *, by: Actor, at: datetime, chance: Random) -> Ticket:
    """Report a problem."""
    opening = services.Opening(
        title="Something does not work",
        severity=Priority(chance.choice(_PRIORITIES)),
        document={"schema": "problem-snapshot/1"},
        organisation_id=by.organisation_id,
        contact_id=by.contact_id,
        product_code=chance.choice(PRODUCTS),
    )
    return services.open_ticket(session, opening=opening, by=by, at=at)


def act(turn: Turn) -> bool:
    """Do one of the things that suit the state; returns whether the rules let it happen."""
    table = _OF_AGENTS if turn.by.is_agent else _OF_CUSTOMERS
    choices = table.get(TicketState(turn.ticket.state), {})
    if not choices:
        return False
    (chosen,) = turn.chance.choices(list(choices), weights=list(choices.values()))
    try:
        with turn.session.begin_nested():
            chosen(turn)
    except DomainError:
        return False
    return True


def _update(turn: Turn) -> object:
    update = Update(turn.words)
    if turn.chance.random() < _OWN_PROMISES and turn.ticket.next_due_at is not None:
        update = Update(turn.words, next_by=turn.at + timedelta(minutes=turn.chance.randint(20, 600)))
    return services.add_update(turn.session, turn.ticket, update=update, by=turn.by, at=turn.at)


_OWN_PROMISES = 0.2


def _note(turn: Turn) -> object:
    return services.add_note(turn.session, turn.ticket, body=turn.words, by=turn.by, at=turn.at)


def _take(turn: Turn) -> object:
    return services.assign(turn.session, turn.ticket, agent_id=turn.by.agent_id, by=turn.by, at=turn.at)


def _ask(turn: Turn) -> object:
    return turn.go(StateChange(to=TicketState.WAITING_CUSTOMER, words=turn.words))


def _rest(turn: Turn) -> object:
    words = turn.chance.choice(("", turn.words))
    return turn.go(StateChange(to=TicketState.WAITING_INTERNAL, words=words, reason=WaitReason.REVIEW))


def _hand_on(turn: Turn) -> object:
    return turn.go(StateChange(to=TicketState.WAITING_VENDOR, words=turn.words))


def _go_on(turn: Turn) -> object:
    return turn.go(StateChange(to=TicketState.IN_PROGRESS, words=turn.chance.choice(("", turn.words))))


def _plan(turn: Turn) -> object:
    fix_on = turn.at.date() + timedelta(days=turn.chance.randint(1, 60))
    return turn.go(StateChange(to=TicketState.FIX_SCHEDULED, words=turn.words, fix_version="5.6.3", fix_on=fix_on))


def _drop(turn: Turn) -> object:
    return turn.go(StateChange(to=TicketState.CANCELLED, words=turn.words))


def _prioritise(turn: Turn) -> object:
    priority = Priority(turn.chance.choice(_PRIORITIES))
    return services.prioritise(turn.session, turn.ticket, priority=priority, because=turn.words, by=turn.by, at=turn.at)


def _visit(turn: Turn) -> object:
    count = turn.chance.randint(0, 2)
    day = turn.at.date()
    actions = [Agreed("Look again", day + timedelta(days=turn.chance.randint(1, 20))) for _ in range(count)]
    report = visits.Report(day, "The agent", turn.words, actions)
    return visits.record_visit(turn.session, turn.ticket, report=report, by=turn.by, at=turn.at)


def finish_action(turn: Turn) -> bool:
    """Do one of the things that were agreed on a visit; returns whether there was one."""
    mine = (VisitAction.ticket_id == turn.ticket.id, VisitAction.done_at.is_(None))
    found = turn.session.scalars(select(VisitAction).where(*mine).order_by(VisitAction.id)).first()
    if found is not None:
        visits.finish_action(turn.session, turn.ticket, found, by=turn.by, at=turn.at)
    return found is not None


def _decide(turn: Turn) -> object:
    decision = turn.chance.choice(list(Decision))
    version = turn.chance.choice(("", "5.7.0")) if decision is Decision.ACCEPTED else ""
    verdict = Verdict(kind=TicketKind.FEATURE, decision=decision, words=turn.words, version=version)
    return services.decide(turn.session, turn.ticket, verdict=verdict, by=turn.by, at=turn.at)


def _resolve(turn: Turn) -> object:
    return services.resolve(turn.session, turn.ticket, resolution=_SOLVED, by=turn.by, at=turn.at)


def _reply(turn: Turn) -> object:
    return services.add_update(turn.session, turn.ticket, update=Update(turn.words), by=turn.by, at=turn.at)


def _describe(turn: Turn) -> object:
    document = {"schema": "problem-snapshot/1", "more": turn.words}
    return services.revise_snapshot(turn.session, turn.ticket, document=document, by=turn.by, at=turn.at)


def _escalate(turn: Turn) -> object:
    has_stopped = turn.chance.random() < _STOPPED
    return services.escalate(
        turn.session, turn.ticket, words=turn.words, has_work_stopped=has_stopped, by=turn.by, at=turn.at
    )


_STOPPED = 0.3


def _accept(turn: Turn) -> object:
    return services.accept_date(turn.session, turn.ticket, by=turn.by, at=turn.at)


def _confirm(turn: Turn) -> object:
    return services.confirm(turn.session, turn.ticket, by=turn.by, at=turn.at)


def _reopen(turn: Turn) -> object:
    return services.reopen(turn.session, turn.ticket, by=turn.by, at=turn.at)


def _cancel(turn: Turn) -> object:
    return services.cancel(turn.session, turn.ticket, by=turn.by, at=turn.at)


def _wait(_turn: Turn) -> object:
    """Do nothing, as people do."""
    return None


_Choices = Mapping[Act, float]
_AT_WORK: _Choices = {
    _update: 8, _resolve: 5, _ask: 3, _note: 2, _rest: 2, _plan: 1.5, _hand_on: 1, _prioritise: 1, _drop: 0.2,
    _visit: 0.8, _decide: 0.6,
}  # fmt: skip
_RESTING: _Choices = {_update: 6, _go_on: 3, _resolve: 3, _note: 1, _ask: 1}
_OF_AGENTS: Mapping[TicketState, _Choices] = {
    TicketState.NEW: {_update: 8, _take: 2, _ask: 2, _resolve: 1, _note: 1, _rest: 0.5},
    TicketState.TRIAGED: _AT_WORK,
    TicketState.IN_PROGRESS: _AT_WORK,
    TicketState.WAITING_INTERNAL: _RESTING,
    TicketState.WAITING_VENDOR: _RESTING,
    TicketState.FIX_SCHEDULED: {_update: 4, _resolve: 3, _go_on: 1},
    TicketState.WAITING_CUSTOMER: {_note: 1, _go_on: 0.5, _wait: 4},
}
_OPEN: _Choices = {_wait: 12, _reply: 4, _describe: 1, _escalate: 1, _cancel: 0.3}
_OF_CUSTOMERS: Mapping[TicketState, _Choices] = {
    TicketState.NEW: _OPEN,
    TicketState.TRIAGED: _OPEN,
    TicketState.IN_PROGRESS: _OPEN,
    TicketState.WAITING_INTERNAL: _OPEN,
    TicketState.WAITING_VENDOR: _OPEN,
    TicketState.FIX_SCHEDULED: {_accept: 5, _wait: 4, _reply: 2},
    TicketState.WAITING_CUSTOMER: {_reply: 6, _wait: 2, _describe: 1, _escalate: 0.5},
    TicketState.RESOLVED: {_confirm: 6, _reopen: 2, _wait: 4},
    TicketState.CLOSED: {_wait: 12, _reopen: 1},
}
