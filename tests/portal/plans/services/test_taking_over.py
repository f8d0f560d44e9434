"""Somebody else tells the customers: one at a time, and whoever does something is there."""

import pytest
from sqlalchemy import select

from portal.accounts.models import Agent
from portal.plans import messages, services
from portal.plans.models import Emergency, EmergencyEntry, EmergencyStep, EntryKind, Mode
from portal.plans.permissions import EmergencyError, may_tell
from portal.plans.services import News
from portal.teams.models import DutyTurn
from tests.factories import an_agent
from tests.portal.plans.scene import Scene


def tellers(scene: Scene, emergency: Emergency) -> list[Agent]:
    everybody = (scene.lead, scene.teller, scene.substitute, scene.admin)
    return [each for each in everybody if may_tell(scene.actor(each), scene.calls(emergency))]


def take_over(scene: Scene, emergency: Emergency, who: Agent, minute: int) -> None:
    services.take_over(scene.session, emergency, by=scene.actor(who), at=scene.later(minute))


def logged(scene: Scene) -> list[EntryKind]:
    return list(scene.session.scalars(select(EmergencyEntry.kind).order_by(EmergencyEntry.seq)))


def test_whoever_is_named_takes_over_and_is_the_only_one_who_tells_the_customers(scene: Scene) -> None:
    emergency = scene.start(Mode.REAL)
    services.pass_on(scene.session, at=scene.later(15))
    take_over(scene, emergency, scene.lead, 16)
    assert tellers(scene, emergency) == [scene.lead]
    services.tell(scene.session, emergency, news=News("The disk."), by=scene.actor(scene.lead), at=scene.later(17))
    with pytest.raises(EmergencyError, match="not-yours"):
        services.tell(scene.session, emergency, news=News("Mine."), by=scene.actor(scene.teller), at=scene.later(18))
    assert logged(scene).count(EntryKind.TAKEN_OVER) == 1


def test_it_is_taken_back_by_the_same_way(scene: Scene) -> None:
    emergency = scene.start()
    for minute, who in enumerate((scene.substitute, scene.teller), start=1):
        take_over(scene, emergency, who, minute)
        assert tellers(scene, emergency) == [who]


def test_whoever_does_it_already_changes_nothing(scene: Scene) -> None:
    emergency = scene.start()
    take_over(scene, emergency, scene.teller, 1)
    assert EntryKind.TAKEN_OVER not in logged(scene)
    assert len(scene.calls(emergency)) == 2


def test_whoever_is_neither_named_nor_on_duty_does_not(scene: Scene) -> None:
    emergency, passer_by = scene.start(), an_agent(scene.session, "Sun Lei")
    with pytest.raises(EmergencyError, match="not-named"):
        take_over(scene, emergency, passer_by, 1)


def test_whoever_is_on_duty_takes_over(scene: Scene) -> None:
    emergency, guard = scene.start(), an_agent(scene.session, "Sun Lei")
    scene.session.add(DutyTurn(agent_id=guard.id, from_at=scene.later(-60), made_at=scene.later(-60)))
    scene.session.flush()
    take_over(scene, emergency, guard, 1)
    assert may_tell(scene.actor(guard), scene.calls(emergency))


def test_nobody_else_is_called_for_what_was_taken_over(scene: Scene) -> None:
    emergency = scene.start()
    take_over(scene, emergency, scene.lead, 5)
    assert emergency.assembled_at == scene.later(5)
    assert services.pass_on(scene.session, at=scene.later(60)) == 0
    assert len(scene.letters(messages.CALLED)) == 2


def test_telling_the_customers_and_ticking_a_step_off_say_that_one_is_there(scene: Scene) -> None:
    emergency = scene.start()
    services.tell(scene.session, emergency, news=News("News"), by=scene.actor(scene.teller), at=scene.later(4))
    step = scene.session.get_one(EmergencyStep, (emergency.id, 0))
    services.finish_step(scene.session, emergency, step, by=scene.actor(scene.lead), at=scene.later(6))
    assert [each.answered_at for each in scene.calls(emergency)] == [scene.later(4), scene.later(6)]
    assert emergency.assembled_at == scene.later(6)


def test_after_the_end_nobody_takes_over(scene: Scene) -> None:
    emergency = scene.start()
    services.end(scene.session, emergency, by=scene.actor(scene.lead), at=scene.later(5))
    with pytest.raises(EmergencyError, match="has-ended"):
        take_over(scene, emergency, scene.lead, 6)
