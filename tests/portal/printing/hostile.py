"""Sixty documents that would read a file, call somebody, carry something along or never end."""

from base64 import b64encode
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

FILE, CALL = "{file}", "{call}"
"""Places for the address of a secret file and of a listening server."""

_LOADS = [
    '<img src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<style>@import url("{url}");</style>',
    '<style>body {{ background: url("{url}") }}</style>',
    '<style>@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}</style><p>x</p>',
    '<style>li {{ list-style-image: url("{url}") }}</style><li>x</li>',
    '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<link rel="attachment" href="{url}" title="secret">',
    '<a rel="attachment" href="{url}">secret</a>',
    '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{url}#a"/></svg>',
    '<base href="{url}"><img src="x.png"><link rel="stylesheet" href="x.css">',
    '<meta http-equiv="refresh" content="0; url={url}"><script src="{url}"></script>',
    '<style>@color-profile x {{ src: url("{url}") }} p {{ color: color(x 1 1 1) }}</style><p>x</p>',
    '<video poster="{url}" src="{url}"></video><audio src="{url}"></audio>',
]
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
_ADDRESSES = [FILE, CALL]
_OTHER_ADDRESSES = [
    "ftp://127.0.0.1/x",
    "FILE:///etc/passwd",
    "file:/etc/passwd",
    "//127.0.0.1/x.png",
    "css/print/../../../pyproject.toml",
    "images/%2e%2e/%2e%2e/pyproject.toml",
    "http://bundle.invalid/../pyproject.toml",
    "http://bundle.invalid@127.0.0.1/x.png",
    "jar:file:///etc/passwd!/x",
    "data:text/html,<script>alert(1)</script>",
    "data:text/css,@import url(file:///etc/passwd)",
    "gopher://127.0.0.1/1",
    "\\\\127.0.0.1\\share\\x.png",
]


def _nested_svg(address: str) -> str:
    drawing = f'{_SVG}<image href="{address}" width="9" height="9"/></svg>'
    return f'<img src="data:image/svg+xml,{quote(drawing, safe="{}")}">'


def _entity(address: str) -> str:
    drawing = (
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{address}">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    )
    return '<img src="data:image/svg+xml;base64,' + b64encode(drawing.encode()).decode() + '">'


def reaching() -> Iterator[str]:
    """Documents that reach for a file or a server."""
    for load, address in product(_LOADS, _ADDRESSES):
        yield load.format(url=address)
    for address in _OTHER_ADDRESSES:
        yield f'<img src="{address}"><link rel="stylesheet" href="{address}">'
    for address in _ADDRESSES:
        yield _nested_svg(address)
    yield _entity("file:///etc/passwd")


_LAUGHS = "".join(f'<!ENTITY l{n} "{("&l" + str(n - 1) + ";") * 10}">' for n in range(1, 12))

EXHAUSTING = {
    "deep nesting": "<div>" * 30_000,
    "a very long table": "<table>" + "<tr><td>x</td></tr>" * 60_000 + "</table>",
    "one endless word": f"<p>{'x' * 1_900_000}</p>",
    "a huge page": "<style>@page { size: 100000m 100000m }</style><p>x</p>",
    "a huge span": '<table><tr><td colspan="999999999" rowspan="999999999">x</td></tr></table>',
    "many columns": "<style>p { columns: 1000000 }</style><p>x</p>",
    "a laughing drawing": "<img src='data:image/svg+xml;base64,"
    + b64encode(f'<!DOCTYPE svg [<!ENTITY l0 "ha">{_LAUGHS}]>{_SVG}<text>&l11;</text></svg>'.encode()).decode()
    + "'>",
    "a drawing that uses itself": f'{_SVG}<g id="a"><use href="#a"/></g></svg>',
    "a grid of millions": "<style>p { display: grid; grid-template-columns: repeat(9999999, 1px) }</style><p>x</p>",
    "too much": "x" * 2_100_000,
}
