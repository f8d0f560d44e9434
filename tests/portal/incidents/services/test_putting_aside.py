"""A person puts a surge aside that is none."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import Database
from portal.core.models import AuditEntry, TypedText
from portal.incidents import queries, services
from portal.incidents.models import Surge, SurgeAside
from portal.incidents.services import AsideError
from tests.portal.incidents.scene import Scene
from tests.portal.incidents.services.test_declaring import declared
from tests.racing import together


@pytest.fixture
def surge(scene: Scene) -> Surge:
    """Return what ten hospitals have made suspected."""
    scene.report_all()
    return scene.look()[0]


def put_aside(scene: Scene, surge: Surge, reason: str = "Training today") -> bool:
    by = scene.actor(scene.agent)
    return services.put_aside(scene.session, surge, reason=reason, by=by, at=clock.now())


def on_the_desk(scene: Scene) -> int:
    return len(queries.undecided(scene.session, scene.actor(scene.second)))


def test_it_leaves_the_desk_with_time_person_and_reason(scene: Scene, surge: Surge) -> None:
    assert on_the_desk(scene) == 1
    assert put_aside(scene, surge)
    assert on_the_desk(scene) == 0
    row = scene.session.scalars(select(SurgeAside)).one()
    assert (row.person_id, row.at) == (scene.agent.person_id, clock.now())
    assert scene.session.get_one(TypedText, row.text_id).body == "Training today"
    assert "put-surge-aside" in scene.session.scalars(select(AuditEntry.action)).all()


def test_the_second_one_changes_nothing(scene: Scene, surge: Surge) -> None:
    put_aside(scene, surge)
    assert not put_aside(scene, surge, "Something else")
    assert len(scene.session.scalars(select(SurgeAside)).all()) == 1


def test_it_needs_a_reason(scene: Scene, surge: Surge) -> None:
    with pytest.raises(AsideError, match="missing"):
        put_aside(scene, surge, "  ")


def test_what_was_declared_is_not_put_aside(scene: Scene) -> None:
    declared(scene)
    with pytest.raises(AsideError, match="declared"):
        put_aside(scene, scene.session.scalars(select(Surge)).one())


def test_what_is_quiet_by_itself_is_not_put_aside(scene: Scene, surge: Surge) -> None:
    scene.look(minutes_later=60)
    with pytest.raises(AsideError, match="quiet"):
        put_aside(scene, surge)


def test_it_can_be_taken_back_once(scene: Scene, surge: Surge) -> None:
    put_aside(scene, surge)
    by = scene.actor(scene.second)
    assert services.take_back(scene.session, surge, by=by, at=clock.now())
    assert not services.take_back(scene.session, surge, by=by, at=clock.now())
    assert on_the_desk(scene) == 1
    row = scene.session.scalars(select(SurgeAside)).one()
    assert (row.taken_back_by, row.taken_back_at) == (scene.second.person_id, clock.now())


def test_after_it_was_taken_back_it_can_be_put_aside_again(scene: Scene, surge: Surge) -> None:
    put_aside(scene, surge)
    services.take_back(scene.session, surge, by=scene.actor(scene.second), at=clock.now())
    assert put_aside(scene, surge, "It is training, I have called them")
    assert on_the_desk(scene) == 0


def test_more_reports_of_it_do_not_bring_it_up_again(scene: Scene, surge: Surge) -> None:
    put_aside(scene, surge)
    for number in range(8):
        scene.report(number, minutes_ago=-2)
    scene.look(minutes_later=3)
    assert on_the_desk(scene) == 0


def test_between_half_and_enough_it_is_not_raised_anew(scene: Scene, surge: Surge) -> None:
    put_aside(scene, surge)
    for number in range(6):  # more than half of ten: not quiet yet
        scene.report(number, minutes_ago=-20)
    scene.look(minutes_later=35)
    for number in range(10):
        scene.report(number, minutes_ago=-36)
    scene.look(minutes_later=37)
    assert on_the_desk(scene) == 0


def test_once_it_was_quiet_and_is_many_again_it_comes_up_again(scene: Scene, surge: Surge) -> None:
    put_aside(scene, surge)
    scene.look(minutes_later=60)
    for number in range(10):
        scene.report(number, minutes_ago=-61)
    scene.look(minutes_later=62)
    assert on_the_desk(scene) == 1


def test_another_problem_of_the_same_module_comes_up_beside_it(scene: Scene, surge: Surge) -> None:
    put_aside(scene, surge)
    for number in range(10):
        scene.report(number, minutes_ago=1, fingerprint="e2")
    scene.look(minutes_later=1)
    assert on_the_desk(scene) == 1


def test_two_at_once_put_it_aside_once(database: Database, scene: Scene, surge: Surge) -> None:
    scene.session.commit()
    surge_id = surge.id

    def as_agent(by: Actor) -> Callable[[], bool]:
        def act() -> bool:
            with database.write() as session:
                found = queries.surge_to_change(session, by, surge_id)
                assert found is not None
                return services.put_aside(session, found, reason="Training", by=by, at=clock.now())

        return act

    assert sorted(together([as_agent(scene.actor(each)) for each in (scene.agent, scene.second)])) == [False, True]
    assert len(scene.session.scalars(select(SurgeAside.id)).all()) == 1
