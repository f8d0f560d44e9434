"""Running the worker as a process of its own, or beside the pages of the demo."""

import signal
from threading import Event, Thread

from flask import Flask

from portal.core import log
from portal.outbox import worker


def work(app: Flask) -> None:
    """Work until SIGTERM or Ctrl-C; what is being done is finished first."""
    log.set_up()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run(app, stop)


class Companion:
    """A worker in a thread beside the pages, for the demo."""

    def __init__(self, app: Flask) -> None:
        """Get ready to work for an application."""
        self._stop = Event()
        self._thread = Thread(target=worker.run, args=(app, self._stop), name="worker")

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being done, then end."""
        self._stop.set()
        self._thread.join(timeout=20)
