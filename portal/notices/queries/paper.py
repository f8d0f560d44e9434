"""Reads about the paper preview of a notice: how far it is, and its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from portal.notices.models import Words, fingerprint
from portal.notices.queries.workbench import Workbench
from portal.outbox.queries import JobState, job_status


@dataclass(frozen=True, slots=True)
class PaperPreview:
    """How far the pictures of a notice's pages are."""

    state: JobState | None
    """None where nobody has asked for them since the words changed."""
    file_id: UUID | None = None
    page_ids: Sequence[UUID] = ()


def preview_key(bench: Workbench, edition_key: str) -> str:
    """Return the key under which the pages of a revision are drawn once, as its words are now."""
    revision = bench.revision
    facts = [revision.action, revision.act_by, revision.expires_on, revision.products, revision.published_at]
    texts = [
        f"{language}{fingerprint(text.title, Words.of(text.document).as_document())}"
        for language, text in sorted(bench.texts.items())
    ]
    state = sha256(repr([facts, texts]).encode()).hexdigest()[:20]
    return f"notice-preview:{revision.id}:{edition_key}:{state}"


def paper_preview(session: Session, key: str) -> PaperPreview:
    """Return how far the pictures under a key are."""
    status = job_status(session, key)
    if status is None or status.state is not JobState.DONE:
        return PaperPreview(status.state if status else None)
    pages = cast(list[str], status.result["page_ids"])
    return PaperPreview(status.state, UUID(str(status.result["file_id"])), [UUID(each) for each in pages])
