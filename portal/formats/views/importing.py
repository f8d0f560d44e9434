"""Taking a notice in from a CSAF file: looked at first, then made a draft as it was looked at."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from portal.core import clock, idempotency, web
from portal.formats.forms import CsafForm, fault_words, refusal_of
from portal.formats.queries.imports import kept_parts
from portal.formats.services.importing import count, import_csaf, preview_csaf
from portal.formats.services.schema import MOST_BYTES, CsafError, read_csaf
from portal.formats.views.pieces import blueprint
from portal.notices.queries import range_shape
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean

_PURPOSE = "import-csaf"


@blueprint.get("/desk/notices/import")
@access.agent
def show_import() -> ResponseReturnValue:
    """Ask for a CSAF file."""
    return _ask(CsafForm(formdata=None))


@blueprint.post("/desk/notices/import/check")
@access.agent
def check_import() -> ResponseReturnValue:
    """Show the notice that a file would make, and what of it finds no place; nothing is made yet."""
    name, body = _sent()
    form = CsafForm()
    if not body.strip():
        return _ask(form, is_empty=True), 422
    try:
        document = read_csaf(body)
    except CsafError as error:
        return _ask(form, error=error), 422
    return _preview(document, name)


@blueprint.post("/desk/notices/import")
@access.agent
def make_import() -> ResponseReturnValue:
    """Make a draft of the document that stands on the page, once."""
    form = CsafForm()
    name, body = _sent()
    try:
        document = read_csaf(body)
    except CsafError as error:
        return _ask(form, error=error, is_empty=not body.strip()), 422
    return pages.go_to("notices.show_on_desk", code=_make_once(document, name, form.once.data))


def _make_once(document: Mapping[str, Any], name: str, once: str | None) -> str:
    actor, at, key = current_actor(), clock.now(), (once or secrets.token_hex(16))[:100]
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, key, purpose=_PURPOSE, person_id=actor.person_id)
        if earlier is not None:
            return str(earlier["code"])
        made = import_csaf(session, document, name, by=actor, at=at)
        result = {"code": made.code}
        idempotency.remember(session, key, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
    return made.code


def _sent() -> tuple[str, bytes]:
    """Return what a file is called and its bytes: of a file that was chosen, else of the text on the page."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        return _named(upload.filename), upload.stream.read(MOST_BYTES + 1)
    text = request.form.get("text", "")
    return _named(request.form.get("name", "")), text.encode("utf-8", "replace")[: MOST_BYTES + 1]


def _named(name: str) -> str:
    return clean(name).replace("\\", "/").rpartition("/")[2].replace("\n", " ")[:200] or "csaf.json"


def _ask(form: CsafForm, *, error: CsafError | None = None, is_empty: bool = False) -> str:
    faults = error.faults if error else ()
    return pages.page(
        "formats/import.html",
        form=form,
        is_empty=is_empty,
        refusal=refusal_of(error) if error and not is_empty else "",
        faults=[(each.path, fault_words(each)) for each in faults],
    )


def _preview(document: Mapping[str, Any], name: str) -> str:
    mapped = preview_csaf(web.reading(), document)
    products, ranges = count(mapped.products)
    return pages.page(
        "formats/import_check.html",
        form=CsafForm(formdata=None, name=name),
        # In one line, so that no browser changes its line ends on the way.
        text=json.dumps(document, ensure_ascii=True),
        mapped=mapped,
        lines=[(each, range_shape(each.range)) for each in mapped.products],
        parts=kept_parts(document, mapped.kept_unmapped),
        products=products,
        ranges=ranges,
    )
