"""The page of settings, written from the settings themselves."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from portal.settings import PREFIX, Settings

HEAD = """# Settings

Each setting is a variable in the environment of both the web and the worker process. This table is written from
`portal/settings.py` by `make settings`.

| variable | default | what it is for |
| --- | --- | --- |
"""


def page() -> str:
    """Return the whole page as Markdown."""
    return HEAD + "".join(f"{_row(each)}\n" for each in fields(Settings))


def _row(setting: Field[Any]) -> str:
    doc = setting.metadata["doc"].replace("|", "\\|")
    return f"| `{PREFIX}{setting.name.upper()}` | {_default(setting)} | {doc} |"


def _default(setting: Field[Any]) -> str:
    """Return a default as one would write it in the environment."""
    value = setting.default_factory() if setting.default_factory is not MISSING else setting.default
    if isinstance(value, bool):
        return f"`{int(value)}`"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value)
    return f"`{text}`" if text else "none"
