"""Fixtures that tests anywhere may ask for."""

pytest_plugins = ["tests.browser", "tests.engines", "tests.portal_app", "tests.postgres"]
