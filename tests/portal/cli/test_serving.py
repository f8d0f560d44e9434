"""The web, the worker and the demo run as processes, and end when they are told to."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from portal.core.db import open_database
from portal.schema import upgrade

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.slow


def a_free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port


@contextmanager
def running(folder: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "portal.cli", *words]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def get(port: int, path: str) -> tuple[int, str]:
    """Ask for a page; waits half a minute for the server to be there."""
    deadline = time.monotonic() + 30
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        finally:
            connection.close()


def end(process: subprocess.Popen[str], number: int) -> int:
    process.send_signal(number)
    return process.wait(timeout=40)


def settings_in(folder: Path) -> dict[str, str]:
    url = f"sqlite:///{folder / 'portal.db'}"
    database = open_database(url)
    upgrade(database)
    database.dispose()
    return {
        "PLAINPORT_SECRET_KEY": "for-tests-only-" * 4,
        "PLAINPORT_DATABASE_URL": url,
        "PLAINPORT_FILES_FOLDER": str(folder / "files"),
        "PLAINPORT_SECURE_COOKIES": "0",
    }


def test_the_portal_is_served_and_ends_on_sigterm(tmp_path: Path) -> None:
    port = a_free_port()
    with running(tmp_path, "serve", "--port", str(port), "--processes", "1", **settings_in(tmp_path)) as process:
        status, body = get(port, "/sign-in")
        assert (status, "<h1" in body) == (200, True)
        assert end(process, signal.SIGTERM) == 0
    assert not list(tmp_path.glob("**/*.ctl"))


def test_the_worker_ends_on_sigterm(tmp_path: Path) -> None:
    with running(tmp_path, "worker", **settings_in(tmp_path)) as process:
        time.sleep(4)
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert end(process, signal.SIGTERM) == 0


def test_the_demo_is_filled_served_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    port = a_free_port()
    with running(tmp_path, "demo", "--port", str(port)) as process:
        status, body = get(port, "/sign-in")
        assert (status, 'name="person"' in body) == (200, True)
        assert end(process, signal.SIGINT) == 0
    kept = tmp_path / "instance" / "demo"
    assert (kept / "secret").stat().st_mode & 0o077 == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_port_that_is_taken_ends_with_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with running(tmp_path, "serve", "--port", str(port), **settings_in(tmp_path)) as process:
            assert process.wait(timeout=40) != 0
    assert "in use" in (tmp_path / "log").read_text()
