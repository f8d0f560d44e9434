"""Notices on paper and in feeds: pages that were drawn, copies that were printed, an organisation's secret address."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import Actor, Role
from portal.files.storage import FolderStorage
from portal.formats.services.links import link_token, make_link
from portal.notices.documents.preview import PREVIEW_JOB
from portal.notices.documents.sheets import Edition
from portal.notices.models import Notice, PrintBatch
from portal.notices.queries.paper import preview_key
from portal.notices.queries.workbench import workbench, working_revision
from portal.notices.services import batches
from portal.outbox.services import add_job
from tests.portal_app import SECRET_KEY
from tests.world.people import People
from tests.world.things import a_file

_EVERYTHING = Actor(role=Role.ADMIN)


def enter(session: Session, store: FolderStorage, people: People) -> dict[str, str]:
    """Do what agents and the worker would; returns what stands in addresses."""
    at, agent = clock.now(), people.actor(session, "agent")
    ids: dict[str, str] = {}
    for notice in session.scalars(select(Notice)).all():
        name = notice.code.removeprefix("N-2026-")
        file_id = a_file(session, store, "paper", agent).id
        _draw(session, notice, file_id, at=at)
        if name != "draft":
            ids[f"batch:{name}"] = str(_print(session, notice, file_id, by=agent, at=at))
    by = people.actor(session, "manager")
    ids["notice-feed:ours"] = link_token(make_link(session, secret_key=SECRET_KEY, by=by, at=at).id, SECRET_KEY)
    return ids


def _draw(session: Session, notice: Notice, file_id: UUID, *, at: datetime) -> None:
    bench = workbench(session, _EVERYTHING, notice.code)
    assert bench is not None
    key = preview_key(bench, Edition((notice.source_language,)).key)
    job = add_job(session, PREVIEW_JOB, {}, dedupe_key=key, at=at)
    job.done_at, job.result = at, {"file_id": str(file_id), "page_ids": [str(file_id)]}


def _print(session: Session, notice: Notice, file_id: UUID, *, by: Actor, at: datetime) -> UUID:
    wanted = batches.Wanted([notice.source_language], is_separate=False, time_zone="Asia/Shanghai")
    batch: PrintBatch = batches.begin_batch(session, working_revision(session, notice), wanted, [], by=by, at=at)
    batch.checked_at, batch.file_id = at, file_id
    return batch.id
