"""Taking files in from a form and sending them out again; the permission check comes before."""

from pathlib import Path

from flask import Blueprint, request, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from portal.files.checks import MEGABYTE, CheckedFile, FileProblem, inspect
from portal.files.models import StoredFile
from portal.files.storage import FolderStorage
from portal.ui import languages

UPLOAD_LIMIT = 65 * MEGABYTE


def storage() -> FolderStorage:
    """Return the store of the running portal."""
    return FolderStorage(Path(languages.settings().files_folder).absolute())


def allow_uploads(blueprint: Blueprint, *endpoints: str) -> None:
    """Let posts to some of a feature's endpoints be as large as one with files may be.

    This must come before the form's token is checked, which reads the form; a view itself would be too late.
    """
    names = {f"{blueprint.name}.{each}" for each in endpoints}

    @blueprint.url_value_preprocessor
    def raise_limit(endpoint: str | None, _values: object) -> None:
        if endpoint in names:
            request.max_content_length = UPLOAD_LIMIT


def check(upload: FileStorage, *, accept: tuple[str, ...], max_bytes: int) -> CheckedFile | FileProblem:
    """Check one file of a form."""
    return inspect(upload.stream, upload.filename or "", accept=accept, max_bytes=max_bytes)


def send(file: StoredFile) -> Response:
    """Send a stored file: to be saved, unless it is an image that we encoded ourselves."""
    response = send_file(
        storage().path_of(file.storage_key),
        mimetype=file.media_type,
        as_attachment=not file.is_inline,
        download_name=file.name,
        etag=file.sha256,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
