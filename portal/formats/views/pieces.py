"""What the pages of formats share: the blueprint, and answers that programs ask for again and again."""

import hashlib

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from portal.files.checks import MEGABYTE

blueprint = Blueprint("formats", __name__)
_LONGEST_FORM = 24 * MEGABYTE
"""A document of eight megabytes, as a form writes it."""


@blueprint.url_value_preprocessor
def allow_long_posts(_endpoint: str | None, _values: object) -> None:
    """Read whole documents; this must come before the token is checked, which reads the form."""
    request.max_content_length = request.max_form_memory_size = _LONGEST_FORM


def answer(body: bytes, media_type: str, *, is_private: bool, file_name: str = "") -> Response:
    """Answer with a file that programs fetch again and again: nothing at all, where they have it already."""
    response = current_app.make_response(body)
    response.mimetype = media_type
    response.set_etag(hashlib.sha256(body).hexdigest()[:24])
    if is_private:
        response.headers["X-Robots-Tag"] = "noindex"
    if file_name:
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response.make_conditional(request)
