"""Starting a plan: a ticket has one emergency that runs, however many people start one at once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core import clock
from portal.core.db import Database
from portal.plans import messages, queries, services
from portal.plans.forms import reasons
from portal.plans.models import Emergency, EmergencyPlan, Mode
from portal.plans.permissions import EmergencyError
from portal.plans.services import Start
from portal.tickets.models import Event, EventKind, Priority, Ticket
from portal.tickets.queries import ticket_to_change
from tests.portal.plans.scene import Scene, a_plan, a_scene
from tests.portal_app import TUESDAY_MORNING
from tests.racing import together


@pytest.fixture
def everywhere(migrated: Database) -> Iterator[Scene]:
    """Return a hospital with a plan, on each of the two databases."""
    with clock.stopped_at(TUESDAY_MORNING), Session(migrated.reader, expire_on_commit=False) as session:
        yield a_scene(session)


def for_everybody(scene: Scene) -> EmergencyPlan:
    wanted = a_plan(scene.lead, scene.teller, scene.substitute)
    return services.write_plan(scene.session, None, plan=wanted, by=scene.actor(scene.admin), at=clock.now())


def start_for(scene: Scene, plan: EmergencyPlan, ticket: Ticket, **values: Any) -> Emergency:
    how = Start(Mode.REAL, "We are on it.", ticket, **values)
    return services.start(scene.session, plan, how=how, by=scene.actor(scene.lead), at=clock.now())


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


def test_tickets_of_other_organisations_have_their_own(scene: Scene) -> None:
    plan = for_everybody(scene)
    for who in (scene.it_head, scene.stranger):
        start_for(scene, plan, scene.ticket(who))
    assert len(scene.session.scalars(select(Emergency.id)).all()) == 2


def test_for_another_ticket_of_the_same_organisation_it_is_asked_first(scene: Scene) -> None:
    plan = for_everybody(scene)
    start_for(scene, plan, scene.ticket())
    other = scene.ticket(scene.nurse)
    with pytest.raises(EmergencyError, match="runs-nearby"):
        start_for(scene, plan, other)
    assert start_for(scene, plan, other, is_separate=True).ticket_id == other.id


def test_a_plan_has_one_drill_that_runs(scene: Scene) -> None:
    drill = started(scene, Mode.CLOSED)
    for mode in (Mode.CLOSED, Mode.JOINT):
        with pytest.raises(EmergencyError, match="drill-runs"):
            started(scene, mode)
    services.end(scene.session, drill, by=scene.actor(scene.lead), at=scene.later(5))
    assert started(scene, Mode.JOINT).ended_at is None


def test_a_ticket_that_could_wait_goes_first_once_its_plan_is_started_and_its_customer_reads_why(scene: Scene) -> None:
    ticket = scene.ticket()
    ticket.priority, ticket.is_emergency = Priority.P3, False
    scene.session.get_one(Person, scene.it_head.person_id).locale = "zh_Hans"
    start_for(scene, scene.plan, ticket, because=reasons())
    assert (ticket.priority, ticket.is_urgent, ticket.because) == (Priority.P1, True, "我们已为此启动应急预案。")
    found = select(Event.kind).where(Event.ticket_id == ticket.id).order_by(Event.seq)
    kinds = scene.session.scalars(found).all()
    assert kinds[-2:] == [EventKind.PRIORITISED, EventKind.UPDATED]


def test_a_ticket_that_is_urgent_already_is_not_raised_once_more(scene: Scene) -> None:
    ticket = scene.ticket()
    start_for(scene, scene.plan, ticket, because=reasons())
    kinds = scene.session.scalars(select(Event.kind).where(Event.ticket_id == ticket.id)).all()
    assert EventKind.PRIORITISED not in kinds


@pytest.mark.parametrize(("mode", "refused"), [(Mode.REAL, "runs-already"), (Mode.CLOSED, "drill-runs")])
def test_two_people_at_once_end_up_with_one(everywhere: Scene, migrated: Database, mode: Mode, refused: str) -> None:
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
                    how = Start(mode, "We are on it.", ticket_to_change(session, reference, by))
                    services.start(session, plan, how=how, by=by, at=clock.now())
            except EmergencyError as error:
                return error.code
            return "started"

        return act

    assert sorted(together([start_as(each) for each in (scene.lead, scene.admin)])) == [refused, "started"]
    assert len(scene.session.scalars(select(Emergency.id)).all()) == 1
    assert len(scene.letters(messages.CALLED)) == 2  # each of the two who are named, once
