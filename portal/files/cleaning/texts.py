"""Texts are decoded, and secrets and personal details masked."""

import re

from intake.redaction import redact
from portal.files.cleaning import UncleanError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b|\x0c")


def clean(body: bytes, _: str) -> bytes:
    """Return a text in UTF-8 with secrets and personal details masked."""
    text = _COLOURS.sub("", _decoded(body))
    if _CONTROL.search(text):
        raise UncleanError("not-what-it-says")
    return redact(text.replace("\r\n", "\n").replace("\r", "\n")).text.encode("utf-8")


def _decoded(body: bytes) -> str:
    """Read a text as today's computers write it, or as older Windows in Chinese does."""
    encodings = ("utf-16",) if body[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030", "big5")
    for encoding in encodings:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UncleanError("not-what-it-says")
