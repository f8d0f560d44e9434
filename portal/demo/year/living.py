"""The year itself: who has a turn when, and the worker's clock in between."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agreements import shipped
from portal.agreements.models import DayKind
from portal.agreements.queries import calendar_named, policy_named
from portal.agreements.services import CalendarDraft, save_calendar, save_policy
from portal.agreements.terms import DEFAULT, OtherDay
from portal.core.actor import SYSTEM, Actor
from portal.core.calendar import Calendar, interval
from portal.core.db import Database
from portal.demo.year.acting import Turn, act, finish_action, report
from portal.demo.year.people import People, move_in
from portal.tickets.models import Priority, Ticket, TicketState
from portal.tickets.services import settle_due
from portal.visits.models import VisitAction
from portal.visits.services import settle_actions

YEAR = 2026
BEGINS = datetime(YEAR, 1, 1, tzinfo=UTC)
_ENDS = datetime(YEAR + 1, 1, 1, tzinfo=UTC)
_RULES_CHANGE = datetime(YEAR, 7, 1, tzinfo=UTC)
_MINUTE, _LAST_WEEK = timedelta(minutes=1), timedelta(days=7)
_FORGETS, _AT_NIGHT, _ON_CALL, _LOOKS_NO_MORE = 0.12, 0.2, 0.7, 0.6
_TIDIES = 0.6
_DONE = frozenset({TicketState.DUPLICATE, TicketState.CANCELLED})


class Next(NamedTuple):
    """Somebody's next turn; the number keeps the order where two are at the same moment."""

    at: datetime
    number: int
    ticket_id: UUID | None
    by: Actor


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the year."""

    tickets: int
    turns: int
    looks: int
    """How often the worker's clock had something to do."""


def live(database: Database, *, seed: int, tickets: int) -> Tally:
    """Live through a year in a migrated, empty database."""
    chance = Random(seed)  # noqa: S311 (a simulation is to be repeatable, not to be secret)
    with database.write() as session:
        people = move_in(session, at=BEGINS)
    return _Year(database, people, chance).live(tickets)


