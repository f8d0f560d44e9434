"""Several people, or one who is impatient, doing something at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Answer = TypeVar("Answer")


def together(acts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Do several things at the same moment, each in a thread of its own."""
    gate = Barrier(len(acts))

    def start(act: Callable[[], Answer]) -> Answer:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(start, acts))
