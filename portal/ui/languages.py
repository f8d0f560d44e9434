"""Which language, zone and theme this reader gets."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g, has_request_context, request

from portal.core.i18n import LOCALES, accepted_locale
from portal.settings import Settings
from portal.ui.access import current_actor

LOCALE_COOKIE = "locale"
THEME_COOKIE = "theme"
THEMES = ("system", "light", "dark")


def settings() -> Settings:
    """Return how this portal is set up."""
    return cast(Settings, current_app.extensions["plainport.settings"])


def portal_zone() -> ZoneInfo:
    """Return the zone that the portal's own days are counted in."""
    return ZoneInfo(settings().time_zone)


def current_locale() -> str:
    """Return what the reader chose, else what their browser asks for, else the portal's own language."""
    if not has_request_context():
        return str(g.get("locale") or settings().default_locale)
    if "locale" not in g:
        g.locale = _chosen() or accepted_locale(request.headers.get("Accept-Language", "")) or settings().default_locale
    return str(g.locale)


def _chosen() -> str | None:
    asked = request.cookies.get(LOCALE_COOKIE) or current_actor().locale
    return asked if asked in LOCALES else None


def current_zone() -> ZoneInfo:
    """Return the zone in which the reader's times are shown."""
    if "zone" in g:
        return cast(ZoneInfo, g.zone)
    actor = current_actor()
    return ZoneInfo(actor.time_zone if actor.is_signed_in else settings().time_zone)


def current_theme() -> str:
    """Return system, light or dark, as the reader chose."""
    asked = request.cookies.get(THEME_COOKIE, "system")
    return asked if asked in THEMES else "system"


@contextmanager
def reading_as(locale: str, time_zone: str) -> Iterator[None]:
    """Speak to a reader who isn't the one asking: mails and documents made by the worker."""
    with current_app.app_context():
        g.locale, g.zone = locale, ZoneInfo(time_zone)
        yield
