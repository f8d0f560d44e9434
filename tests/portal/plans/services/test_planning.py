"""Writing plans down."""

import pytest

from portal.core import clock
from portal.plans import queries, services
from portal.plans.models import PlanContact
from portal.plans.permissions import PlanError
from portal.plans.services import Role
from tests.portal.plans.scene import Scene, a_plan


def changed(scene: Scene, **values: object) -> None:
    wanted = a_plan(scene.lead, scene.teller, scene.substitute, **values)
    services.write_plan(scene.session, scene.plan, plan=wanted, by=scene.actor(scene.admin), at=clock.now())


def test_exactly_one_tells_the_customers(scene: Scene) -> None:
    nobody = [Role("Leads", scene.lead.id)]
    two = [Role("", each.id, tells_customers=True) for each in (scene.lead, scene.teller)]
    for roles in (nobody, two):
        with pytest.raises(PlanError, match="one-tells"):
            changed(scene, roles=roles)


def test_whoever_tells_the_customers_does_nothing_else(scene: Scene) -> None:
    with pytest.raises(PlanError, match="only-tells"):
        changed(scene, roles=[Role("", scene.teller.id, tells_customers=True), Role("Leads", scene.teller.id)])


def test_nor_does_whoever_is_called_in_their_place_or_they_in_the_place_of_others(scene: Scene) -> None:
    teller, lead, substitute = scene.teller.id, scene.lead.id, scene.substitute.id
    for roles in (
        [Role("", teller, lead, tells_customers=True), Role("Leads", lead)],
        [Role("", teller, substitute, tells_customers=True), Role("Leads", lead, teller)],
    ):
        with pytest.raises(PlanError, match="only-tells"):
            changed(scene, roles=roles)


def test_what_somebody_said_about_drills_stays_when_the_plan_is_changed(scene: Scene) -> None:
    scene.join(scene.it_head)
    changed(scene, contacts=[scene.it_head.id])
    assert scene.session.get_one(PlanContact, (scene.plan.id, scene.it_head.id)).joins_drills_at is not None
    assert scene.session.get(PlanContact, (scene.plan.id, scene.nurse.id)) is None


def test_an_emergency_that_runs_goes_on_as_it_was_started(scene: Scene) -> None:
    emergency = scene.start()
    changed(scene, steps=[])
    page = queries.emergency_page(scene.session, scene.actor(scene.lead), emergency.id)
    assert page is not None
    assert [each.words for each in page.steps] == ["Call the IT head", "Switch to the spare database"]


def test_a_plan_is_seen_by_support_the_manager_and_those_it_names(scene: Scene) -> None:
    changed(scene, contacts=[scene.nurse.id])
    for who, sees in ((scene.lead, True), (scene.it_head, True), (scene.nurse, True), (scene.stranger, False)):
        assert bool(queries.plan_page(scene.session, scene.actor(who), scene.plan.id)) is sees
