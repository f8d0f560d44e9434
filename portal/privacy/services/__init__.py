"""Taking along what is known about a person, and erasing it."""

from portal.privacy.services.erasing import ERASED_NAME, FINISH_JOB, erase, finish
from portal.privacy.services.exporting import (
    DROP_JOB,
    EXPORT_JOB,
    archive_of,
    ask_for_export,
    drop_archive,
    export_key,
    keep_archive,
)

__all__ = [
    "DROP_JOB",
    "ERASED_NAME",
    "EXPORT_JOB",
    "FINISH_JOB",
    "archive_of",
    "ask_for_export",
    "drop_archive",
    "erase",
    "export_key",
    "finish",
    "keep_archive",
]
