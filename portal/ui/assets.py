"""Style sheets and scripts: joined once, named by their hash, kept by browsers for a year."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import rcssmin
from flask import Flask, Response, abort, has_request_context, request, url_for

from portal.settings import ROOT
from portal.ui import access

STATIC = ROOT / "static"
_IMPORT = re.compile(r'@import url\("([^"]+)"\);')
_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file that pages link to."""

    file_name: str
    media_type: str
    body: bytes


def _asset(name: str, suffix: str, media_type: str, body: bytes) -> Asset:
    return Asset(f"{name}.{hashlib.sha256(body).hexdigest()[:12]}.{suffix}", media_type, body)


def joined_css() -> str:
    """Return every sheet that plainport.css lists, in its order, minified."""
    sheet = STATIC / "css" / "plainport.css"
    listed = _IMPORT.findall(sheet.read_text(encoding="utf-8"))
    return _minified("\n".join((sheet.parent / path).read_text(encoding="utf-8") for path in listed))


def _minified(css: str) -> str:
    return str(rcssmin.cssmin(css))


def _script(name: str, path: Path) -> Asset:
    body = path.read_bytes() if path.exists() else b""
    return _asset(name, "js", "text/javascript; charset=utf-8", body)


def load_assets() -> dict[str, Asset]:
    """Read the sheets and scripts; htmx is empty where set-up could not fetch it, and pages work without."""
    dark = (STATIC / "css" / "dark.css").read_text(encoding="utf-8")
    css = "text/css; charset=utf-8"
    return {
        "css": _asset("plainport", "css", css, joined_css().encode()),
        "dark": _asset("dark", "css", css, _minified(dark).encode()),
        "js": _script("plainport", STATIC / "js" / "plainport.js"),
        "desk": _script("desk", STATIC / "js" / "desk.js"),
        "icon": _asset("mark", "svg", "image/svg+xml", (STATIC / "images" / "mark.svg").read_bytes()),
        "htmx": _script("htmx", STATIC / "vendor" / "htmx.min.js"),
    }


def init_app(app: Flask) -> None:
    """Serve the assets, and give templates ``asset(name)``."""
    assets = load_assets()
    by_file = {each.file_name: each for each in assets.values()}

    @app.get("/assets/<file_name>")
    @access.public
    def show_asset(file_name: str) -> Response:
        if file_name not in by_file:
            abort(404)
        found = by_file[file_name]
        return Response(found.body, content_type=found.media_type, headers={"Cache-Control": _YEAR})

    known: dict[tuple[str, str], str] = {}

    def asset(name: str) -> str:
        place = (request.script_root if has_request_context() else "", name)
        if place not in known:
            known[place] = url_for("show_asset", file_name=assets[name].file_name)
        return known[place]

    app.jinja_env.globals["asset"] = asset
