"""The web, the worker and the demo run as processes, and end when they are told to."""

import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.processes import a_free_port, get, running, settings_in

pytestmark = pytest.mark.slow


def end(process: subprocess.Popen[str], number: int) -> int:
    process.send_signal(number)
    return process.wait(timeout=40)


def until_logged(process: subprocess.Popen[str], log: Path, words: str) -> None:
    """Wait until a process says so in its log, at most a minute and for as long as it runs."""
    ends_at = time.monotonic() + 60
    while words not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < ends_at, log.read_text()
        time.sleep(0.1)


@pytest.fixture
def own_settings(tmp_path: Path, database_url: str) -> dict[str, str]:
    """The environment of a portal of the test's own."""
    return settings_in(tmp_path, database_url)


def test_the_portal_is_served_and_ends_on_sigterm(tmp_path: Path, own_settings: dict[str, str]) -> None:
    port = a_free_port()
    with running(tmp_path, "serve", "--port", str(port), "--processes", "1", **own_settings) as process:
        status, body = get(port, "/sign-in")
        assert (status, "<h1" in body) == (200, True)
        assert end(process, signal.SIGTERM) == 0
    assert not list(tmp_path.glob("**/*.ctl"))


def test_the_worker_ends_on_sigterm(tmp_path: Path, own_settings: dict[str, str]) -> None:
    with running(tmp_path, "worker", **own_settings) as process:
        until_logged(process, tmp_path / "log", "the worker is ready")
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


def test_a_port_that_is_taken_ends_with_an_error(tmp_path: Path, own_settings: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with running(tmp_path, "serve", "--port", str(port), **own_settings) as process:
            assert process.wait(timeout=40) != 0
    assert "in use" in (tmp_path / "log").read_text()
