"""The list of features, for whoever needs all of them: wiring and migrations."""

from importlib import import_module
from importlib.util import find_spec

FEATURES: tuple[str, ...] = (
    "accounts",
    "catalogue",
    "files",
    "outbox",
    "printing",
    "chat",
    "questionnaires",
    "replies",
    "agreements",
    "knowledge",
    "phrasebook",
    "notices",
    "formats",
    "tickets",
    "incidents",
    "plans",
    "visits",
    "lessons",
    "faults",
    "interviews",
    "ratings",
    "teams",
    "summaries",
    "board",
    "administration",
    "privacy",
    "home",
    "desk",
)
"""Each a folder of ``portal/``."""


def import_models() -> None:
    """Import every table, so that the metadata is whole."""
    for name in ("core", *FEATURES):
        if find_spec(f"portal.{name}.models"):
            import_module(f"portal.{name}.models")
