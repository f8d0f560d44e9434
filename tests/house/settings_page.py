"""Write docs/settings.md from the settings themselves: `python -m tests.house.settings_page`."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from portal.settings import PREFIX, Settings
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "settings.md"
HEAD = """# Settings

Each setting is a variable in the environment of both the web and the worker process. This table is written from
`portal/settings.py` by `make settings`.

| variable | default | what it is for |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"{row(each)}\n" for each in fields(Settings))


def row(setting: Field[Any]) -> str:
    """One setting's line."""
    doc = setting.metadata["doc"].replace("|", "\\|")
    return f"| `{PREFIX}{setting.name.upper()}` | {default(setting)} | {doc} |"


def default(setting: Field[Any]) -> str:
    """A default as one would write it in the environment."""
    value = setting.default_factory() if setting.default_factory is not MISSING else setting.default
    if isinstance(value, bool):
        return f"`{int(value)}`"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value)
    return f"`{text}`" if text else "none"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
