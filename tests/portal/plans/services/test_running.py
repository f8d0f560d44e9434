"""A plan that runs: who is called, who answers, what is done and what customers are told."""

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.plans import messages, queries, services
from portal.plans.models import EmergencyEntry, EmergencyStep, EntryKind, Mode
from portal.plans.permissions import EmergencyError
from portal.plans.services import News, Start
from portal.tickets.models import Outcome, Promise, PromiseKind, PromiseOutcome
from portal.tickets.services import settle_due
from tests.portal.plans.scene import Scene


def kinds(scene: Scene) -> list[str]:
    return list(scene.session.scalars(select(EmergencyEntry.kind).order_by(EmergencyEntry.seq)))


def test_everybody_who_is_named_is_called_and_has_a_quarter_of_an_hour(scene: Scene) -> None:
    emergency = scene.start()
    assert [(each.agent_id, each.answer_by) for each in scene.calls(emergency)] == [
        (scene.teller.id, scene.later(15)),
        (scene.lead.id, scene.later(15)),
    ]
    assert len(scene.letters(messages.CALLED)) == 2


def test_it_is_written_down_when_everybody_is_there_and_who_answered(scene: Scene) -> None:
    emergency = scene.start()
    services.answer(scene.session, emergency, by=scene.actor(scene.lead), at=scene.later(3))
    assert emergency.assembled_at is None
    services.answer(scene.session, emergency, by=scene.actor(scene.teller), at=scene.later(9))
    assert emergency.assembled_at == scene.later(9)
    assert kinds(scene) == ["started", "answered", "answered", "assembled"]


def test_whoever_answers_twice_is_written_down_once(scene: Scene) -> None:
    emergency = scene.start()
    for minute in (3, 4):
        services.answer(scene.session, emergency, by=scene.actor(scene.lead), at=scene.later(minute))
    assert kinds(scene).count("answered") == 1


def test_the_next_is_called_where_somebody_has_not_answered_in_time(scene: Scene) -> None:
    emergency = scene.start()
    assert services.pass_on(scene.session, at=scene.later(14)) == 0
    services.answer(scene.session, emergency, by=scene.actor(scene.teller), at=scene.later(14))
    assert services.pass_on(scene.session, at=scene.later(15)) == 1
    called = scene.calls(emergency)[-1]
    assert (called.agent_id, called.answer_by) == (scene.substitute.id, scene.later(30))
    services.answer(scene.session, emergency, by=scene.actor(scene.substitute), at=scene.later(20))
    assert emergency.assembled_at == scene.later(20)


def test_whoever_started_it_hears_that_nobody_is_left_to_call(scene: Scene) -> None:
    scene.start()
    services.pass_on(scene.session, at=scene.later(15))
    found = scene.letters(messages.NOBODY_LEFT)
    assert [each.person_id for each in found] == [scene.lead.person_id]
    assert "nobody_left" in kinds(scene)


def test_after_the_end_nobody_is_called_any_more(scene: Scene) -> None:
    emergency = scene.start()
    services.end(scene.session, emergency, by=scene.actor(scene.lead), at=scene.later(5))
    assert services.pass_on(scene.session, at=scene.later(15)) == 0


def test_each_step_is_ticked_off_once_with_who_and_when(scene: Scene) -> None:
    emergency = scene.start()
    step = scene.session.get_one(EmergencyStep, (emergency.id, 0))
    for who in (scene.lead, scene.teller):
        services.finish_step(scene.session, emergency, step, by=scene.actor(who), at=scene.later(6))
    assert (step.done_at, step.done_by) == (scene.later(6), scene.lead.person_id)
    done = scene.session.scalars(select(EmergencyEntry).where(EmergencyEntry.kind == EntryKind.STEP_DONE)).one()
    assert done.facts == {"step": "Call the IT head", "was_in_time": False}


