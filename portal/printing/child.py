"""The press: ``python -m portal.printing.child`` loads the print engine once, and forks for each thing to be made.

What is made is made in a fork of its own with limits on time and memory and with every door closed; the press itself
only reads orders, forks and passes on what came out.
"""

import gc
import json
import os
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from portal.core import children
from portal.core.children import Limits
from portal.printing.frames import read_frame, write_frame
from portal.settings import ROOT


def main() -> None:
    """Load everything, then work on one order after the other until nobody can send another."""
    from portal.printing import tasks

    tasks.warm_up()
    gc.collect()
    gc.freeze()  # a fork that only reads what is there shares it with the press
    while (order := read_frame(sys.stdin.buffer)) is not None:
        status, body = _have_made(order)
        write_frame(sys.stdout.buffer, status.to_bytes(4, "big", signed=True) + body)


def _have_made(order: bytes) -> tuple[int, bytes]:
    """Fork for an order; return how the fork ended, as ``subprocess`` says it, and what it left."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _make(order, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        body = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), body


def _make(order: bytes, writing: int) -> NoReturn:
    """Do what is asked within the limits; whatever breaks is told by the exit code and one line of words."""
    from portal.printing import tasks

    pipe = os.fdopen(writing, "wb")  # opened while it can be
    try:
        wanted: Mapping[str, Any] = json.loads(order)
        gc.disable()  # what a fork leaves behind goes with it
        children.limit(Limits(*wanted["limits"]))
        children.close_doors(readable=_readable())
        body, code = tasks.TASKS[wanted["task"]](wanted), 0
    except Exception as error:  # noqa: BLE001 (the process ends here, and whoever asked is told why)
        body, code = f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:500], 1
    pipe.write(body)
    pipe.close()
    os._exit(code)


def _readable() -> list[Path]:
    libraries = [Path(sysconfig.get_path(each)) for each in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [ROOT / "static", *libraries]


if __name__ == "__main__":
    main()
