"""Taking turns at writing a file: a fair line behind a lock, in which nobody stands for ever."""

import fcntl
import os
from contextlib import suppress
from threading import Lock, Semaphore, Thread

LONGEST = 10.0
"""Seconds that a writer waits; a change takes some milliseconds, so after these something holds the line up."""
MOST_WAITING = 64
"""Waiting writers of one process; who comes then is told at once."""
_waiting = Semaphore(MOST_WAITING)


class TurnError(TimeoutError):
    """The turn did not come: somebody has written for very long, or very many wait."""


def take_turn(descriptor: int) -> bool:
    """Wait for one's turn; False where it didn't come, and the descriptor is then not the caller's any more."""
    # The system hands a lock on to whoever asked first, but it knows no end of waiting: somebody waits in our place.
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    if not _waiting.acquire(blocking=False):
        os.close(descriptor)
        return False
    stand_in = _StandIn(descriptor)
    return stand_in.waits_for(LONGEST)


class _StandIn:
    """Waits for a lock in a thread of its own, and lets go of it where nobody wants it any more."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._has_come, self._deciding = False, Lock()
        self._is_given_up = False
        self._thread = Thread(target=self._wait, daemon=True, name="waits-to-write")

    def waits_for(self, seconds: float) -> bool:
        """Return whether the lock came in time."""
        self._thread.start()
        self._thread.join(seconds)
        with self._deciding:
            self._is_given_up = not self._has_come
        return self._has_come

    def _wait(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        _waiting.release()
        with self._deciding:
            self._has_come = not self._is_given_up
        if not self._has_come:
            os.close(self._descriptor)
