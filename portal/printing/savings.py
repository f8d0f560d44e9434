"""What the print engine does again and again for one document, done once; runs in the press only."""

import re
from functools import cache
from importlib import resources
from pathlib import Path

import tinycss2
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from portal.printing.fetching import BASE_URL, BundleFetcher
from portal.settings import ROOT

_SHEET = re.compile(r'<link rel="stylesheet" href="(css/print/[a-z]+\.css)">')
_SIZE = re.compile(r"\b[0-9.]+pt\b")
_SIGNS = '雨「A9」，<b>雨「A9」，</b> <span class="key">F7</span>'
_NOTES = ("::footnote-", "::note-")
"""What the engine's own sheet says of footnotes, which we never have: it says it of each element three times over."""


class Document(HTML):
    """A document that believes the engine's own style sheet without what we never use of it."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_own_sheet()]


def fetcher() -> BundleFetcher:
    """Return what gives a document our own files and nothing else."""
    return BundleFetcher(allowed_protocols=("data",), allow_redirects=False)


def take_sheets(html: str) -> tuple[str, list[str]]:
    """Return a document without the links to our style sheets, and the names of those."""
    return _SHEET.sub("", html), _SHEET.findall(html)


@cache
def style_sheet(name: str, fonts: FontConfiguration) -> CSS:
    """Return one of our style sheets, read once in the life of the press."""
    return CSS(url=BASE_URL + name, url_fetcher=fetcher(), font_config=fonts)


def sample() -> str:
    """Return a document with each of our style sheets, and with each size of type in each language.

    Which font has a sign is found anew for each size, weight and language, and then known: it is half of what laying
    out a document costs that is the first of its kind.
    """
    sheets = sorted((ROOT / "static" / "css" / "print").glob("*.css"))
    links = "".join(f'<link rel="stylesheet" href="css/print/{each.name}">' for each in sheets)
    sizes = sorted({size for each in sheets for size in _SIZE.findall(each.read_text(encoding="utf-8"))})
    lines = "".join(f'<p style="font-size: {each}">{_SIGNS}</p>' for each in sizes)
    languages = "".join(f'<div lang="{each}">{lines}</div>' for each in ("zh-Hans", "zh-Hant", "en"))
    return f"<!DOCTYPE html>{links}{languages}"


def read_attributes_once() -> None:
    """Have what ``lang="en"`` means worked out once: elements are then found to look alike, and share their style."""
    tinycss2.parse_one_declaration = cache(tinycss2.parse_one_declaration)


@cache
def _own_sheet() -> CSS:
    """Return the engine's own style sheet; markers of lists are asked of the items of lists only."""
    lines = Path(str(resources.files("weasyprint") / "css" / "html5_ua.css")).read_text(encoding="utf-8").splitlines()
    kept = [each for each in lines if not each.startswith(_NOTES)]
    return CSS(string="\n".join(kept).replace("\n::marker ", "\nli::marker "))
