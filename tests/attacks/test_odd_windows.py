"""Maintenance windows that no page offers to change so."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.notices.models import MaintenanceWindow
from tests.world import World


def _path(world: World) -> str:
    return f"/desk/notices/{world.ids['notice:open']}/windows/{world.ids['window:open']}"


def test_a_window_that_does_not_come_back_leaves_no_day_out(world: World) -> None:
    window_id = UUID(world.ids["window:open"])
    with world.database.write() as session:
        session.execute(update(MaintenanceWindow).where(MaintenanceWindow.id == window_id).values(rule=""))
    answer = world.ask("agent", "POST", f"{_path(world)}/skip", data={"day": "2026-05-01"}, follow_redirects=True)
    assert "The window does not come on this day." in answer.text
    with world.database.read() as session:
        assert session.scalars(select(MaintenanceWindow.skipped).filter_by(id=window_id)).one() == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_time_breaks_no_page(world: World, day: str) -> None:
    world.ask("agent", "POST", f"{_path(world)}/skip", data={"day": day})
    assert world.ask("agent", "GET", _path(world)).status_code == 200
    notice = f"/notices/{world.ids['notice:open']}"
    for path in (notice, f"{notice}/windows/{world.ids['window:open']}.ics"):
        assert world.ask("anonymous", "GET", path).status_code == 200
