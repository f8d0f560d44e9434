"""Answering with a page: the frame's values, the reader's language, and places that other features fill."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from flask import Flask, current_app, flash, get_flashed_messages, redirect, request, url_for
from jinja2 import pass_environment
from jinja2.runtime import Macro
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.core import i18n
from portal.core.actor import Actor
from portal.ui import htmx, languages, menu, moments, prose
from portal.ui.access import current_actor
from portal.ui.addresses import address_of
from portal.ui.browsers import browser_name
from portal.ui.environments import LanguageEnvironment, environments_for
from portal.ui.redirects import own_path

SlotFiller = Callable[..., str | None]


_LINKS = {
    "home": "home.show",
    "account": "accounts.show_account",
    "sign_in": "accounts.sign_in",
    "language": "accounts.choose_language",
    "theme": "accounts.choose_theme",
    "accessibility": "home.show_accessibility",
    "privacy": "home.show_privacy",
}
"""Where the frame's own links lead."""


@dataclass(frozen=True, slots=True)
class Site:
    """Who runs the portal, in the reader's language."""

    vendor_name: str
    service_name: str
    hotline: str
    hotline_hours: str
    support_email: str
    return_address: str


def N_(text: str) -> str:  # noqa: N802 (the name that extraction knows)
    """Mark a text for translation that is translated where it is shown."""
    return text


def page(template: str, **values: object) -> str:
    """Return a template as the reader's page."""
    return render(template, languages.current_locale(), **{**_frame(), **values})


def render(template: str, locale: str, **values: object) -> str:
    """Return a template in a language, for pages and for mails and documents outside of requests."""
    environments: Mapping[str, LanguageEnvironment] = current_app.extensions["plainport.environments"]
    environment = environments[locale]
    return environment.get_template(template).render({**_speaking(locale), **values})


def go_to(endpoint: str, **values: object) -> Response:
    """Send the reader on after a post."""
    url = url_for(endpoint, **cast(Any, values))
    if htmx.is_asking():
        return htmx.refresh_to(current_app.make_response(("", 204)), url)
    return redirect(url, 303)


def say(text: str, category: str = "good") -> None:
    """Show a message on the next page."""
    flash(text, category)


def fill_slot(app: Flask, name: str, filler: SlotFiller) -> None:
    """Let a feature put a piece of its own into a named place of another feature's page."""
    app.extensions.setdefault("plainport.slots", {}).setdefault(name, []).append(filler)


def _slot(name: str, **values: object) -> Markup:
    fillers: Sequence[SlotFiller] = current_app.extensions.get("plainport.slots", {}).get(name, ())
    return Markup("").join(Markup(piece) for piece in (fill(**values) for fill in fillers) if piece)  # noqa: S704 (our own templates)


def site(locale: str) -> Site:
    """Return who runs this portal, in a language."""
    found = languages.settings()
    return Site(
        vendor_name=i18n.in_language(found.vendor_name, locale),
        service_name=i18n.in_language(found.service_name, locale),
        hotline=found.hotline,
        hotline_hours=i18n.in_language(found.hotline_hours, locale),
        support_email=found.support_email,
        return_address=i18n.in_language(found.return_address, locale),
    )


def _speaking(locale: str) -> dict[str, object]:
    """Return what every template needs, page or mail."""
    return {"locale": locale, "lang": i18n.LANGUAGE_TAGS[locale], "site": site(locale)}


def _frame() -> dict[str, object]:
    """Return what the frame of a page needs, worked out once a request: the pieces in its places are given it, too."""
    actor = current_actor()
    made: dict[str, object] | None = request.environ.get("plainport.frame")
    if made is None or made["actor"] is not actor:
        made = request.environ["plainport.frame"] = _frame_for(actor)
    return made


def _frame_for(actor: Actor) -> dict[str, object]:
    return {
        "actor": actor,
        "theme": languages.current_theme(),
        "navigation": menu.bar(actor),
        "languages": [
            {"locale": code, "tag": i18n.LANGUAGE_TAGS[code], "name": name} for code, name in i18n.LOCALES.items()
        ],
        "here": own_path(request.full_path.rstrip("?")) or "" if request.method == "GET" else "",
        "links": {name: address_of(endpoint) for name, endpoint in _LINKS.items()},
        "messages": get_flashed_messages(with_categories=True),
    }


def frame_without_database() -> dict[str, object]:
    """Return a frame for error pages, which must show even when nothing else works."""
    return {**_frame(), "messages": []}


def _install_filters(app: Flask) -> None:
    filters: dict[str, Callable[..., object]] = {
        "clock_time": lambda moment: moments.clock_time(moment, languages.current_zone()),
        "day": _in_locale(lambda moment, locale: moments.day(moment, locale, languages.current_zone())),
        "whole_day": _in_locale(lambda at, locale: moments.whole_day(at, locale, languages.current_zone())),
        "day_of_week": _in_locale(lambda at, locale: moments.day_of_week(at, locale, languages.current_zone())),
        "end_of": lambda end, begin: moments.end_in_words(
            end, begin, languages.current_locale(), languages.current_zone()
        ),
        "month": _in_locale(moments.month),
        "moment": _in_locale(lambda at, locale: moments.moment_in_words(at, locale, languages.current_zone())),
        "iso": moments.iso,
        "keys": prose.keys,
        "plain_keys": prose.plain_keys,
        "pieces": prose.pieces,
        "prose": prose.prose,
        "one_line": prose.one_line,
        "lines": prose.lines,
        "browser_name": browser_name,
        "by_language": _in_locale(i18n.in_language),
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals["slot"] = _slot
    app.jinja_env.globals["made_once"] = made_once
    app.jinja_env.globals["zone_name"] = _zone_name


@lru_cache(maxsize=500, typed=True)
def made_once(macro: Macro, *texts: str) -> Markup:
    """Return what a macro makes of some texts, made once: for what is long, and depends on nothing else."""
    return cast(Markup, macro(*texts))


def _in_locale(say_it: Callable[[Any, str], object]) -> Callable[..., object]:
    """Give a filter the locale of the environment it is used in, so that mails speak their reader's language."""

    @pass_environment
    def in_locale(environment: LanguageEnvironment, value: Any) -> object:
        return say_it(value, environment.locale)

    return in_locale


@pass_environment
def _zone_name(environment: LanguageEnvironment) -> str:
    return moments.zone_name(languages.current_zone(), environment.locale)


def init_app(app: Flask) -> None:
    """Make one environment a language, with the filters that pages use."""
    _install_filters(app)
    app.extensions["plainport.environments"] = environments_for(app)
