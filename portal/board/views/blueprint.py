"""The blueprint that the board's pages share."""

from flask import Blueprint, request

from portal.files.delivery import UPLOAD_LIMIT

blueprint = Blueprint("board", __name__, url_prefix="/desk/board")
_MOST_TYPED = 16 * 1024 * 1024
"""Bytes of typed text that are read, so that an enormous paste gets an answer instead of an error page."""


@blueprint.url_value_preprocessor
def allow_long_posts(_endpoint: str | None, _values: object) -> None:
    """Read long pastes; this must come before the token is checked, which reads the form."""
    request.max_content_length, request.max_form_memory_size = UPLOAD_LIMIT, _MOST_TYPED
