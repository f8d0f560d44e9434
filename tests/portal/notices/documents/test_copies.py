"""A notice printed for each organisation by name: looked at, printed in parts, bound, whatever goes wrong."""

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from PIL import Image
from pyzbar.pyzbar import decode
from sqlalchemy import select

from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.db import Database
from portal.files.delivery import storage
from portal.files.models import StoredFile
from portal.notices.models import Notice, NoticeCopy, PrintBatch, PrintPart
from portal.notices.queries.copies import Addressee, BatchPage, Problem, addressees, batch_page
from portal.notices.queries.workbench import working_revision
from portal.notices.services import batches
from portal.outbox.models import Job
from portal.outbox.worker import Worker
from tests import factories
from tests.portal.notices.cast import Cast, a_notice

pytestmark = pytest.mark.slow


def hospitals(cast: Cast, addresses: Sequence[str]) -> list[UUID]:
    rows = [
        factories.an_organisation(cast.session, f"杭州第{number}人民医院", address=address)
        for number, address in enumerate(addresses, 1)
    ]
    cast.session.commit()
    return [row.id for row in rows]


def begin(cast: Cast, ids: Sequence[UUID], *, is_separate: bool = False) -> PrintBatch:
    revision = working_revision(cast.session, a_notice(cast))
    wanted = batches.Wanted(["zh_Hans", "en"], is_separate, "Asia/Shanghai")
    batch = batches.begin_batch(cast.session, revision, wanted, ids, by=cast.author, at=clock.now())
    cast.session.commit()
    return batch


def work(app: Flask) -> None:
    worker = Worker(app)
    while worker.turn():
        pass


def seen(cast: Cast, database: Database, batch: PrintBatch) -> BatchPage:
    with database.read() as session:
        notice = session.get_one(Notice, batch.notice_id)
        found = batch_page(session, cast.author, notice.code, batch.id)
    assert found is not None
    return found


def printed(app: Flask, cast: Cast, database: Database, batch: PrintBatch) -> bytes:
    """Look at the addresses, print, and return the finished file."""
    work(app)
    with database.write() as session:
        assert batches.start_printing(session, batch.id, time_zone="Asia/Shanghai", at=clock.now())
    work(app)
    page = seen(cast, database, batch)
    assert page.file_id is not None
    with app.app_context(), database.read() as session:
        return storage().path_of(session.get_one(StoredFile, page.file_id).storage_key).read_bytes()


