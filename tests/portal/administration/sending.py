"""Sending a list in, as a browser does, and having it worked on."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.administration.models import ListImport
from portal.core import web

Work = Callable[[], None]


def send(admin: FlaskClient, register: str, body: str | bytes) -> TestResponse:
    content = body.encode() if isinstance(body, str) else body
    boundary = b"--between-parts\r\nContent-Disposition: form-data; name="
    parts = (
        boundary + b'"register"\r\n\r\n' + register.encode() + b"\r\n",
        boundary + b'"list"; filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n' + content + b"\r\n",
        b"--between-parts--\r\n",
    )
    kind = "multipart/form-data; boundary=between-parts"
    return admin.post("/administration/lists", data=b"".join(parts), content_type=kind)


def looked_through(admin: FlaskClient, work: Work, register: str, body: str | bytes) -> str:
    """Send a list in and have it looked through; returns its page."""
    answer = send(admin, register, body)
    assert answer.status_code == 303, answer.text
    work()
    return answer.location


def taken_in(admin: FlaskClient, work: Work, register: str, body: str | bytes) -> ListImport:
    page = looked_through(admin, work, register, body)
    assert admin.post(f"{page}/take-in").status_code == 303
    work()
    return newest(admin)


def newest(admin: FlaskClient) -> ListImport:
    with admin.application.app_context():
        row = web.reading().scalars(select(ListImport).order_by(ListImport.id.desc())).first()
    assert row is not None
    return row


def counts(row: ListImport) -> tuple[int, int, int, int]:
    return row.added, row.changed, row.same, row.refused
