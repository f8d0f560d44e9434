"""The forms that pages show, found by opening them: where each is sent, and what it would send."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_from_bytes
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.ui.access import door_of
from tests.bodies import body_for
from tests.expectations import OPENS, cases
from tests.world import World

_HTML = "{http://www.w3.org/1999/xhtml}"
_VISITORS = ("customer", "manager", "agent", "admin", "anonymous")
_TYPED = ("text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local")


@dataclass(frozen=True)
class PostedForm:
    """A form as a page shows it to somebody."""

    identity: str
    page: str
    action: str
    fields: tuple[tuple[str, str], ...]
    """Names and values, as they would be sent."""
    typed: frozenset[str]
    """The names of fields that a person types into."""
    untouched: tuple[tuple[str, str], ...] = ()
    """What would be sent by somebody who fills in nothing: no choice that isn't made yet."""

    @property
    def names(self) -> list[str]:
        """Every field, once; the token is not one that people fill in."""
        return [name for name in dict(self.fields) if name != "csrf_token"]

    def body(self, changed: dict[str, str]) -> bytes:
        """Return the form with some fields changed, as a browser sends it, whatever is in them."""
        wanted = {**dict(self.fields), **changed}
        return b"&".join(_quoted(name) + b"=" + _quoted(value) for name, value in wanted.items())


def every_form(world: World) -> list[PostedForm]:
    """Return a form for each address that is posted to: as pages show it, or else as its example fills it in."""
    shown = _shown_forms(world)
    known = {_endpoint(world, form.action) for form in shown}
    return shown + [
        form for rule in world.app.url_map.iter_rules() if rule.endpoint not in known for form in _example(world, rule)
    ]


def _shown_forms(world: World) -> list[PostedForm]:
    """Return each form of each page once, as the first of several people who sees it."""
    found: dict[tuple[str, frozenset[str]], PostedForm] = {}
    for identity in _VISITORS:
        for path in _paths(world, identity):
            for form in forms_on(world.ask(identity, "GET", path), identity):
                found.setdefault((_endpoint(world, form.action), frozenset(form.names)), form)
    return list(found.values())


def _endpoint(world: World, action: str) -> str:
    return str(world.app.url_map.bind("localhost").match(action.partition("?")[0], method="POST")[0])


def _example(world: World, rule: Rule) -> list[PostedForm]:
    """Return the form of an address that no page of this world leads to now, such as that of a solved ticket."""
    if "POST" not in (rule.methods or ()):
        return []
    door, case = door_of(world.app, rule.endpoint), cases(world, rule)[0]
    built = rule.build(dict(case.values))
    assert built is not None
    assert door is not None
    identity = next(each for each in _VISITORS if each in OPENS[door])
    body = body_for(world, rule.endpoint, case.values)
    return [PostedForm(identity, built[1], built[1], tuple(body.items()), frozenset())]


def _paths(world: World, identity: str) -> Iterator[str]:
    """Yield the address of every page that somebody may open."""
    for rule in world.app.url_map.iter_rules():
        door = door_of(world.app, rule.endpoint)
        if door is None or identity not in OPENS[door] or "GET" not in (rule.methods or ()):
            continue
        for case in cases(world, rule):
            built = rule.build(dict(case.values))
            if identity in case.seen_by and built is not None:
                yield built[1]


def forms_on(page: TestResponse, identity: str) -> list[PostedForm]:
    """Return the forms of a page that are posted."""
    with page:
        if page.mimetype != "text/html":
            return []
        tree = html5lib.parse(page.text)
    path = page.request.path
    forms = [each for each in tree.iter(f"{_HTML}form") if each.get("method", "").lower() == "post"]
    return [_form(each, identity, path) for each in forms]


def _form(form: Element, identity: str, path: str) -> PostedForm:
    fields = [(each.get("name", ""), _value(each), _kind(each)) for each in form.iter() if _is_field(each)]
    if ("", "", "button") in fields:  # a plain button sends the form; the others do something of their own
        fields = [field for field in fields if field[2] != "button"]
    fields = [field for field in fields if field[0]]
    values: dict[str, str] = {}
    chosen = {str(each.get("name")): _value(each) for each in form.iter() if each.get("checked") is not None}
    for name, value, kind in fields:
        if kind in ("radio", "checkbox", "button"):
            values.setdefault(name, value)  # the first choice stands for all of them, unless another one is made
        elif kind != "file":
            values[name] = value
    values |= chosen
    typed = frozenset(name for name, _, kind in fields if kind in (*_TYPED, "textarea"))
    choices = {name for name, _, kind in fields if kind in ("radio", "checkbox", "button")} - set(chosen)
    untouched = tuple((name, value) for name, value in values.items() if name not in choices)
    return PostedForm(identity, path, form.get("action") or path, tuple(values.items()), typed, untouched)


def _is_field(element: Element) -> bool:
    return element.tag in (f"{_HTML}input", f"{_HTML}textarea", f"{_HTML}select", f"{_HTML}button")


def _kind(element: Element) -> str:
    name = str(element.tag).removeprefix(_HTML)
    return (element.get("type") or "text") if name == "input" else name


def _value(element: Element) -> str:
    if _kind(element) == "textarea":
        return (element.text or "").removeprefix("\n")
    if _kind(element) == "select":
        options = list(element.iter(f"{_HTML}option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return chosen[0].get("value", "") if chosen else ""
    return element.get("value") or ("on" if _kind(element) == "checkbox" else "")


def _quoted(text: str) -> bytes:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass")).encode()
