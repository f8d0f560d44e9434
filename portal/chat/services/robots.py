"""The formats that the robots of each service speak, and what their answers mean."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from portal.chat.models import ChatService
from portal.core.errors import GiveUpError
from portal.outbox.hooks import Answer

BUSY: Mapping[ChatService, frozenset[int]] = {
    ChatService.WECOM: frozenset({-1, 45009, 45033}),
    ChatService.DINGTALK: frozenset({-1, 130101, 410100}),
    ChatService.FEISHU: frozenset({11232, 11233}),
}
"""Answers that mean: too many messages at the moment. Anything else but success will not get better by itself."""
_OK = 0
_MUCH_TOO_MUCH = frozenset({408, 425, 429})
Post = Callable[[str, Mapping[str, Any]], Answer]


class ChatRefusedError(GiveUpError):
    """A robot that will not take our messages however often they are sent: gone, or its secret is another one."""


@dataclass(frozen=True, slots=True)
class _Request:
    url: str
    body: Mapping[str, Any]


def ask_robot(service: ChatService, address: str, *, secret: str, text: str, at: datetime, post: Post) -> None:
    """Bring a text into a group; raises ChatRefusedError for good, OSError where it may work later."""
    request = _REQUESTS[service](address, secret, text, at)
    answer = post(request.url, request.body)
    if answer.status >= 500 or answer.status in _MUCH_TOO_MUCH:
        raise ConnectionError(f"{service} answered {answer.status}")
    code = _code(answer)
    if answer.status == 200 and code == _OK:
        return
    if code in BUSY[service]:
        raise ConnectionError(f"{service} is busy: {code}")
    raise ChatRefusedError(f"{service} refused: {answer.status} {code}")


def _code(answer: Answer) -> int | None:
    """Return what the robot itself says; Feishu has had two names for it."""
    for name in ("errcode", "code", "StatusCode"):
        if isinstance(answer.body.get(name), int):
            return int(answer.body[name])
    return None


def _wecom(address: str, _secret: str, text: str, _at: datetime) -> _Request:
    return _Request(address, {"msgtype": "text", "text": {"content": text}})


def _dingtalk(address: str, secret: str, text: str, at: datetime) -> _Request:
    body = {"msgtype": "text", "text": {"content": text}}
    if not secret:
        return _Request(address, body)
    stamp = str(int(at.timestamp() * 1000))
    sign = quote_plus(_signed(secret.encode(), f"{stamp}\n{secret}".encode()))
    return _Request(f"{address}{'&' if '?' in address else '?'}timestamp={stamp}&sign={sign}", body)


def _feishu(address: str, secret: str, text: str, at: datetime) -> _Request:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int(at.timestamp()))
        # Feishu signs nothing, with the time and the secret as the key.
        body |= {"timestamp": stamp, "sign": _signed(f"{stamp}\n{secret}".encode(), b"")}
    return _Request(address, body)


def _signed(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


_REQUESTS: Mapping[ChatService, Callable[[str, str, str, datetime], _Request]] = {
    ChatService.WECOM: _wecom,
    ChatService.DINGTALK: _dingtalk,
    ChatService.FEISHU: _feishu,
}
