"""Starting a plan: a ticket has one emergency that runs, however many people start one at once."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent
from portal.core import clock
from portal.core.db import Database
from portal.plans import messages, queries, services
from portal.plans.models import Emergency, Mode
from portal.plans.permissions import EmergencyError
from portal.plans.services import Start
from portal.tickets.models import Ticket
from portal.tickets.queries import ticket_to_change
from tests.portal.plans.scene import Scene, a_scene
from tests.portal_app import TUESDAY_MORNING
from tests.racing import together


@pytest.fixture
def everywhere(migrated: Database) -> Iterator[Scene]:
    """Return a hospital with a plan, on each of the two databases."""
    with clock.stopped_at(TUESDAY_MORNING), Session(migrated.reader, expire_on_commit=False) as session:
        yield a_scene(session)


def started(scene: Scene, mode: Mode, ticket: Ticket | None = None, words: str = "We are on it.") -> Emergency:
    how = Start(mode, words, ticket)
    return services.start(scene.session, scene.plan, how=how, by=scene.actor(scene.lead), at=clock.now())


def test_a_ticket_whose_emergency_runs_gets_no_second_one(scene: Scene) -> None:
    ticket = scene.ticket()
    started(scene, Mode.REAL, ticket)
    with pytest.raises(EmergencyError, match="runs-already"):
        started(scene, Mode.REAL, ticket)


@pytest.mark.parametrize("mode", [Mode.CLOSED, Mode.JOINT])
def test_a_drill_beside_a_real_one_is_possible(scene: Scene, mode: Mode) -> None:
    ticket = scene.ticket()
    started(scene, Mode.REAL, ticket)
    assert started(scene, mode, ticket).ticket_id is None


def test_after_the_end_it_can_be_started_again(scene: Scene) -> None:
    ticket = scene.ticket()
    services.end(scene.session, started(scene, Mode.REAL, ticket), by=scene.actor(scene.lead), at=scene.later(5))
    assert started(scene, Mode.REAL, ticket, "It is back, and so are we.").ended_at is None


def test_other_tickets_have_their_own(scene: Scene) -> None:
    first, second = (started(scene, Mode.REAL, scene.ticket()) for _ in range(2))
    assert first.id != second.id


def test_two_people_at_once_end_up_with_one(everywhere: Scene, migrated: Database) -> None:
    scene = everywhere
    reference, plan_id = scene.ticket().reference, scene.plan.id
    scene.session.commit()

    def start_as(who: Agent) -> Callable[[], str]:
        by = scene.actor(who)

        def act() -> str:
            try:
                with migrated.write() as session:
                    plan = queries.plan_to_change(session, by, plan_id)
                    assert plan is not None
                    how = Start(Mode.REAL, "We are on it.", ticket_to_change(session, reference, by))
                    services.start(session, plan, how=how, by=by, at=clock.now())
            except EmergencyError as error:
                return error.code
            return "started"

        return act

    assert sorted(together([start_as(each) for each in (scene.lead, scene.admin)])) == ["runs-already", "started"]
    assert len(scene.session.scalars(select(Emergency.id)).all()) == 1
    assert len(scene.letters(messages.CALLED)) == 2  # each of the two who are named, once
