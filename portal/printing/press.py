"""Whoever wants something printed asks the press: one long-lived process, started when it is first needed."""

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock, Timer

from portal.core.children import ChildError, Limits, safe_environment
from portal.printing.frames import read_frame, write_frame

_FOLDER = Path(__file__).resolve().parent.parent.parent
_TO_BEGIN = 120
"""Seconds that loading the print engine may take besides, on a machine that has much else to do."""
_PATIENCE = 6
"""How many times longer than its work something may take by the clock on the wall; work itself is limited already."""
_ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""Else each thread that looks for fonts sets much of the memory aside, and the next font can't be opened."""


class Press:
    """The process that stands ready; it does one thing at a time."""

    def __init__(self) -> None:
        """Start nothing yet: most processes never print."""
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, if it runs."""
        return self._process.pid if self._process else None

    def ask(self, task: str, *, limits: Limits, **values: object) -> bytes:
        """Have something made; raises ChildError where it takes too much or can't be made."""
        order = {"task": task, "limits": [limits.seconds, limits.megabytes], **values}
        with self._lock:
            answer = self._ask(order, limits.seconds * _PATIENCE)
        code, body = int.from_bytes(answer[:4], "big", signed=True), answer[4:]
        if code:
            raise ChildError(_reason(code, body.decode("utf-8", "replace")))
        return body

    def _ask(self, order: Mapping[str, object], seconds: float) -> bytes:
        """Return the answer; where it doesn't come in time, the press is ended with what it was doing."""
        is_new = self._process is None
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise ValueError("the press is talked to by pipes")
        last_call = Timer(seconds + (_TO_BEGIN if is_new else 0), self._end, [process])
        last_call.start()
        try:
            write_frame(process.stdin, json.dumps(order).encode("ascii"))
            answer = read_frame(process.stdout)
        except BrokenPipeError:
            answer = None
        finally:
            last_call.cancel()
        if answer is not None:
            return answer
        self.stop()
        raise ChildError("limits" if process.returncode < 0 else "broken: the press did not start")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "portal.printing.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_FOLDER,
                env={**safe_environment(), **_ONE_HEAP},
                start_new_session=True,
            )
            atexit.register(self.stop)
        return self._process

    def stop(self) -> None:
        """End the process, if it runs; the next thing to be made starts it again."""
        process, self._process = self._process, None
        if process is not None:
            self._end(process)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait()
            atexit.unregister(self.stop)

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        """End the press together with what it has forked: both are in a session of their own."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def _reason(code: int, words: str) -> str:
    return "limits" if code < 0 or words.startswith("MemoryError") else f"broken: {words[:200]}"


press = Press()
"""The one of this process."""
