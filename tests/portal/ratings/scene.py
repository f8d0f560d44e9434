"""What the tests of ratings begin with and look at."""

from datetime import datetime

from sqlalchemy import select

from portal.core import clock
from portal.ratings import queries, services
from portal.ratings.models import Rating, RatingKind, RatingSource
from portal.ratings.services import Answer
from portal.tickets import services as tickets
from portal.tickets.models import Ticket
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import SOLVED


def a_solved_ticket(cast: Cast, *, at: datetime | None = None, is_confirmed: bool = True) -> Ticket:
    """Open a ticket, solve it, and let the customer confirm it."""
    at = at or clock.now()
    ticket = a_ticket(cast, at=at)
    agent = cast.actor(cast.agent)
    tickets.assign(cast.session, ticket, agent_id=cast.agent.id, by=agent, at=at)
    tickets.resolve(cast.session, ticket, resolution=SOLVED, by=agent, at=at)
    if is_confirmed:
        tickets.confirm(cast.session, ticket, by=cast.actor(cast.tang), at=at)
    cast.session.commit()
    return ticket


def an_answered_ticket(cast: Cast, *, at: datetime | None = None) -> Ticket:
    """Open a ticket to which somebody of ours has written."""
    ticket = a_ticket(cast, at=at or clock.now())
    update = tickets.Update("We are looking at it.")
    tickets.add_update(cast.session, ticket, update=update, by=cast.actor(cast.agent), at=at or clock.now())
    cast.session.commit()
    return ticket


def rate(
    cast: Cast,
    ticket: Ticket,
    score: int,
    kind: RatingKind = RatingKind.STARS,
    *,
    at: datetime | None = None,
    words: str = "",
) -> Rating | None:
    """Let the contact of a ticket say what they think."""
    subject = queries.rating_subject(cast.session, ticket.id, cast.tang.person_id)
    assert subject is not None
    answer = Answer(kind, score, RatingSource.PAGE, words)
    row = services.rate(cast.session, subject, answer=answer, at=at or clock.now())
    cast.session.commit()
    return row


def scores(cast: Cast) -> list[tuple[str, int, str]]:
    """Return what was said, the first first."""
    cast.session.expire_all()
    rows = cast.session.scalars(select(Rating).order_by(Rating.at, Rating.id))
    return [(row.kind, row.score, row.source) for row in rows]