def test_a_real_one_promises_the_customer_an_update_as_often_as_the_plan_says(scene: Scene) -> None:
    emergency = scene.start(Mode.REAL)
    services.answer(scene.session, emergency, by=scene.actor(scene.teller), at=scene.later(1))
    assert open_promises(scene) == [scene.later(30)]
    services.tell(
        scene.session, emergency, news=News("It is the disk."), by=scene.actor(scene.teller), at=scene.later(20)
    )
    assert open_promises(scene) == [scene.later(50)]
    assert emergency.next_update_at == scene.later(50)
    assert Outcome.KEPT in set(scene.session.scalars(select(PromiseOutcome.outcome)))


def test_an_update_that_does_not_come_is_a_promise_that_was_missed(scene: Scene) -> None:
    scene.start(Mode.REAL)
    settle_due(scene.session, at=scene.later(31))
    assert Outcome.MISSED in set(scene.session.scalars(select(PromiseOutcome.outcome)))


def open_promises(scene: Scene) -> list[object]:
    return list(
        scene.session.scalars(
            select(Promise.due_at)
            .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
            .where(Promise.kind == PromiseKind.NEXT_UPDATE, PromiseOutcome.promise_id.is_(None))
        )
    )


def test_only_the_one_whose_job_it_is_tells_the_customers(scene: Scene) -> None:
    emergency = scene.start(Mode.REAL)
    with pytest.raises(EmergencyError, match="not-yours"):
        services.tell(scene.session, emergency, news=News("News"), by=scene.actor(scene.lead), at=scene.later(5))


def test_a_real_one_needs_a_ticket(scene: Scene) -> None:
    with pytest.raises(EmergencyError, match="needs-ticket"):
        services.start(
            scene.session, scene.plan, how=Start(Mode.REAL, "News"), by=scene.actor(scene.lead), at=scene.later(0)
        )


def test_a_plan_agreed_with_one_organisation_is_not_started_for_another(scene: Scene) -> None:
    ticket = scene.ticket()
    ticket.organisation_id = scene.elsewhere.id
    how = Start(Mode.REAL, "News", ticket)
    with pytest.raises(EmergencyError, match="not-theirs"):
        services.start(scene.session, scene.plan, how=how, by=scene.actor(scene.lead), at=scene.later(0))


def test_a_drill_is_on_every_page_of_support_and_of_those_who_take_part_until_it_ends(scene: Scene) -> None:
    scene.join(scene.it_head)
    emergency = scene.start(Mode.JOINT)
    reached = set(scene.session.scalars(select(Person.id).where(Person.drill_id == emergency.id)))
    agents = {each.person_id for each in (scene.lead, scene.teller, scene.substitute, scene.admin)}
    assert reached == agents | {scene.it_head.person_id}
    services.end(scene.session, emergency, by=scene.actor(scene.lead), at=scene.later(5))
    assert scene.session.scalars(select(Person.id).where(Person.drill_id.is_not(None))).all() == []


def test_a_joint_drill_reaches_those_who_said_that_they_take_part_and_nobody_else(scene: Scene) -> None:
    scene.join(scene.it_head)
    emergency = scene.start(Mode.JOINT)
    services.tell(scene.session, emergency, news=News("News"), by=scene.actor(scene.teller), at=scene.later(5))
    found = scene.letters(messages.DRILL_BEGINS, messages.DRILL_TELLS)
    assert [each.person_id for each in found] == [scene.it_head.person_id] * 2


def test_a_closed_drill_has_nothing_for_anybody_outside(scene: Scene) -> None:
    scene.join(scene.it_head)
    emergency = scene.start(Mode.CLOSED)
    services.tell(scene.session, emergency, news=News("News"), by=scene.actor(scene.teller), at=scene.later(5))
    assert scene.letters(messages.DRILL_BEGINS, messages.DRILL_TELLS) == []
    assert emergency.ticket_id is None


def test_whoever_left_the_drills_is_not_found_at_the_delivery(scene: Scene) -> None:
    scene.join(scene.it_head)
    emergency = scene.start(Mode.JOINT)
    assert queries.drill_for(scene.session, emergency.id, scene.it_head.person_id) is not None
    assert queries.drill_for(scene.session, emergency.id, scene.nurse.person_id) is None
