"""What a document may load: our own style sheets and pictures, and what it carries itself."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from portal.settings import ROOT

BASE_URL = "http://bundle.invalid/"
"""Where a document believes to be; nothing is ever asked of it."""
_BUNDLED = ("css/print", "images")
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}


class NotOursError(ValueError):
    """A document asked for something that is not part of our bundle."""


class BundleFetcher(URLFetcher):
    """Gives the print engine our own files; everything else is refused."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return a file of the bundle or a ``data:`` picture; raises NotOursError for anything else."""
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        path = _bundled(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _TYPES[path.suffix]})


def _bundled(url: str) -> Path:
    if not url.startswith(BASE_URL):
        raise NotOursError("a document may load nothing from elsewhere")
    path = (ROOT / "static" / unquote(urlsplit(url).path).lstrip("/")).resolve()
    folders = [(ROOT / "static" / each).resolve() for each in _BUNDLED]
    if not any(path.is_relative_to(each) for each in folders) or path.suffix not in _TYPES or not path.is_file():
        raise NotOursError("no file of the bundle")
    return path
