"""Languages: which there are, which one a reader gets, and the words of each."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations

from portal.settings import ROOT

LOCALES: Mapping[str, str] = {"zh_Hans": "简体中文", "zh_Hant": "繁體中文", "en": "English"}
"""Each locale under the name its readers call it."""
LANGUAGE_TAGS: Mapping[str, str] = {"en": "en", "zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant"}
"""How each locale is written in HTML and PDF."""
SOURCE_LOCALE = "en"

_HANT_REGIONS = {"tw", "hk", "mo"}


def folder() -> Path:
    """Return where the catalogues lie."""
    return ROOT / "translations"


@lru_cache(maxsize=8)
def catalogue(locale: str) -> NullTranslations:
    """Return the words of a locale; English is the source and needs none."""
    if locale == SOURCE_LOCALE:
        return NullTranslations()
    return Translations.load(folder(), [locale])


def accepted_locale(header: str) -> str | None:
    """Return the first of our locales that an ``Accept-Language`` header asks for."""
    for tag in _by_preference(header):
        locale = _locale_for(tag)
        if locale:
            return locale
    return None


def _by_preference(header: str) -> Sequence[str]:
    weighted = []
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weighted.append((-float(quality or 1), tag.lower().replace("_", "-")))
        except ValueError:
            continue
    return [tag for _, tag in sorted(weighted, key=lambda pair: pair[0])]


def _locale_for(tag: str) -> str | None:
    parts = tag.split("-")
    if parts[0] == "en":
        return "en"
    if parts[0] != "zh":
        return None
    return "zh_Hant" if "hant" in parts or _HANT_REGIONS & set(parts) else "zh_Hans"


def in_language(texts: Mapping[str, str], locale: str) -> str:
    """Return the text in a locale, or in English where there is none."""
    return texts.get(locale) or texts.get(SOURCE_LOCALE, "")
