"""Files leave as something to save, unless we encoded them ourselves."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.wrappers import Response

from portal.core import clock, web
from portal.files import delivery
from portal.files.checks import CheckedFile
from portal.files.queries import stored_file
from portal.files.services import Owner, receive
from tests.portal.files.samples import a_png


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """A request is being answered."""
    with app.test_request_context():
        yield


def sent(name: str, media_type: str, body: bytes, *, is_inline: bool = False) -> Response:
    checked = CheckedFile(name, media_type, body, is_inline)
    key = delivery.storage().put(body)
    with web.changing() as session:
        row = receive(session, checked, storage_key=key, owner=Owner(None, None), at=clock.now())
    found = stored_file(web.reading(), row.id)
    assert found is not None
    response = delivery.send(found)
    response.direct_passthrough = False
    response.get_data()
    response.close()
    return response


@pytest.mark.usefixtures("inside")
def test_a_picture_of_ours_is_shown() -> None:
    response = sent("截图.png", "image/png", a_png(), is_inline=True)
    assert response.get_data() == a_png()
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["Content-Type"] == "image/png"


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("name", ["page.txt", "报告.pdf", "a b.log"])
def test_everything_else_is_saved(name: str) -> None:
    response = sent(name, "text/plain", b"<script>alert(1)</script>")
    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("inside")
def test_nothing_in_a_file_runs_or_is_kept() -> None:
    headers = sent("page.txt", "text/plain", b"<script>alert(1)</script>").headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("inside")
def test_an_erased_file_is_gone() -> None:
    with web.changing() as session:
        checked = CheckedFile("a.txt", "text/plain", b"hello")
        row = receive(session, checked, storage_key="0" * 40, owner=Owner(None, None), at=clock.now())
        row.erased_at = clock.now()
    assert stored_file(web.reading(), row.id) is None
