"""Robots of the three chat services on this machine: they check the format of what they get, and answer as those do."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "SEC-of-the-group"
OK = {"wecom": {"errcode": 0, "errmsg": "ok"}, "dingtalk": {"errcode": 0, "errmsg": "ok"},
      "feishu": {"code": 0, "msg": "success", "data": {}}}  # fmt: skip
BUSY = {"wecom": {"errcode": 45009, "errmsg": "api freq out of limit"},
        "dingtalk": {"errcode": 130101, "errmsg": "send too fast"},
        "feishu": {"code": 11232, "msg": "frequency limited psm"}}  # fmt: skip
GONE = {"wecom": {"errcode": 93000, "errmsg": "invalid webhook url"},
        "dingtalk": {"errcode": 300005, "errmsg": "token is not exist"},
        "feishu": {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}}  # fmt: skip
BAD_FORMAT = {"wecom": {"errcode": 40008, "errmsg": "invalid message type"},
              "dingtalk": {"errcode": 400105, "errmsg": "msgtype is not supported"},
              "feishu": {"code": 9499, "msg": "Bad Request"}}  # fmt: skip
BAD_SIGN = {
    "dingtalk": {"errcode": 310000, "errmsg": "sign not match"},
    "feishu": {"code": 19021, "msg": "sign match fail"},
}


@dataclass
class Robots:
    """What came in, and what is answered next."""

    port: int = 0
    texts: list[str] = field(default_factory=list)
    """The messages that a group would show."""
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """Answered once each instead of what the robot would say by itself."""
    visits: int = 0

    def address(self, service: str) -> str:
        """Return where a service's robot lies."""
        return f"http://127.0.0.1:{self.port}/{service}?key=k"

    def meet(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Answer one message."""
        self.visits += 1
        if self.answers:
            return self.answers.pop(0)
        service, query = urlsplit(path).path.strip("/"), parse_qs(urlsplit(path).query)
        found = json.loads(body)
        text = _text(service, found)
        if text is None:
            return 200, BAD_FORMAT[service]
        if not _is_signed(service, query, found):
            return 200, BAD_SIGN[service]
        self.texts.append(text)
        return 200, OK[service]


def _text(service: str, body: dict[str, Any]) -> str | None:
    """Return the words of a message in a service's own format; None for another format."""
    if service == "feishu":
        return str(body["content"]["text"]) if body.get("msg_type") == "text" else None
    return str(body["text"]["content"]) if body.get("msgtype") == "text" else None


def _is_signed(service: str, query: dict[str, list[str]], body: dict[str, Any]) -> bool:
    """Whether a message is signed as the service's own manual says."""
    if service == "dingtalk":
        stamp, sign = query.get("timestamp", [""])[0], query.get("sign", [""])[0]
        key, text = SECRET.encode(), f"{stamp}\n{SECRET}".encode()
        is_right_length = len(stamp) == 13
    elif service == "feishu":
        stamp, sign = body.get("timestamp", ""), body.get("sign", "")
        key, text = f"{stamp}\n{SECRET}".encode(), b""
        is_right_length = len(stamp) == 10
    else:
        return True
    return is_right_length and sign == base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


@contextmanager
def running() -> Iterator[Robots]:
    """Run the robots."""
    robots = Robots()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/json; charset=utf-8"
            status, answer = robots.meet(self.path, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"http://127.0.0.1:{robots.port}/wecom")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    robots.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield robots
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
