"""Every address of the portal: method, rule, endpoint, and who may come in. ``python -m tests.urls`` writes it anew."""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from portal.app import create_app
from portal.settings import Settings
from portal.ui.access import Door, door_of

LIST = Path(__file__).with_name("urls.txt")
_AUTOMATIC = {"HEAD", "OPTIONS"}


def declared() -> list[str]:
    """Return every address as a line, in order."""
    app = create_app(Settings(database_url="sqlite://", secret_key="only-to-list-addresses-" * 2))
    rows = sorted((rule, method, endpoint, door) for method, rule, endpoint, door in routes(app))
    return [f"{method:<5} {rule:<70} {endpoint} {door}" for rule, method, endpoint, door in rows]


def routes(app: Flask) -> Iterator[tuple[str, str, str, Door]]:
    """Yield each method of each rule, with its endpoint and its door."""
    for rule in app.url_map.iter_rules():
        door = door_of(app, rule.endpoint)
        assert door is not None, f"{rule.endpoint} has no door"
        for method in (rule.methods or set()) - _AUTOMATIC:
            yield method, rule.rule, rule.endpoint, door


if __name__ == "__main__":
    LIST.write_text("\n".join(declared()) + "\n", encoding="utf-8")
