"""Pages of notices: for readers, and for the agents who write them."""

from portal.notices.views import (
    answering,
    approving,
    archive,
    batches,
    calling,
    calls_paper,
    copies,
    desk,
    known,
    paper,
    reading,
    seasons,
    sending,
    texts,
    windows,
    writing,
)
from portal.notices.views.pieces import blueprint

__all__ = [
    "answering",
    "approving",
    "archive",
    "batches",
    "blueprint",
    "calling",
    "calls_paper",
    "copies",
    "desk",
    "known",
    "paper",
    "reading",
    "seasons",
    "sending",
    "texts",
    "windows",
    "writing",
]
