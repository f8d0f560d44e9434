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
_AS_WRITTEN = frozenset({"name", "organisation", "region", "address", "title", "site"})
"""What may have full-width letters of its own; anything else is meant narrow."""
_MAIL = re.compile(r"[^@\s,;:<>()\[\]\"]+@[^@\s,;:<>()\[\]\"]+\.[^@\s,;:<>()\[\]\".]+")
_PHONE = re.compile(r"\+?[\d\s()./-]+")
_DIGITS = range(5, 16)
"""As many digits a phone number has."""
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m|Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_YEARS = range(1970, 2101)
_KEPT_AS_TEXT = re.compile(r'="?(.*?)"?')
_MARKED_AS_TEXT = re.compile(r"'[=+@＝＋－＠-].*")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+|\d{6,}\.0+", re.IGNORECASE)
"""A long number as a spreadsheet shortens it, or as a program writes it: its digits are lost, or others were added."""
_BROKEN = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)", re.IGNORECASE)
_NUMBERED = frozenset({"code", "phone", "organisation", "user_name"})
_JOINERS = "\u200c\u200d"
"""Marks that nobody sees, and that change what is seen beside them."""
_ZONES = frozenset(available_timezones())
_ROLES = frozenset({Role.CONTACT.value, Role.MANAGER.value})


def tidied(column: str, text: str) -> str:
    """Return what a cell means: without the marks by which spreadsheets keep text, and narrow where that is meant."""
    kept = _KEPT_AS_TEXT.fullmatch(text)
    if kept:
        text = kept[1].strip()
    elif _MARKED_AS_TEXT.fullmatch(text):
        text = text[1:]
    return text if column in _AS_WRITTEN else narrow(text)


def narrow(text: str) -> str:
    """Return text with half-width letters and digits, and without marks that nobody sees."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(each for each in plain if each in _JOINERS or unicodedata.category(each) != "Cf").strip()


def problem_of(column: str, text: str) -> str:
    """Return why a cell can't be taken; an empty text where it can."""
    if len(text) > _LONGEST.get(column, _USUAL):
        return "too-long"
    if _BROKEN.fullmatch(text):
        return "broken-formula"
    if column in _NUMBERED and _SHORTENED.fullmatch(text):
        return "shortened"
    reason, is_good = _CHECKS.get(column, ("", _anything))
    return "" if is_good(text) else reason


def read_day(text: str) -> date | None:
    """Return a day as spreadsheets write it: 2026-04-30, 2026/4/30 or 2026年4月30日; None where it is no day."""
    numbers = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
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


def _is_phone(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None and sum(each.isdecimal() for each in text) in _DIGITS


def _is_day(text: str) -> bool:
    day = read_day(text)
    return day is not None and day.year in _YEARS


_CHECKS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "email": ("not-an-address", lambda text: _MAIL.fullmatch(text) is not None),
    "phone": ("not-a-phone", _is_phone),
    "time_zone": ("not-a-zone", _ZONES.__contains__),
    "locale": ("not-a-language", LOCALES.__contains__),
    "role": ("not-a-choice", _ROLES.__contains__),
    "see_scope": ("not-a-choice", lambda text: text in {each.value for each in SeeScope}),
    "published_on": ("not-a-day", _is_day),
}