def words(pdf: bytes) -> str:
    """Return the words of a PDF without spaces; pages end with a form feed."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"[^\S\f]+", "", told.stdout.decode())


def test_each_copy_has_its_address_and_its_own_code(app: Flask, cast: Cast, database: Database, tmp_path: Path) -> None:
    batch = begin(cast, hospitals(cast, ["310000 杭州市江南大道 1 号", "310000 杭州市江南大道 2 号"]))
    body = printed(app, cast, database, batch)
    (tmp_path / "copies.pdf").write_bytes(body)
    texts = words(body).split("\f")
    assert [f"杭州第{number}人民医院" in "".join(texts) for number in (1, 2)] == [True, True]
    assert ("江南大道1号" in texts[0], "江南大道2号" in texts[0]) == (True, False)
    subprocess.run(["pdftoppm", "-r", "130", "-png", tmp_path / "copies.pdf", tmp_path / "page"], check=True)
    codes = [code.data.decode() for path in sorted(tmp_path.glob("page*.png")) for code in decode(Image.open(path))]
    with database.read() as session:
        known = {f"http://localhost/copies/{each}-1" for each in session.execute(select(NoticeCopy.code)).scalars()}
    assert len(codes) == 2
    assert set(codes) == known


def test_one_broken_address_is_listed_and_the_others_are_printed(app: Flask, cast: Cast, database: Database) -> None:
    batch = begin(cast, hospitals(cast, ["310000 杭州市 1 号", "", "\n".join("abcde"), "310000 杭州市\U000f1234"]))
    work(app)
    page = seen(cast, database, batch)
    assert [(each.name, each.problem) for each in page.left_out] == [
        ("杭州第2人民医院", Problem.NO_ADDRESS),
        ("杭州第3人民医院", Problem.TOO_LONG),
    ]
    assert [(each.name, each.signs) for each in page.unprintable] == [("杭州第4人民医院", "\U000f1234")]
    body = printed(app, cast, database, batch)
    text = words(body)
    assert [f"杭州第{number}人民医院" in text for number in (1, 2, 3, 4)] == [True, False, False, True]


def test_each_organisation_can_have_a_file_without_the_names_of_others(
    app: Flask, cast: Cast, database: Database
) -> None:
    batch = begin(cast, hospitals(cast, ["杭州市 1 号", "杭州市 2 号"]), is_separate=True)
    archive = zipfile.ZipFile(io.BytesIO(printed(app, cast, database, batch)))
    with database.read() as session:
        owners = dict(
            session.execute(
                select(NoticeCopy.code, Organisation.name).join(
                    Organisation, Organisation.id == NoticeCopy.organisation_id
                )
            ).all()
        )
    assert len(archive.namelist()) == 2
    for name in archive.namelist():
        body = archive.read(name)
        text = words(body)
        own = owners[name.removesuffix(".pdf").rpartition("-")[2]]
        assert [other in text for other in owners.values()] == [other == own for other in owners.values()]


def test_a_part_that_a_dying_worker_left_is_printed_again_and_no_other(
    app: Flask, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "IN_A_PART", 1)
    batch = begin(cast, hospitals(cast, ["杭州市 1 号", "杭州市 2 号", "杭州市 3 号"]))
    work(app)
    with database.write() as session:
        batches.start_printing(session, batch.id, time_zone="Asia/Shanghai", at=clock.now())
    Worker(app).turn()
    with database.read() as session:
        first = session.execute(select(PrintPart.file_id).where(PrintPart.done_at.is_not(None))).scalars().all()
    assert len(first) == 1
    # Another worker took the next part and died: its lease runs out.
    with database.write() as session:
        left = session.execute(select(Job).where(Job.kind == batches.PART_JOB, Job.done_at.is_(None))).scalars().first()
        assert left is not None
        left.attempts, left.leased_until = 1, clock.now()
    work(app)
    page = seen(cast, database, batch)
    assert (page.done, page.done_at is not None) == (3, True)
    with database.read() as session:
        assert session.execute(select(PrintPart.file_id).where(PrintPart.number == 0)).scalar() in first


def test_printing_twice_prints_once(app: Flask, cast: Cast, database: Database) -> None:
    batch = begin(cast, hospitals(cast, ["杭州市 1 号"]))
    work(app)
    with database.write() as session:
        assert batches.start_printing(session, batch.id, time_zone="Asia/Shanghai", at=clock.now())
        assert not batches.start_printing(session, batch.id, time_zone="Asia/Shanghai", at=clock.now())


def test_nothing_is_printed_before_the_addresses_were_looked_at(cast: Cast, database: Database) -> None:
    batch = begin(cast, hospitals(cast, ["杭州市 1 号"]))
    with database.write() as session:
        assert not batches.start_printing(session, batch.id, time_zone="Asia/Shanghai", at=clock.now())


def test_where_no_address_is_right_it_ends_without_a_file(app: Flask, cast: Cast, database: Database) -> None:
    batch = begin(cast, hospitals(cast, ["", ""]))
    work(app)
    with database.write() as session:
        batches.start_printing(session, batch.id, time_zone="Asia/Shanghai", at=clock.now())
    work(app)
    page = seen(cast, database, batch)
    assert (page.done_at is not None, page.file_id) == (True, None)


def test_a_copy_goes_to_a_manager_else_to_whoever_there_is(cast: Cast) -> None:
    (organisation_id,) = hospitals(cast, ["杭州市 1 号"])
    organisation = cast.session.get_one(Organisation, organisation_id)
    factories.a_contact(cast.session, organisation, name="Zhao Ning")
    cast.session.commit()
    (found,) = addressees(cast.session, [organisation_id])
    assert isinstance(found, Addressee)
    assert found.lines == ["杭州第1人民医院", "Zhao Ning", "杭州市 1 号"]
