"""Choices of our forms: what is sent, and the words beside it."""

from collections.abc import Mapping

from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice


def options(words: Mapping[str, object]) -> list[SelectChoice]:
    """Return choices from values and their words."""
    return [SelectChoice(value, label) for value, label in words.items()]


def pairs(field: Field) -> list[tuple[str, object]]:
    """Return a field's choices as values and words, as pages take them."""
    return [(each.value, each.label) for each in field.choices]
