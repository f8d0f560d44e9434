"""Running the portal as processes of its own, as it runs for real."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[1]


def a_free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port


@contextmanager
def running(folder: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command of the portal in a folder; its words go to `log` there, and it is killed at the end."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "portal.cli", *words]
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def settings_in(folder: Path, database_url: str) -> dict[str, str]:
    """Return the environment of a portal whose files lie in a folder."""
    return {
        "PLAINPORT_SECRET_KEY": "for-tests-only-" * 4,
        "PLAINPORT_DATABASE_URL": database_url,
        "PLAINPORT_FILES_FOLDER": str(folder / "files"),
        "PLAINPORT_SECURE_COOKIES": "0",
        "PLAINPORT_DEFAULT_LOCALE": "en",
    }


def get(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Ask for a page; waits a minute for the server to be there."""
    deadline = time.monotonic() + 60
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        finally:
            connection.close()
