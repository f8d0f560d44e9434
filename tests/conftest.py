"""Fixtures that tests anywhere may ask for, and how properties are tried."""

import os

import pytest
from hypothesis import HealthCheck, settings

_OPEN_PAGES = {"client", "signed_in", "world"}
"""Fixtures that give a test somebody's browser."""

pytest_plugins = ["tests.browser", "tests.engines", "tests.portal_app", "tests.postgres"]

# A slow machine is no fault of the code, so no property has a deadline. A landing tries the same examples each
# time, or somebody's change would be stopped by what another one broke; at home each run looks at new ones.
settings.register_profile("home", deadline=None)
settings.register_profile(
    "landing",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("landing" if os.environ.get("CI") else "home")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Know the tests that open pages: there are thousands, and they take two thirds of the time."""
    for item in items:
        if isinstance(item, pytest.Function) and _OPEN_PAGES & set(item.fixturenames):
            item.add_marker(pytest.mark.page)
