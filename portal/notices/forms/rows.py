"""Rows of a form that are added, moved and removed by its buttons; no script is needed."""

from collections.abc import Mapping
from typing import Any

from wtforms.fields import FieldList

MOST = 60
"""Rows that a form takes; far more than anyone reads."""


def rearrange(rows: FieldList, pressed: Mapping[str, str]) -> bool:
    """Add, move or remove a row as the pressed button says; returns whether one of these buttons was pressed.

    The buttons are named after the rows, such as ``steps-up`` with the row's place, counted from 1.
    """
    values = [entry.data for entry in rows]
    for what in ("add", "up", "down", "remove"):
        name = f"{rows.name}-{what}"
        if name in pressed:
            place = int(pressed[name]) - 1 if pressed[name].isdecimal() else -1
            _CHANGES[what](values, place)
            rows.process(None, values[:MOST])
            return True
    return False


def _add(values: list[dict[str, Any]], _place: int) -> None:
    values.append({})


def _up(values: list[dict[str, Any]], place: int) -> None:
    if 0 < place < len(values):
        values[place - 1], values[place] = values[place], values[place - 1]


def _down(values: list[dict[str, Any]], place: int) -> None:
    _up(values, place + 1)


def _remove(values: list[dict[str, Any]], place: int) -> None:
    if 0 <= place < len(values):
        del values[place]


_CHANGES = {"add": _add, "up": _up, "down": _down, "remove": _remove}
