"""Fixtures that tests anywhere may ask for, and how properties are tried."""

import os

from hypothesis import HealthCheck, settings

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
