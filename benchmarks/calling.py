"""Calling applications without a server between: what is measured is the page."""

import time
from collections.abc import Callable, Mapping
from statistics import median

from flask import Flask, Response
from werkzeug.test import EnvironBuilder

Call = Callable[[], int]
"""Answers one request and returns how many bytes came back."""


def calling(app: Flask, path: str = "/", *, cookie: str = "", **headers: str) -> Call:
    """Return a call of an application, its request made once."""
    sent = [("Cookie", cookie)] if cookie else []
    builder = EnvironBuilder(path=path, headers=[*sent, *headers.items()])
    environ = builder.get_environ()
    wsgi = app.wsgi_app

    def call() -> int:
        body = wsgi(dict(environ), _ignore)
        size = sum(len(piece) for piece in body)
        if hasattr(body, "close"):
            body.close()
        return size

    return call


def header_of(app: Flask, path: str, name: str) -> str:
    """Return a header of an answer."""
    return str(app.test_client().get(path).headers.get(name, ""))


def constant(body: bytes) -> Call:
    """Return a call of an application that always answers the same."""
    app = Flask("constant")
    text = body.decode()

    @app.get("/")
    def show() -> Response:
        return Response(text, content_type="text/html; charset=utf-8")

    return calling(app)


def times(calls: Mapping[str, Call], *, rounds: int, each: int) -> dict[str, list[float]]:
    """Return the seconds of one call of each, in every round; the calls take turns, so that noise meets all of them."""
    for call in calls.values():
        for _ in range(each):
            call()
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            begun = time.process_time()
            for _ in range(each):
                call()
            found[name].append((time.process_time() - begun) / each)
    return found


def ratio(of: list[float], to: list[float]) -> str:
    """Return how many times dearer one is, by rounds: the least, the median, the most."""
    by_round = sorted(one / other for one, other in zip(of, to, strict=True))
    return f"{by_round[0]:.2f}  {median(by_round):.2f}  {by_round[-1]:.2f}"


def _ignore(*_: object) -> Callable[[bytes], object]:
    return lambda _piece: None
