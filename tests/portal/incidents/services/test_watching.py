"""What the clock writes down about alike reports."""

from datetime import timedelta

from portal.catalogue.models import Release
from portal.core import clock
from portal.incidents.models import Surge
from portal.tickets.models import Priority
from tests.portal.incidents.scene import MINUTE, Scene


def stands(surges: list[Surge]) -> list[tuple[str, str, int, bool]]:
    return [(each.fault_type, each.fingerprint, each.organisations, each.quiet_at is not None) for each in surges]


def test_ten_organisations_with_the_same_error_text_are_suspected(scene: Scene) -> None:
    scene.report_all()
    assert stands(scene.look()) == [("his-fault", "e1", 10, False)]


def test_nine_are_not_and_the_tenth_counts_when_it_comes(scene: Scene) -> None:
    for number in range(9):
        scene.report(number)
    assert scene.look() == []
    scene.report(9, minutes_ago=-1)
    assert stands(scene.look(minutes_later=1)) == [("his-fault", "e1", 10, False)]


def test_looking_again_says_nothing_twice(scene: Scene) -> None:
    scene.report_all()
    scene.look()
    assert len(scene.look(minutes_later=1)) == 1


def test_it_is_quiet_once_few_are_left_in_the_window(scene: Scene) -> None:
    scene.report_all()
    scene.look()
    surge = scene.look(minutes_later=40)[0]
    assert surge.quiet_at == clock.now() - 6 * MINUTE + timedelta(minutes=30)


def test_fewer_are_enough_where_work_has_stopped(scene: Scene) -> None:
    for number in range(4):
        scene.report(number).severity = Priority.P1
    assert stands(scene.look()) == [("his-fault", "e1", 4, False)]


def test_somebody_verified_later_counts_from_then(scene: Scene) -> None:
    tickets = scene.report_all()
    tickets[0].organisation_id = None
    assert scene.look() == []
    tickets[0].organisation_id = scene.hospitals[0].id
    assert len(scene.look(minutes_later=1)) == 1


def test_the_release_of_the_day_is_noted(scene: Scene) -> None:
    at = clock.now()
    for version, hours in (("5.6.0", 30), ("5.6.1", 3)):
        scene.session.add(Release(product_code="his", version=version, published_at=at - timedelta(hours=hours)))
    scene.report_all()
    assert scene.look()[0].release_version == "5.6.1"


def test_what_was_many_while_nobody_looked_is_past(scene: Scene) -> None:
    scene.look()
    scene.report_all()
    assert [each.quiet_at is None for each in scene.look(minutes_later=600)] == []
