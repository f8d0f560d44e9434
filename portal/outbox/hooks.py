"""Posting JSON to an address that somebody typed: looked up once, never inside our own network, never redirected."""

import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

_PATIENCE = 10
"""Seconds that the other side may take."""
_LONGEST_ANSWER = 64 * 1024


class ForbiddenAddressError(ValueError):
    """An address that nothing is posted to: not https, or inside our own network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said."""

    status: int
    body: Mapping[str, Any]


def post_json(url: str, body: Mapping[str, Any], *, may_be_local: bool = False) -> Answer:
    """Post once and return the answer, whatever it is; a redirect is an answer like others and is not followed.

    Raises ForbiddenAddressError, and OSError where nobody answers; ``may_be_local`` allows this machine, by plain http.
    """
    target = urlsplit(url)
    address = resolve(target, may_be_local=may_be_local)
    connection = _connection(target, address)
    try:
        path = f"{target.path or '/'}{'?' + target.query if target.query else ''}"
        content = json.dumps(body, ensure_ascii=False).encode()
        connection.request("POST", path, content, {"Content-Type": "application/json; charset=utf-8"})
        answer = connection.getresponse()
        return Answer(answer.status, _read(answer.read(_LONGEST_ANSWER)))
    except http.client.HTTPException as error:
        raise ConnectionError(f"no answer that can be read: {type(error).__name__}") from error
    finally:
        connection.close()


def resolve(target: SplitResult, *, may_be_local: bool) -> str:
    """Return the one address to connect to; every address that the name has must be a public one."""
    if target.scheme != "https" and not (may_be_local and target.scheme == "http"):
        raise ForbiddenAddressError("only https addresses are posted to")
    found = socket.getaddrinfo(target.hostname or "", target.port or 443, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    for each in addresses:
        address = ipaddress.ip_address(each.partition("%")[0])
        is_local = may_be_local and address.is_loopback
        if not is_local and (not address.is_global or address.is_multicast):
            raise ForbiddenAddressError("an address inside a private network")
    return addresses[0]


class _PinnedConnection(http.client.HTTPSConnection):
    """Talks to the address that was checked, and has the certificate of the name that was asked for."""

    def __init__(self, target: SplitResult, address: str) -> None:
        super().__init__(target.hostname or "", target.port or 443, timeout=_PATIENCE)
        self._address = address

    def connect(self) -> None:
        """Connect without looking the name up again."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _connection(target: SplitResult, address: str) -> http.client.HTTPConnection:
    if target.scheme == "https":
        return _PinnedConnection(target, address)
    return http.client.HTTPConnection(address, target.port or 80, timeout=_PATIENCE)


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
