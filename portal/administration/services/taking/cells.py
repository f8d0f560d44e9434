"""What may stand in a cell of a list, and what it means."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

from portal.core.actor import Role, SeeScope
from portal.core.i18n import LOCALES

_LONGEST: Mapping[str, int] = {
    "name": 120,
    "organisation": 160,
    "region": 40,
    "tier": 20,
    "address": 300,
    "email": 254,
    "phone": 32,
    "user_name": 64,
    "title": 120,
    "site": 160,
    "modules": 600,
}
_USUAL = 60
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ZONES = frozenset(available_timezones())
_ROLES = frozenset({Role.CONTACT.value, Role.MANAGER.value})


def problem_of(column: str, text: str) -> str:
    """Return why a cell can't be taken; an empty text where it can."""
    if len(text) > _LONGEST.get(column, _USUAL):
        return "too-long"
    reason, is_good = _CHECKS.get(column, ("", _anything))
    return "" if is_good(text) else reason


def read_day(text: str) -> date | None:
    """Return a day as spreadsheets write it: 2026-04-30, 2026/4/30 or 2026年4月30日; None where it is no day."""
    numbers = re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?", unicodedata.normalize("NFKC", text)
    )
    try:
        return date(*(int(each) for each in numbers.groups())) if numbers else None
    except ValueError:
        return None


def moment_of(day: date) -> datetime:
    """Return when a day begins."""
    return datetime.combine(day, time(), UTC)


def listed(text: str) -> list[str]:
    """Return what a cell names, one after the other."""
    return [each for each in re.split(r"[;；、,，|\s]+", text) if each]


def _anything(_: str) -> bool:
    return True


_CHECKS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "email": ("not-an-address", lambda text: _MAIL.fullmatch(text) is not None),
    "phone": ("not-a-number", lambda text: any(each.isdecimal() for each in text)),
    "time_zone": ("not-a-zone", _ZONES.__contains__),
    "locale": ("not-a-language", LOCALES.__contains__),
    "role": ("not-a-choice", _ROLES.__contains__),
    "see_scope": ("not-a-choice", lambda text: text in {each.value for each in SeeScope}),
    "published_on": ("not-a-day", lambda text: read_day(text) is not None),
}
