"""What a file that somebody sent really is; slow, so it is done before the transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import IO

from portal.core.children import ChildError, Limits, run_child
from portal.files.names import clean_name, ending_of

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain",
    ".log": "text/plain",
    ".pdf": "application/pdf",
}
"""Everything we ever take, by ending; a question may take less."""
ACCEPTED = tuple(dict.fromkeys(TYPES.values()))
_LIMITS = Limits(seconds=20, megabytes=900)
"""A picture of forty megapixels takes between 600 and 700 MB while it is encoded again."""
_LIMITS_FOR_TEXT = Limits(seconds=60, megabytes=900)
"""Ten megabytes of an ordinary log take ten seconds to redact, full of secrets forty."""
_turns = BoundedSemaphore(2)
"""Uploads of one process wait for each other, so that ten large pictures at once don't take all memory."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file as it will be stored: read, made harmless, hashed."""

    name: str
    media_type: str
    body: bytes = field(repr=False)
    is_inline: bool = False
    """Only for images that we encoded again ourselves."""

    @property
    def size(self) -> int:
        """Return the bytes that are stored."""
        return len(self.body)

    @property
    def sha256(self) -> str:
        """Return the hash of what is stored."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file was not taken; ``files.forms.words_for`` finds the sentence."""

    code: str
    """``empty too-large too-many type-not-taken not-what-it-says too-many-pixels locked limits``: one of these."""
    name: str
    parameters: Mapping[str, object] = field(default_factory=dict)


def inspect(
    stream: IO[bytes], name: str, *, accept: tuple[str, ...] = ACCEPTED, max_bytes: int = MAX_BYTES
) -> CheckedFile | FileProblem:
    """Read a file, find out what it is, and return it harmless, or why it can't be taken."""
    name = clean_name(name)
    media_type = TYPES.get(ending_of(name))
    if media_type is None or media_type not in accept:
        return FileProblem("type-not-taken", name, {"accept": accept})
    body = stream.read(max_bytes + 1)
    if not body:
        return FileProblem("empty", name)
    if len(body) > max_bytes:
        return FileProblem("too-large", name, {"max_bytes": max_bytes})
    return _harmless(body, name, media_type)


def _harmless(body: bytes, name: str, media_type: str) -> CheckedFile | FileProblem:
    """Have a child process with limits read the whole file and write it anew."""
    limits = _LIMITS_FOR_TEXT if media_type == "text/plain" else _LIMITS
    try:
        with _turns:
            clean = run_child("portal.files.child", body, media_type, limits=limits)
    except ChildError as error:
        return FileProblem(error.reason if error.reason in _SAID_BY_CHILD else "not-what-it-says", name)
    return CheckedFile(name, media_type, clean, is_inline=media_type.startswith("image/"))


_SAID_BY_CHILD = {"too-many-pixels", "locked", "limits"}
