"""The same form sent several times at once: it happens once, and everybody hears the same."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.outbox.models import OutboxMessage
from portal.tickets.models import Event, Participant, Ticket
from tests.bodies import body_for
from tests.postgres import new_database
from tests.racing import together
from tests.world import World, a_world

TIMES = 6
POSTS: Mapping[str, tuple[str, str, str]] = {
    "reply": ("customer", "tickets.add_reply", "/tickets/{ticket:mine}/replies"),
    "cancel": ("customer", "tickets.cancel", "/tickets/{ticket:mine}/cancel"),
    "escalate": ("customer", "tickets.escalate", "/tickets/{ticket:mine}/escalate"),
    "share": ("customer", "tickets.share", "/tickets/{ticket:mine}/shares"),
    "submit": ("customer", "interviews.submit", "/interviews/{draft:customer}/submit"),
    "lane": ("customer", "interviews.send_lane", "/emergency"),
    "emergency": ("customer", "interviews.send_emergency", "/emergency/{draft:customer}"),
    "call-back": ("anonymous", "call-back", "/emergency"),
    "note": ("agent", "desk.add_note", "/desk/tickets/{ticket:mine}/notes"),
    "update": ("agent", "desk.add_update", "/desk/tickets/{ticket:mine}/updates"),
}
"""What is sent, by whom and where."""
CALL_BACK = {
    "what": "All is down",
    "phone": "010-5555-0199",
    "name": "Tang",
    "organisation": "Hospital",
    "once": "0" * 32,
}
COUNTED = (Ticket, Event, OutboxMessage, Participant)


def counts(world: World) -> list[int]:
    """Return how many rows there are of what must not be there twice."""
    with world.database.read() as session:
        return [session.execute(select(func.count()).select_from(each)).scalar_one() for each in COUNTED]


def send(world: World, name: str) -> tuple[int, str]:
    """Send a form once; returns how it was answered and where it leads."""
    identity, endpoint, path = POSTS[name]
    for thing, value in world.ids.items():
        path = path.replace("{" + thing + "}", value)
    address = {"reference": world.ids["ticket:mine"]}
    body = CALL_BACK if endpoint == "call-back" else body_for(world, endpoint, address)
    answer = world.ask(identity, "POST", path, data=body)
    return answer.status_code, answer.headers.get("Location", "")


def grown_by(world: World, name: str, times: int) -> list[int]:
    """Return how many rows more there are after sending a form some times at once."""
    before = counts(world)
    answers = together([lambda: send(world, name)] * times)
    assert {status for status, _ in answers} == {303}
    assert len({where for _, where in answers}) == 1
    return [now - then for then, now in zip(before, counts(world), strict=True)]


@pytest.mark.parametrize("name", POSTS)
def test_it_happens_once(world: World, name: str) -> None:
    once = grown_by(world, name, 1)
    world.restore()
    assert sum(once) > 0
    assert grown_by(world, name, TIMES) == once


@pytest.mark.slow
@pytest.mark.postgres
def test_it_happens_once_on_postgresql(postgres_cluster: Path, tmp_path: Path) -> None:
    for number, name in enumerate(POSTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with new_database(postgres_cluster) as url, a_world(folder, url) as strict:
            tickets, events, *_ = grown_by(strict, name, TIMES)
            assert tickets <= 1, name
            assert events <= 3, name
