"""What a file that somebody sent really is; slow, so it is done before the transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

MEGABYTE = 1024 * 1024
ACCEPTED = ("image/png", "image/jpeg", "text/plain", "application/pdf")
"""Everything we ever take; a question may take less."""
MAX_BYTES = 10 * MEGABYTE


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
    """``empty``, ``too-large``, ``type-not-taken``, ``not-what-it-says``, ``too-many-pixels`` or ``locked``."""
    name: str
    parameters: Mapping[str, object] = field(default_factory=dict)


def inspect(
    stream: IO[bytes], name: str, *, accept: tuple[str, ...] = ACCEPTED, max_bytes: int = MAX_BYTES
) -> CheckedFile | FileProblem:
    """Read a file, find out what it is, and return it harmless, or why it can't be taken."""
    raise NotImplementedError
