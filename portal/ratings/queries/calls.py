"""The day's call list: what was solved lately and whom nobody has reached yet, low marks first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Contact, Organisation, Person
from portal.core.actor import Actor
from portal.core.models import TypedText
from portal.ratings.models import CallBack, CallOutcome, Rating, RatingKind
from portal.tickets.models import Ticket, TicketState
from portal.tickets.queries import visible_to

WINDOW = timedelta(days=7)
"""How long a solved ticket stays on the list."""
AT_ONCE = 50
_UNRATED = 3.5
"""Where a ticket without stars stands among those with them: behind the low marks, before the good ones."""


@dataclass(frozen=True, slots=True)
class Called:
    """How often somebody was called, and when last."""

    times: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToCall:
    """A solved ticket whose contact is to be called."""

    ticket_id: UUID
    reference: str
    title: str
    organisation: str
    name: str
    phone: str
    resolved_at: datetime
    stars: int | None
    words: str
    called: Called


def call_list(session: Session, actor: Actor, *, at: datetime, only: ColumnElement[bool] | None = None) -> list[ToCall]:
    """Return whom to call, low marks first; at most fifty, and whoever is reached makes room."""
    rows = session.execute(
        _calls(at)
        .where(visible_to(actor), true() if only is None else only)
        .order_by(func.coalesce(_STARS.score, _UNRATED), Ticket.resolved_at, Ticket.id)
        .limit(AT_ONCE)
    )
    return [_to_call(row) for row in rows]


def one_to_call(session: Session, actor: Actor, reference: str, *, at: datetime) -> ToCall | None:
    """Return one ticket of the call list; None where nobody is to be called about it."""
    row = session.execute(_calls(at).where(visible_to(actor), Ticket.reference == reference)).first()
    return None if row is None else _to_call(row)


def assigned_to(agent_id: UUID | None) -> ColumnElement[bool]:
    """Return the condition that a ticket is somebody's own."""
    return Ticket.assignee_id == agent_id


def led_by(agent_id: UUID | None) -> ColumnElement[bool]:
    """Return the condition that a ticket is somebody's own, or of an organisation whose service manager they are."""
    theirs = select(Organisation.id).where(Organisation.service_manager_id == agent_id)
    return or_(assigned_to(agent_id), Ticket.organisation_id.in_(theirs))


_STARS = aliased(Rating)
_TITLE = aliased(TypedText)
_WORDS = aliased(TypedText)


def _calls(at: datetime) -> Select[*tuple[Any, ...]]:
    later = aliased(Rating)
    newer = select(later.id).where(
        later.ticket_id == Ticket.id,
        later.kind == RatingKind.STARS,
        later.at > _STARS.at,
        later.at >= Ticket.resolved_at,
    )
    of_this_solution = and_(
        _STARS.ticket_id == Ticket.id,
        _STARS.kind == RatingKind.STARS,
        _STARS.at >= Ticket.resolved_at,
        ~newer.exists(),
    )
    since = and_(CallBack.ticket_id == Ticket.id, CallBack.at >= Ticket.resolved_at)
    reached = select(CallBack.id).where(since, CallBack.outcome == CallOutcome.REACHED)
    return (
        select(
            Ticket.id,
            Ticket.reference,
            Ticket.resolved_at,
            _TITLE.body.label("title"),
            Organisation.name.label("organisation"),
            Person.name,
            Person.phone,
            _STARS.score,
            _WORDS.body.label("words"),
            select(func.count()).select_from(CallBack).where(since).scalar_subquery().label("times"),
            select(func.max(CallBack.at)).where(since).scalar_subquery().label("last_at"),
        )
        .join(_TITLE, _TITLE.id == Ticket.title_id)
        .join(Organisation, Organisation.id == Ticket.organisation_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .join(Person, Person.id == Contact.person_id)
        .outerjoin(_STARS, of_this_solution)
        .outerjoin(_WORDS, _WORDS.id == _STARS.text_id)
        .where(Ticket.resolved_at > at - WINDOW, Ticket.state.in_((TicketState.RESOLVED, TicketState.CLOSED)))
        .where(~reached.exists())
    )


def _to_call(row: Row[Any]) -> ToCall:
    return ToCall(
        ticket_id=row.id,
        reference=row.reference,
        title=row.title,
        organisation=row.organisation,
        name=row.name,
        phone=row.phone or "",
        resolved_at=row.resolved_at,
        stars=row.score,
        words=row.words or "",
        called=Called(row.times, row.last_at),
    )