class _Year:
    """One year: a queue of turns, and the clock."""

    def __init__(self, database: Database, people: People, chance: Random) -> None:
        self._database, self._people, self._chance = database, people, chance
        self._queue: list[Next] = []
        self._numbers = count()
        self._hours = shipped.cn_office(YEAR + 1)
        self._looks = 0

    def live(self, tickets: int) -> Tally:
        """Take one turn after the other, a day a transaction, until the year is over."""
        for _ in range(tickets):
            self._plan(self._any_moment(), None, self._chance.choice(self._people.customers))
        turns = 0
        have_rules_changed = False
        while self._queue and self._queue[0].at < _ENDS:
            day = self._queue[0].at.date()
            with self._database.write() as session:
                if not have_rules_changed and self._queue[0].at >= _RULES_CHANGE:
                    self._look_until(session, _RULES_CHANGE)
                    _change_rules(session)
                    have_rules_changed = True
                turns += sum(1 for _ in self._turns_of(session, day))
        return Tally(tickets, turns, self._looks)

    def _turns_of(self, session: Session, day: date) -> Iterator[Next]:
        while self._queue and self._queue[0].at.date() == day:
            turn = heappop(self._queue)
            self._look_until(session, turn.at)
            self._take(session, turn)
            yield turn

    def _take(self, session: Session, turn: Next) -> None:
        if turn.ticket_id is None:
            ticket = report(session, by=turn.by, at=turn.at, chance=self._chance)
            self._plan_customer(ticket, turn.by, turn.at)
            self._plan_agent(ticket, self._chance.choice(self._people.agents), turn.at)
            return
        ticket = session.get_one(Ticket, turn.ticket_id)
        was = TicketState(ticket.state)
        now = Turn(session, ticket, turn.by, turn.at, self._chance)
        if turn.by.is_agent and self._chance.random() < _TIDIES and finish_action(now):
            self._plan_agent(ticket, turn.by, turn.at)
            return
        if was in _DONE or (was is TicketState.CLOSED and turn.by.is_agent):
            return
        act(now)
        if turn.by.is_customer:
            self._plan_customer(ticket, turn.by, turn.at)
        if turn.by.is_agent or (was is TicketState.CLOSED and ticket.state != was):
            agent = turn.by if turn.by.is_agent else self._chance.choice(self._people.agents)
            self._plan_agent(ticket, agent, turn.at)

    def _look_until(self, session: Session, until: datetime) -> None:
        """Let the worker look at every full minute at which it finds something."""
        while (due := _first_due(session)) is not None:
            at = due.replace(second=0, microsecond=0) + _MINUTE
            if at > until:
                return
            settle_due(session, at=at)
            settle_actions(session, at=at)
            session.flush()
            self._looks += 1

    def _plan(self, at: datetime, ticket_id: UUID | None, by: Actor) -> None:
        heappush(self._queue, Next(at, next(self._numbers), ticket_id, by))

    def _plan_customer(self, ticket: Ticket, by: Actor, at: datetime) -> None:
        """A customer looks again after a while: sooner when they were asked something."""
        if ticket.state == TicketState.CLOSED and self._chance.random() < _LOOKS_NO_MORE:
            return
        days = self._chance.expovariate(1 / 1.5 if ticket.closes_at else 1 / 5)
        self._plan(self._in_working_time(at + timedelta(days=days), _ON_CALL), ticket.id, by)

    def _plan_agent(self, ticket: Ticket, by: Actor, at: datetime) -> None:
        """An agent writes before the next promise is due, or forgets it; out of hours only whoever is on call."""
        left = (ticket.next_due_at or at + timedelta(days=2)) - at
        if self._chance.random() < _FORGETS:
            then = at + max(left, _MINUTE) + timedelta(minutes=self._chance.randint(1, 400))
        else:
            then = at + max(left, 5 * _MINUTE) * self._chance.uniform(0.2, 0.95)
        on_call = 1.0 if ticket.priority == Priority.P1 else _ON_CALL
        self._plan(self._in_working_time(then, on_call), ticket.id, by)

    def _any_moment(self) -> datetime:
        minutes = self._chance.randrange((_ENDS - BEGINS - _LAST_WEEK) // _MINUTE)
        return self._in_working_time(BEGINS + minutes * _MINUTE, _AT_NIGHT)

    def _in_working_time(self, at: datetime, out_of_hours: float) -> datetime:
        """Return the moment, or for most of what falls out of hours one of the next working hour."""
        opens = self._hours.business_walk(at, 0)
        if opens == at or self._chance.random() < out_of_hours:
            return at
        return opens + timedelta(minutes=self._chance.randint(0, 60))


def _first_due(session: Session) -> datetime | None:
    session.flush()
    due = (
        session.execute(select(func.min(column)).where(Ticket.closed_at.is_(None))).scalar()
        for column in (Ticket.next_due_at, Ticket.warns_at, Ticket.wakes_at)
    )
    agreed = session.execute(select(func.min(VisitAction.next_due_at))).scalar()
    return min((each for each in (*due, agreed) if each is not None), default=None)


def _change_rules(session: Session) -> None:
    """In the middle of the year the office begins to close early on Fridays, and the usual promise is relaxed."""
    found, policy = calendar_named(session, shipped.CN_OFFICE), policy_named(session, DEFAULT)
    if found is None or policy is None:
        raise LookupError("the year needs what comes with the portal; run: portal db upgrade")
    weekly = {**found.calendar.weekly, 4: (interval("09:00", "12:00"), interval("13:00", "16:30"))}
    outing = OtherDay(date(YEAR, 8, 14), DayKind.SHORT, (interval("09:00", "11:00"),), "Outing")
    draft = CalendarDraft(found.calendar.name, _zone(found.calendar), weekly, (*found.other_days, outing))
    save_calendar(session, draft, by=SYSTEM, at=_RULES_CHANGE)
    relaxed = replace(policy.policy.targets, reply_working_minutes=20)
    save_policy(session, replace(policy.policy, targets=relaxed), by=SYSTEM, at=_RULES_CHANGE)


def _zone(calendar: Calendar) -> str:
    return calendar.zone.key
