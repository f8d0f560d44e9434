"""The world that is attacked, for tests that need one of everybody."""

from collections.abc import Iterator

import pytest

from tests.world import World, a_world


@pytest.fixture(scope="module")
def kept_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Build the world once for a file of tests."""
    with a_world(tmp_path_factory.mktemp("world")) as built:
        built.keep()
        yield built


@pytest.fixture
def world(kept_world: World) -> Iterator[World]:
    """Return the world as it was built, whatever a test does to it."""
    yield kept_world
    kept_world.restore()
