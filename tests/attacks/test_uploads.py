"""Files sent to do harm: by what they hold, what they are called, how many they are."""

from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.files.delivery import MOST_FILES
from portal.files.models import StoredFile
from portal.tickets.models import Attachment
from tests.portal.files.samples import a_png
from tests.world import World

SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
REFUSED = {
    "x.svg": SVG,
    "x.png.svg": SVG,
    "x.html": SCRIPT,
    "x.htm": SCRIPT,
    "x.xhtml": SCRIPT,
    "x.js": b"alert(1)",
    "x.css": b"*{}",
    "x.php": b"<?php",
    "x.zip": b"PK\x03\x04",
    "x.png": SVG,
    "x.jpg": SCRIPT,
    "x.pdf": SCRIPT,
    "x.txt\x00.png": SVG,
    "x": SCRIPT,
    ".htaccess": b"x",
}
NAMES = (
    "../../../../etc/cron.d/x.txt",
    "..\\..\\x.txt",
    "/etc/passwd.txt",
    'x"; filename="y.html.txt',
    "\u202etxt.exe.txt",
    "<img src=x onerror=alert(1)>.txt",
    "a" * 5000 + ".txt",
    "日志.txt",
)


def send(world: World, *files: tuple[str, bytes]) -> TestResponse:
    """Reply to one's own ticket with files."""
    attached = [(BytesIO(body), name) for name, body in files]
    data = {"body": "See file", "once": "3" * 32, "files": attached}
    return world.ask("customer", "POST", f"/tickets/{world.ids['ticket:mine']}/replies", data=data)


def newest(world: World) -> StoredFile:
    with world.database.read() as session:
        row = session.scalars(select(StoredFile).order_by(StoredFile.id.desc())).first()
        assert row is not None
        return row


def fetch(world: World, file: StoredFile, identity: str = "customer") -> TestResponse:
    return world.ask(identity, "GET", f"/tickets/{world.ids['ticket:mine']}/files/{file.id}")


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_run_is_not_taken(world: World, name: str) -> None:
    before = newest(world).id
    answer = send(world, (name, REFUSED[name]))
    assert answer.status_code == 422
    assert "See file" in answer.text
    assert newest(world).id == before


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_name_and_nothing_else(world: World, name: str) -> None:
    assert send(world, (name, SCRIPT)).status_code == 303
    kept = newest(world)
    with closing(fetch(world, kept)) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.mimetype == "text/plain"
        assert "X-Evil" not in answer.headers
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert not set(kept.name) & set('/\\<>"\r\n\u202e')
    assert len(kept.name) <= 120
    folder = Path(world.app.extensions["plainport.settings"].files_folder)
    assert (folder / kept.storage_key[:2] / kept.storage_key).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("tail", [SCRIPT, SVG, b"PK\x03\x04" + b"\0" * 40, b"%PDF-1.7"])
def test_a_picture_with_something_behind_it_is_only_a_picture(world: World, tail: bytes) -> None:
    assert send(world, ("x.png", a_png() + tail)).status_code == 303
    with closing(fetch(world, newest(world))) as answer:
        assert answer.mimetype == "image/png"
        assert tail not in answer.data
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("identity", ["other", "anonymous", "limited"])
def test_a_file_is_sent_to_nobody_else(world: World, identity: str) -> None:
    assert send(world, ("x.txt", b"mine alone")).status_code == 303
    with closing(fetch(world, newest(world), identity)) as answer:
        assert answer.status_code in (303, 403, 404)
        assert b"mine alone" not in answer.data


def test_no_file_is_left_out_unsaid(world: World) -> None:
    answer = send(world, *[(f"part-{number}.txt", b"x") for number in range(MOST_FILES + 2)])
    assert answer.status_code == 422
    assert all(f"part-{number}.txt" in answer.text for number in (MOST_FILES, MOST_FILES + 1))
    with world.database.read() as session:
        assert len(session.scalars(select(Attachment.file_id)).all()) == 4


def test_a_page_takes_no_more_parts_than_it_has(world: World) -> None:
    fields = {f"field-{number}": "x" for number in range(600)}
    path = f"/tickets/{world.ids['ticket:mine']}/replies"
    answer = world.ask("customer", "POST", path, data=fields, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("identity", "path", "size"),
    [
        ("customer", "/tickets/{ticket:mine}/replies", 70_000_000),
        ("customer", "/interviews/{draft:customer}/show", 70_000_000),
        ("customer", "/theme", 3_000_000),
        ("anonymous", "/emergency", 3_000_000),
        ("anonymous", "/sign-in", 3_000_000),
        ("agent", "/desk/notices/new", 3_000_000),
    ],
)
def test_nothing_is_larger_than_its_limit(world: World, identity: str, path: str, size: int) -> None:
    for thing, value in world.ids.items():
        path = path.replace("{" + thing + "}", value)
    answer = world.ask(
        identity,
        "POST",
        path,
        data={"body": "x"},
        environ_overrides={"CONTENT_LENGTH": str(size)},
    )
    assert answer.status_code == 413
