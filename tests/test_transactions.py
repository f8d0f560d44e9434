"""Whatever is posted happens in one transaction, with few statements in it."""

from collections.abc import Iterator

import pytest

from tests.bodies import body_for
from tests.expectations import cases
from tests.statements import Said, listening
from tests.urls import declared
from tests.world import World, a_world

BUDGETS = {
    "interviews.start": 6,
    "interviews.save_page": 5,
    "interviews.submit": 16,
    "interviews.send_emergency": 18,
    "tickets.add_reply": 14,
    "tickets.escalate": 18,
    "notices.tick": 6,
    "notices.answer": 6,
    "desk.take_ticket": 7,
    "desk.add_note": 8,
    "desk.add_update": 20,
    "desk.resolve_ticket": 17,
}
"""The most statements of what is done most, finding out who is signed in included; lower is better."""
POSTED = [line.split()[-2] for line in declared() if line.startswith("POST")]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a world in which everything can be posted."""
    with a_world(tmp_path_factory.mktemp("world")) as built:
        built.keep()
        yield built


@pytest.fixture(autouse=True)
def restored(world: World) -> Iterator[None]:
    """Bring everything back after each post."""
    yield
    world.restore()


@pytest.mark.parametrize("endpoint", sorted(set(POSTED)))
@pytest.mark.slow
def test_a_post_is_one_transaction_at_most(world: World, endpoint: str) -> None:
    for identity in ("customer", "agent"):  # tries of people unknown are counted apart, refused or not
        assert post(world, endpoint, identity)[1].transactions <= 1, identity


@pytest.mark.parametrize("endpoint", sorted(BUDGETS))
def test_what_is_done_most_takes_few_statements(world: World, endpoint: str) -> None:
    status, said = post(world, endpoint, "agent" if endpoint.startswith("desk") else "customer")
    assert status == 303
    assert said.count <= BUDGETS[endpoint]
    assert said.transactions == 1


def post(world: World, endpoint: str, identity: str) -> tuple[int, Said]:
    """Post once to an address, as somebody, with the first thing that can stand in it."""
    rule = next(each for each in world.app.url_map.iter_rules(endpoint) if "POST" in (each.methods or ()))
    address = dict(cases(world, rule)[0].values)
    built = rule.build(address)
    assert built is not None
    body = body_for(world, endpoint, address)
    world.ask(identity, "POST", built[1], data=body)  # what is read once a process is read now
    world.restore()
    with listening(world.database) as said:
        response = world.ask(identity, "POST", built[1], data=body)
    return response.status_code, said
