"""A child process that does what its argument says, good or bad; see tests/portal/core/test_children.py."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from portal.core import children


def main() -> None:
    """Do it."""
    what, *more = children.begin()
    body = sys.stdin.buffer.read()
    children.close_doors(readable=[Path(more[0])] if more else None)
    DEEDS[what](body)


def turn_round(body: bytes) -> None:
    sys.stdout.buffer.write(body[::-1])


def spin(_: bytes) -> None:
    while True:
        pass


def eat(_: bytes) -> None:
    sys.stdout.write(str(len(bytearray(2 << 30))))


def fork(_: bytes) -> None:
    os.fork()


def read(body: bytes) -> None:
    sys.stdout.buffer.write(Path(body.decode()).read_bytes())


DEEDS: dict[str, Callable[[bytes], object]] = {
    "turn round": turn_round,
    "refuse": lambda _: children.refuse("too-blue"),
    "spin": spin,
    "sleep": lambda _: time.sleep(60),
    "eat": eat,
    "read": read,
    "tell": lambda _: sys.stdout.write(os.environ.get("PLAINPORT_SECRET_KEY", "nothing")),
    "connect": lambda _: socket.create_connection(("127.0.0.1", 9)),
    "write": lambda body: Path(body.decode()).write_bytes(b"x"),
    "run": lambda _: subprocess.run(["true"], check=True),
    "fork": fork,
    "shell": lambda _: os.system("true"),
}

if __name__ == "__main__":
    main()
