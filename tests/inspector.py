"""The page inspector: every page that any test opens is looked at."""

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HTML = "{http://www.w3.org/1999/xhtml}"
MOST_BYTES = 60 * 1024
_FIELDS = {"input", "select", "textarea"}
_UNLABELLED = {"hidden", "submit", "button", "image"}


class InspectingClient(FlaskClient):
    """A browser that refuses to open a page with a fault in it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Open a page and look at it."""
        response = super().open(*args, **kwargs)
        inspect(response)
        return response


def inspect(response: TestResponse) -> None:
    """Raise AssertionError that lists everything wrong with a page."""
    faults = header_faults(response)
    if response.mimetype == "text/html" and response.data and not _is_piece(response.data):
        faults += page_faults(response.get_data(as_text=True))
    assert not faults, f"{response.request.method} {response.request.path} -> {response.status}: " + "; ".join(faults)


def header_faults(response: TestResponse) -> list[str]:
    """Return what is missing from the headers that every answer has."""
    policy = response.headers.get("Content-Security-Policy", "")
    faults = [] if policy.startswith("default-src 'none'") else ["no policy header"]
    return faults + (["the policy allows unsafe things"] if "unsafe" in policy else [])


def page_faults(html: str) -> list[str]:
    """Return what is wrong with a page's markup."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(html)
    faults = [f"HTML at {place}: {code} {values}" for place, code, values in parser.errors[:5]]
    checks = (_language, _heading, _ids, _labels, _inline, _images)
    for check in checks:
        faults += check(tree)
    if len(html.encode()) > MOST_BYTES:
        faults.append(f"{len(html.encode())} bytes are more than {MOST_BYTES}")
    return faults


def _is_piece(body: bytes) -> bool:
    return not body.lstrip()[:15].lower().startswith(b"<!doctype html")


def _all(tree: Element, *names: str) -> list[Element]:
    return [each for each in tree.iter() if str(each.tag).removeprefix(HTML) in names]


def _words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _language(tree: Element) -> list[str]:
    return [] if tree.get("lang") in ("en", "zh-Hans", "zh-Hant") else [f"lang is {tree.get('lang')}"]


def _heading(tree: Element) -> list[str]:
    headings, titles = _all(tree, "h1"), _all(tree, "title")
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    title = _words(titles[0]) if titles else ""
    # A refused form's title begins with what is missing, so that it is heard first.
    is_refused = any(each.get("id") == "errors" for each in tree.iter())
    starts_well = title.startswith(_words(headings[0])) or (is_refused and _words(headings[0]) in title)
    return [] if starts_well else [f"the title {title!r} doesn't begin with the h1 {_words(headings[0])!r}"]


def _ids(tree: Element) -> list[str]:
    counted = Counter(each.get("id") for each in tree.iter() if each.get("id"))
    return [f"id {name!r} stands {times} times" for name, times in counted.items() if times > 1]


def _labels(tree: Element) -> list[str]:
    labelled = {each.get("for") for each in _all(tree, "label")}
    inside = {id(child) for label in _all(tree, "label") for child in label.iter()}
    return [
        f"{each.get('name')!r} has no label"
        for each in _all(tree, *_FIELDS)
        if each.get("type") not in _UNLABELLED
        and not each.get("aria-label")
        and each.get("id") not in labelled
        and id(each) not in inside
    ]


def _inline(tree: Element) -> list[str]:
    faults = ["a style element"] * len(_all(tree, "style"))
    faults += ["an inline script" for each in _all(tree, "script") if not each.get("src")]
    for each in tree.iter():
        faults += [f"{name} on {each.tag}" for name in each.attrib if name == "style" or name.startswith("on")]
    return faults


def _images(tree: Element) -> list[str]:
    return [f"an img without alt: {each.get('src')}" for each in _all(tree, "img") if each.get("alt") is None]
