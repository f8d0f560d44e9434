"""A real PostgreSQL of the test session's own: made in a temporary folder, reached by a socket there, then stopped."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

SUPERUSER = "postgres"
# A test's database need not survive a power cut; the settings that make ours do so are tested by name.
FOR_TESTS = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB", "listen_addresses=")


class PostgresMissingError(Exception):
    """PostgreSQL is not installed, or would not start."""


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Path]:
    """The folder with the socket of a running PostgreSQL; without one the test is skipped, unless all are required."""
    try:
        binaries = find_binaries()
    except PostgresMissingError as problem:
        if os.environ.get("PLAINPORT_REQUIRE_ALL") == "1":
            pytest.fail(f"{problem} Run deploy/system-packages.sh tests.", pytrace=False)
        pytest.skip(str(problem))
    with running_cluster(binaries) as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres_url(postgres_cluster: Path) -> Iterator[str]:
    """The SQLAlchemy URL of one database that the whole session shares; empty at first."""
    with new_database(postgres_cluster) as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_cluster: Path) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database for this test alone."""
    with new_database(postgres_cluster) as url:
        yield url


def find_binaries() -> Path:
    """The folder that holds initdb and postgres: the newest release that is installed."""
    releases = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if releases:
        return releases[-1]
    on_path = shutil.which("initdb")
    if on_path is None:
        raise PostgresMissingError("PostgreSQL is not installed.")
    return Path(on_path).resolve().parent


@contextmanager
def running_cluster(binaries: Path) -> Iterator[Path]:
    """Make a cluster, start it, and stop it again; the folder goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="plainport-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SUPERUSER, SUPERUSER)
        make_cluster(binaries, folder)
        server = start_server(binaries, folder)
        try:
            wait_until_ready(server, folder)
            yield folder
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder)


def make_cluster(binaries: Path, folder: Path) -> None:
    """Run initdb; only whoever may read the folder can reach the socket, so that no password is needed."""
    command: list[Path | str] = [
        binaries / "initdb",
        "--pgdata",
        folder / "data",
        "--username",
        SUPERUSER,
        "--auth",
        "trust",
    ]
    command += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    made = subprocess.run(as_postgres(command), cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise PostgresMissingError(f"initdb refused: {made.stderr}")


def start_server(binaries: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start PostgreSQL in the foreground of a process that we keep."""
    command: list[Path | str] = [binaries / "postgres", "-D", folder / "data", "-k", folder]
    for setting in FOR_TESTS:
        command += ["-c", setting]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(as_postgres(command), cwd=folder, stdout=log, stderr=log)


def as_postgres(command: Sequence[Path | str]) -> list[str]:
    """PostgreSQL refuses to run as root; and it must not outlive a test run that is killed."""
    words = [str(word) for word in command]
    if sys.platform != "linux":
        return words
    user = ["--reuid", SUPERUSER, "--regid", SUPERUSER, "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig", "INT", *words]


def wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server answers, half a minute at most."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(address(folder, "postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise PostgresMissingError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")


def address(folder: Path, database: str) -> str:
    """How psycopg reaches a database of the cluster."""
    return f"postgresql://{SUPERUSER}@/{database}?host={folder}"


@contextmanager
def new_database(folder: Path) -> Iterator[str]:
    """Make an empty database, and drop it again."""
    name = f"test_{uuid4().hex}"
    run_statement(folder, f"CREATE DATABASE {name}")
    yield address(folder, name).replace("postgresql://", "postgresql+psycopg://")
    run_statement(folder, f"DROP DATABASE {name} WITH (FORCE)")


def run_statement(folder: Path, statement: str) -> None:
    """Run one statement outside any transaction, as making a database must be."""
    with psycopg.connect(address(folder, "postgres"), autocommit=True) as connection:
        connection.execute(statement)
