"""Where the bytes of files lie: a folder, under random names."""

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class FolderStorage:
    """Files in a folder of this machine."""

    root: Path

    def put(self, body: bytes) -> str:
        """Store bytes durably and return their key; a file with that key is always whole."""
        return self.put_by(lambda file: file.write(body))

    def put_by(self, write: Callable[[IO[bytes]], object]) -> str:
        """Store durably what is written piece by piece, and return its key."""
        key = secrets.token_hex(20)
        path = self.path_of(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        _write_through(unfinished, write)
        unfinished.rename(path)
        _sync_folder(path.parent)
        return key

    def path_of(self, key: str) -> Path:
        """Return where a key's file lies; raises ValueError for what is no key of ours."""
        if len(key) != 40 or not set(key) <= set("0123456789abcdef"):
            raise ValueError("not a key of this storage")
        return self.root / key[:2] / key

    def old_keys(self, before: float) -> Iterator[list[str]]:
        """Yield the keys of files that were written before a moment (in seconds, as files tell it), a folder at a time.

        What was begun before then and never finished is removed.
        """
        for folder in sorted(self.root.iterdir()) if self.root.is_dir() else ():
            old = [each for each in folder.iterdir() if each.stat().st_mtime < before]
            for each in old:
                if each.suffix == ".part":
                    each.unlink(missing_ok=True)
            yield [each.name for each in old if not each.suffix]

    def remove(self, key: str) -> None:
        """Remove a file, if it is there."""
        self.path_of(key).unlink(missing_ok=True)


def _write_through(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
