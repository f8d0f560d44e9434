"""How long each stage of a ticket took, as its customer saw it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from portal.board.services.folding import marks_of
from portal.core import clock
from portal.core.db import Database
from portal.tickets import services as tickets
from portal.tickets.models import Ticket, TicketState
from portal.tickets.services import Resolution, StateChange, Update
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

SOLUTION = Resolution(cause="A setting", fix="Set right", prevention="Checked")
Act = Callable[[Session, Ticket, datetime], object]


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


def stages(cast: Cast, database: Database, *acts: tuple[int, Act]) -> dict[str, int]:
    """Return the minutes of each stage of a ticket to which something happens some minutes after its report."""
    ticket, begin = a_ticket(cast), clock.now()
    with database.write() as session:
        held = session.get_one(Ticket, ticket.id)
        for minutes, act in acts:
            act(session, held, begin + timedelta(minutes=minutes))
    marks = marks_of(cast.session, [ticket.id], zone=ZoneInfo("Asia/Shanghai"))[ticket.id]
    return {
        each.measure.removeprefix("stage:"): each.total for each in marks if each.total and "stage:" in each.measure
    }


def test_work_begins_with_our_first_words_and_goes_on_when_a_customer_answers(cast: Cast, database: Database) -> None:
    chen, tang = cast.actor(cast.agent), cast.actor(cast.tang)
    asking = StateChange(to=TicketState.WAITING_CUSTOMER, words="Which ward is it?")
    taken = stages(
        cast,
        database,
        (10, lambda session, ticket, at: tickets.add_update(session, ticket, update=Update("We look"), by=chen, at=at)),
        (30, lambda session, ticket, at: tickets.change_state(session, ticket, change=asking, by=chen, at=at)),
        (70, lambda session, ticket, at: tickets.add_update(session, ticket, update=Update("Ward 3"), by=tang, at=at)),
        (150, lambda session, ticket, at: tickets.resolve(session, ticket, resolution=SOLUTION, by=chen, at=at)),
    )
    assert taken == {"received": 10, "working": 20 + 80, "you": 40}


def test_what_we_write_while_we_wait_for_a_customer_ends_no_wait(cast: Cast, database: Database) -> None:
    chen = cast.actor(cast.agent)
    asking = StateChange(to=TicketState.WAITING_CUSTOMER, words="Which ward is it?")
    taken = stages(
        cast,
        database,
        (10, lambda session, ticket, at: tickets.change_state(session, ticket, change=asking, by=chen, at=at)),
        (20, lambda session, ticket, at: tickets.add_update(session, ticket, update=Update("Or why"), by=chen, at=at)),
        (40, lambda session, ticket, at: tickets.resolve(session, ticket, resolution=SOLUTION, by=chen, at=at)),
    )
    assert taken == {"received": 10, "you": 30}
