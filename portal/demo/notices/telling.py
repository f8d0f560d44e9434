"""How a notice of the demonstration is told: its words by language, its facts, and what each revision added."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.notices.models import NoticeScope, ProductRange
from portal.notices.services import Draft, Facts


@dataclass(frozen=True, slots=True)
class Edition:
    """One revision, counted in days before the demonstration begins."""

    days_ago: int
    facts: Facts
    drafts: Mapping[str, Draft]
    is_material: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """One notice from its first revision to its newest."""

    number: int
    editions: tuple[Edition, ...]


Tell = Callable[[date, Callable[..., ProductRange]], Story]
"""Given the day and the catalogue, tells one notice."""


def in_days(today: date, days: int) -> date:
    """Return a day some days from now."""
    return today + timedelta(days=days)


def day_in_words(on: date, language: str) -> str:
    """Return a day as a notice writes it."""
    return f"{on.day} {on:%B}" if language == "en" else f"{on.month} 月 {on.day} 日"


EVERYONE = NoticeScope.PUBLIC
