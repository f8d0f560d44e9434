"""Taking along what is known about a person, erasing it, and letting go of what nobody needs."""

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
from portal.privacy.services.tidying import TIDY_JOB, drop_papers, forget_delivered, strays

__all__ = [
    "DROP_JOB",
    "ERASED_NAME",
    "EXPORT_JOB",
    "FINISH_JOB",
    "TIDY_JOB",
    "archive_of",
    "ask_for_export",
    "drop_archive",
    "drop_papers",
    "erase",
    "export_key",
    "finish",
    "forget_delivered",
    "keep_archive",
    "strays",
]
