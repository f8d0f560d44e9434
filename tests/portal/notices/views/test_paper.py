"""The printed sheet, sent like a file."""

from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.files.models import StoredFile
from portal.files.storage import FolderStorage
from portal.notices.models import Notice, NoticeScope
from portal.notices.queries import paper_key
from portal.outbox.models import Job
from portal.settings import Settings
from tests.portal.notices.cast import Cast, a_notice
from tests.portal.notices.views.conftest import Browser


def make(cast: Cast, settings: Settings, notice: Notice, language: str = "en") -> None:
    """Store a sheet, as the worker does."""
    folder = Path(settings.files_folder).absolute()
    key = FolderStorage(folder).put(b"%PDF-1.7 sheet")
    file = StoredFile(
        name=f"{notice.code}.pdf",
        media_type="application/pdf",
        size=14,
        sha256="0" * 64,
        storage_key=key,
        created_at=clock.now(),
    )
    cast.session.add(file)
    cast.session.flush()
    job = cast.session.execute(
        select(Job).where(Job.dedupe_key == paper_key(notice.code, notice.revision_number or 0, language))
    ).scalar_one()
    job.done_at, job.result = clock.now(), {"file_id": str(file.id)}
    cast.session.commit()


def test_a_finished_sheet_is_offered_and_sent(cast: Cast, browser: Browser, settings: Settings) -> None:
    notice = a_notice(cast)
    make(cast, settings, notice)
    tang = browser(cast.tang)
    assert f'href="/notices/{notice.code}/paper/en"' in tang.get(f"/notices/{notice.code}").text
    sent = tang.get(f"/notices/{notice.code}/paper/en", buffered=True)
    assert (sent.status_code, sent.data) == (200, b"%PDF-1.7 sheet")
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_one_that_is_still_being_made_is_not_offered(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    tang = browser(cast.tang)
    assert "/paper/" not in tang.get(f"/notices/{notice.code}").text
    assert tang.get(f"/notices/{notice.code}/paper/en").status_code == 404


def test_a_public_one_needs_no_signing_in(cast: Cast, client: FlaskClient, settings: Settings) -> None:
    notice = a_notice(cast)
    make(cast, settings, notice, "zh_Hans")
    assert client.get(f"/notices/{notice.code}/paper/zh_Hans", buffered=True).status_code == 200
    assert client.get(f"/notices/{notice.code}/paper/en").status_code == 404


def test_a_stranger_gets_404(cast: Cast, browser: Browser, settings: Settings) -> None:
    notice = a_notice(cast, scope=NoticeScope.TARGETED)
    make(cast, settings, notice)
    assert browser(cast.stranger).get(f"/notices/{notice.code}/paper/en").status_code == 404


def test_posting_to_it_is_not_possible(cast: Cast, browser: Browser) -> None:
    assert browser(cast.tang).post(f"/notices/{a_notice(cast).code}/paper/en").status_code == 405
