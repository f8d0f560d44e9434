"""What a list's bytes say: UTF-8, UTF-16, GB18030 or Big5; what is no list of text at all is told by what it is."""

import codecs
from collections.abc import Mapping

from portal.administration.services.errors import SetupError

LOST = "\ufffd"
"""What stands where a character could not be read."""
_MARKS: Mapping[bytes, str] = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_LOOKED_AT = 20_000
"""As many characters tell how a text was written."""
_COMMON = (
    ("gb18030", "gb2312", b"\xb0\xa1", b"\xd7\xf9"),
    ("cp950", "big5", b"\xa4\x40", b"\xc6\x7e"),
)
"""Where the characters of everyday use stand: a text read in the wrong way is full of others."""
_LEAST_COMMON = 0.15


def text_of(body: bytes) -> str:
    """Return the text of a list; raises SetupError, which says what it is instead."""
    _refuse_other_kinds(body)
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    return text if _is_mostly_read(text) else _most_common(body)


def _refuse_other_kinds(body: bytes) -> None:
    """Say what was sent where it is a workbook or a document, so that nobody looks for a column in it."""
    if body.startswith(b"PK\x03\x04"):
        is_workbook = b"xl/" in body
        raise SetupError("is-excel" if is_workbook else "is-calc" if b"opendocument" in body else "is-packed")
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        raise SetupError("is-excel")
    if b"%PDF-" in body[:1024]:
        raise SetupError("is-pdf")
    if body.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise SetupError("is-web-page")
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SetupError("is-empty")


def _is_mostly_read(text: str) -> bool:
    """Tell whether a text is UTF-8, but for a broken character here and there, whose rows are refused."""
    lost, others = text.count(LOST), sum(each > "\x7f" for each in text[:_LOOKED_AT])
    return lost * 20 < others


def _most_common(body: bytes) -> str:
    """Return the text in the way of writing that makes everyday words of it."""
    shares = {}
    for encoding, table, first, last in _COMMON:
        text = body.decode(encoding, "replace")
        if LOST not in text or text.count(LOST) * 50 < len(text):
            shares[text] = _share(text, table, first, last)
    best = max(shares, key=lambda text: shares[text], default="")
    if not best or shares[best] < _LEAST_COMMON:
        raise SetupError("no-text")
    return best


def _share(text: str, table: str, first: bytes, last: bytes) -> float:
    words = [each for each in text[:_LOOKED_AT] if each > "\x7f" and each.isalpha()]
    return sum(first <= each.encode(table, "replace") <= last for each in words) / max(len(words), 1)
