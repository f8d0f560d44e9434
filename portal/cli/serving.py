"""Serving pages with gunicorn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask
from gunicorn.app.base import BaseApplication

from portal.core import log

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the portal listens."""

    host: str
    port: int

    @property
    def bind(self) -> str:
        """Return it as gunicorn writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn, set up by us instead of by its command line."""

    def __init__(self, create_app: Callable[[], Flask], options: Mapping[str, object]) -> None:
        """Keep how to make the application, which each process does for itself."""
        self._create_app = create_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application of one process."""
        return self._create_app()


def serve(
    create_app: Callable[[], Flask], address: Address, *, processes: int, threads: int, hooks: Mapping[str, object] = {}
) -> None:
    """Serve until SIGTERM or Ctrl-C; requests that are being answered are finished first."""
    log.set_up()
    options = {
        "bind": address.bind,
        "workers": processes,
        "threads": threads,
        "worker_class": "gthread",
        "keepalive": 65,
        "graceful_timeout": 30,
        "control_socket_disable": True,  # nobody outside of this process tree tells it what to do
        "proc_name": "plainport",
    }
    Server(create_app, {**options, **hooks}).run()
