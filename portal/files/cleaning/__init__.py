"""Reading a file to its end and writing it anew, so that nothing rides along; runs in a child process only."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

_MODULES = {
    "image/png": "images",
    "image/jpeg": "images",
    "application/pdf": "pdfs",
    "text/plain": "texts",
}


Cleaner = Callable[[bytes, str], bytes]
"""Takes a file and its type; raises UncleanError with a code where it isn't what it says."""


class UncleanError(Exception):
    """A file that can't be written anew."""

    def __init__(self, code: str) -> None:
        """Keep the code that the reader's words are found by."""
        super().__init__(code)
        self.code = code


def load_cleaner(media_type: str) -> Cleaner:
    """Load what reads a type, and only that: a child should start quickly."""
    return cast(Cleaner, import_module(f"portal.files.cleaning.{_MODULES[media_type]}").clean)
