"""One small world in which everybody has something that somebody else must not see."""

from tests.world.everything import World, build
from tests.world.people import IDENTITIES, People
from tests.world.stopping import a_world

__all__ = ["IDENTITIES", "People", "World", "a_world", "build"]
