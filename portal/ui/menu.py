"""The main menu: a bar at the top, and a page for everything else that there is no room for in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations

from flask import Flask, current_app

from portal.core import i18n
from portal.core.actor import Actor
from portal.ui import languages
from portal.ui.addresses import address_of, is_at


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page that the menu leads to."""

    endpoint: str
    label: str
    """A msgid, translated when shown."""
    suits: Callable[[Actor], bool]
    about: str = ""
    """What one does there, in a sentence; a msgid too."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The bar at the top, and what lies behind its entry for everything else."""

    bar: Sequence[MenuItem]
    groups: Mapping[str, Sequence[MenuItem]]
    """By heading, a msgid."""
    rest: str
    """The endpoint of the page that shows the groups."""


def init_app(app: Flask, menu: Menu) -> None:
    """Give an application its menu."""
    app.extensions["plainport.menu"] = menu


def bar(actor: Actor) -> list[dict[str, object]]:
    """Return the entries at the top for a reader, in the reader's language."""
    menu, words = _menu(), _words()
    places = [(item, address_of(item.endpoint)) for item in menu.bar if item.suits(actor)]
    here = _here(menu, actor, [url for _item, url in places])
    return [{"label": words.gettext(item.label), "url": url, "is_current": url == here} for item, url in places]


def groups(actor: Actor) -> list[tuple[str, list[dict[str, str]]]]:
    """Return what lies behind the entry for everything else, by heading, in the reader's language."""
    words = _words()
    suitable = [(title, [item for item in items if item.suits(actor)]) for title, items in _menu().groups.items()]
    return [(words.gettext(title), [_linked(item, words) for item in items]) for title, items in suitable if items]


def _menu() -> Menu:
    menu: Menu = current_app.extensions["plainport.menu"]
    return menu


def _words() -> NullTranslations:
    return i18n.catalogue(languages.current_locale())


def _linked(item: MenuItem, words: NullTranslations) -> dict[str, str]:
    return {"label": words.gettext(item.label), "url": address_of(item.endpoint), "about": words.gettext(item.about)}


def _here(menu: Menu, actor: Actor, in_bar: Sequence[str]) -> str | None:
    """Return the address of the bar's entry that leads to where the reader is, maybe through the page of the rest."""
    others = [address_of(item.endpoint) for items in menu.groups.values() for item in items if item.suits(actor)]
    # The longest of the addresses that lead here: organisations lie below the desk, and are not the desk.
    here = max((url for url in (*in_bar, *others) if is_at(url)), key=len, default=None)
    return here if here is None or here in in_bar else address_of(menu.rest)
