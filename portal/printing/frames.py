"""How the press and whoever asks it talk: each message begins with its length."""

from typing import IO

_LENGTH = 8


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Send one message whole."""
    stream.write(len(body).to_bytes(_LENGTH, "big"))
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None once the other side is gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    return body if len(body) == size else None
