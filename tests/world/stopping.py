"""Opening the world for a while: the clock stands still in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portal import schema
from portal.app import create_app
from portal.core import clock
from portal.core.db import open_database
from portal.settings import Settings
from tests.portal_app import TUESDAY_MORNING
from tests.world.everything import World, build
from tests.world.things import SECRET_KEY


@contextmanager
def a_world(folder: Path, url: str = "", **more: Any) -> Iterator[World]:
    """Build the world in a folder, or in an empty database elsewhere, with more settings, and close it at the end."""
    url = url or f"sqlite:///{folder / 'world.db'}"
    database = open_database(url)
    schema.upgrade(database)
    database.dispose()
    settings = Settings(
        database_url=url,
        secret_key=SECRET_KEY,
        files_folder=str(folder / "files"),
        public_url="http://localhost",
        hotline="400-000-0000",
        default_locale="en",
        secure_cookies=False,
        **more,
    )
    with clock.stopped_at(TUESDAY_MORNING):
        app = create_app(settings)
        app.config.update(WTF_CSRF_ENABLED=False)
        world = build(app)
        try:
            yield world
        finally:  # a test that fails must not leave its connections to the next one
            world.database.dispose()
