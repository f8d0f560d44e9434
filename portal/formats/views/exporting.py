"""One notice as a file for programs."""

import json

from flask import abort
from flask.typing import ResponseReturnValue

from portal.core import web
from portal.formats.documents.csaf import as_csaf
from portal.formats.queries.imports import kept_for_csaf
from portal.formats.views.pieces import answer, blueprint
from portal.notices.documents import as_plain
from portal.notices.documents.sheets import url_of
from portal.notices.queries.printing import PrintedNotice, published_notice
from portal.ui import access, languages
from portal.ui.access import current_actor


@blueprint.get("/notices/<code>/json")
@access.public
def show_json(code: str) -> ResponseReturnValue:
    """Send everything that a notice says, in all its languages."""
    notice = _readable(code)
    body = json.dumps(as_plain(notice, url_of(notice.code)), ensure_ascii=False, indent=1).encode()
    return answer(body, "application/json", is_private=current_actor().is_signed_in)


@blueprint.get("/notices/<code>/csaf")
@access.public
def show_csaf(code: str) -> ResponseReturnValue:
    """Send a notice as a CSAF document, in the reader's language where it is written in it."""
    notice = _readable(code)
    locale = languages.current_locale()
    spoken = locale if locale in notice.texts else notice.source_language
    document = as_csaf(notice, spoken, kept=kept_for_csaf(web.reading(), notice.id))
    body = json.dumps(document, ensure_ascii=False, indent=2).encode()
    name = f"{notice.code.lower()}.json"
    return answer(body, "application/json", is_private=current_actor().is_signed_in, file_name=name)


def _readable(code: str) -> PrintedNotice:
    return published_notice(web.reading(), current_actor(), code) or abort(404)
