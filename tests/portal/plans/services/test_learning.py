"""What was learned, and what is done because of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.models import TypedText
from portal.plans import queries, services
from portal.plans.models import Emergency, EmergencyAction, Mode
from portal.plans.permissions import EmergencyError
from portal.plans.services import Agreed, Lessons
from portal.tickets.models import Outcome, Promise, PromiseKind, PromiseOutcome
from tests.portal.plans.scene import Scene

DAY = timedelta(days=1)


def looked_back(scene: Scene, mode: Mode, *, days: int = 3) -> Emergency:
    emergency, at = scene.start(mode), clock.now()
    by = scene.actor(scene.lead)
    services.end(scene.session, emergency, by=by, at=at)
    wanted = Lessons("The disk was full.", "It is watched now.", "It works again.", [lesson(days)])
    services.look_back(scene.session, emergency, lessons=wanted, by=by, at=at)
    return emergency


def lesson(days: int) -> Agreed:
    return Agreed("Watch the disk", (clock.now() + days * DAY).date())


def promises(scene: Scene) -> list[tuple[str, str | None]]:
    rows = scene.session.execute(
        select(Promise.kind, PromiseOutcome.outcome)
        .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
        .where(Promise.kind == PromiseKind.ACTION)
        .order_by(Promise.due_at)
    )
    return [(row.kind, row.outcome) for row in rows]


def action(scene: Scene) -> EmergencyAction:
    return scene.session.scalars(select(EmergencyAction)).one()


def test_what_is_done_because_of_a_real_one_is_a_promise(scene: Scene) -> None:
    looked_back(scene, Mode.REAL)
    assert promises(scene) == [("action", None)]
    assert action(scene).next_due_at is not None


def test_doing_it_in_time_keeps_the_promise(scene: Scene) -> None:
    emergency = looked_back(scene, Mode.REAL)
    for _ in range(2):  # whoever says so twice changes nothing
        services.finish_action(
            scene.session, emergency, action(scene), by=scene.actor(scene.lead), at=clock.now() + DAY
        )
    assert promises(scene) == [("action", Outcome.KEPT)]
    assert action(scene).done_at == clock.now() + DAY


def test_what_is_not_done_in_time_gets_an_apology_and_another_day(scene: Scene) -> None:
    looked_back(scene, Mode.REAL)
    assert services.settle_actions(scene.session, at=clock.now() + 4 * DAY) == 1
    scene.session.flush()
    assert promises(scene) == [("action", Outcome.MISSED), ("action", None)]


def test_what_is_done_because_of_a_drill_promises_nobody_anything(scene: Scene) -> None:
    emergency = looked_back(scene, Mode.CLOSED)
    assert promises(scene) == []
    assert services.settle_actions(scene.session, at=clock.now() + 4 * DAY) == 0
    services.finish_action(scene.session, emergency, action(scene), by=scene.actor(scene.lead), at=clock.now())
    assert action(scene).done_at == clock.now()


def test_nobody_looks_back_before_the_end_or_twice(scene: Scene) -> None:
    emergency = looked_back(scene, Mode.CLOSED)
    by, wanted = scene.actor(scene.lead), Lessons("Why", "How", "What")
    with pytest.raises(EmergencyError, match="looked-back"):
        services.look_back(scene.session, emergency, lessons=wanted, by=by, at=clock.now())
    with pytest.raises(EmergencyError, match="not-ended"):
        services.look_back(scene.session, scene.start(), lessons=wanted, by=by, at=clock.now())


def test_a_day_that_has_passed_is_refused(scene: Scene) -> None:
    with pytest.raises(EmergencyError, match="due-has-passed"):
        looked_back(scene, Mode.CLOSED, days=-1)


def test_the_organisation_reads_of_what_was_real_and_of_joint_drills(scene: Scene) -> None:
    found = {mode: looked_back(scene, mode).id for mode in Mode}
    for who, seen in ((scene.it_head, {Mode.REAL, Mode.JOINT}), (scene.stranger, set()), (scene.lead, set(Mode))):
        actor = scene.actor(who)
        assert {mode for mode, each in found.items() if queries.summary_page(scene.session, actor, each)} == seen


def test_what_was_learned_is_kept_as_typed_text_that_can_be_erased(scene: Scene) -> None:
    looked_back(scene, Mode.CLOSED)
    kept = set(scene.session.scalars(select(TypedText.body).where(TypedText.person_id == scene.lead.person_id)))
    assert {"The disk was full.", "It is watched now.", "It works again.", "Watch the disk"} <= kept
