"""Text that people wrote, made safe to show: Markdown, keycaps, line breaks, what was covered."""

import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from intake.redaction.markers import MARKER

_KEY = re.compile(r"\{key:([^{}\s]{1,20})\}")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "h3", "h4", "kbd"}
_SCHEMES = {"https", "http", "mailto", "tel"}
_SAID = {"text", "code_inline"}
_BROAD = re.compile("(?<=[，。！？；：、」）]) ")  # these bring the room behind them
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})


def keys(text: str) -> Markup:
    """Return text with each ``{key:F7}`` drawn as a keycap that can't be misread."""
    parts = _KEY.split(text)
    return Markup("").join(
        Markup('<kbd class="key">{}</kbd>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def plain_keys(text: str) -> str:
    """Return text for where nothing can be drawn, such as a mail: each ``{key:F7}`` as [F7]."""
    return _KEY.sub(r"[\1]", text)


@lru_cache(maxsize=512)
def prose(text: str) -> Markup:
    """Return Markdown as safe HTML, keys drawn as keycaps; HTML in the text stays text."""
    html = nh3.clean(_markdown.render(text), tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES)
    return Markup(_KEY.sub(r'<kbd class="key">\1</kbd>', html))  # noqa: S704 (nh3 has just cleaned it)


@lru_cache(maxsize=512)
def one_line(text: str) -> Markup:
    """Return Markdown as one line of words without its marks, for lists; keys are drawn as keycaps."""
    inlines = (token.children or () for token in _markdown.parse(text) if token.type == "inline")
    return keys(_BROAD.sub("", " ".join("".join(map(_said, parts)) for parts in inlines)))


def _said(part: Token) -> str:
    return " " if part.type in ("softbreak", "hardbreak") else part.content if part.type in _SAID else ""


def lines(text: str) -> Markup:
    """Return plain text with its line breaks kept, and keys drawn as keycaps."""
    return Markup("<br>").join(keys(line) for line in text.splitlines())


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces: "text" as it is, and "mask" with the kind of what was covered."""
    end = 0
    for covered in MARKER.finditer(text):
        yield "text", text[end : covered.start()]
        yield "mask", covered[1]
        end = covered.end()
    if text[end:]:
        yield "text", text[end:]
