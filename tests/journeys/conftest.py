"""A running portal for the journeys, and a reader in Chromium who looks closely at every page."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.journeys.live import Live, running
from tests.journeys.reader import Reader, Sight


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Return a portal that all journeys share, as people share one."""
    with running(tmp_path_factory.mktemp("live")) as portal:
        yield portal


@pytest.fixture
def a_reader(live: Live, chromium: Browser) -> Iterator[Callable[[Sight], Reader]]:
    """Return a way to get a window of one's own."""
    with ExitStack() as windows:

        def open_window(sight: Sight) -> Reader:
            context = chromium.new_context(
                viewport={"width": sight.width, "height": 900},
                java_script_enabled=sight.has_script,
                color_scheme=sight.theme,
                base_url=live.address,
            )
            windows.callback(context.close)
            return Reader.at(context, sight, live.address)

        yield open_window
