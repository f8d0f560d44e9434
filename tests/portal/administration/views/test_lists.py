"""Lists from elsewhere: looked through, shown, taken in; nothing is lost and nothing happens twice."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Installation, InstallationChange, Organisation, Person
from portal.administration.models import ImportState, RefusedRow
from portal.administration.services import go_on
from portal.catalogue.models import Release
from portal.core import clock
from portal.core.db import Database
from portal.core.models import AuditEntry
from portal.files.delivery import storage
from portal.outbox.worker import Worker
from tests import factories
from tests.portal.administration.sending import Work, counts, looked_through, newest, send, taken_in

ORGANISATIONS = "Customer number,Name of the organisation,Region\r\nK-1,Qinghe Hospital,Hunan\r\nK-2,Songlin,\r\n"


def test_looking_through_changes_nothing_and_says_what_it_would_do(
    admin: FlaskClient, work: Work, session: Session
) -> None:
    page = looked_through(admin, work, "organisations", ORGANISATIONS)
    assert session.scalars(select(Organisation)).all() == []
    assert counts(newest(admin)) == (2, 0, 0, 0)
    assert "Qinghe Hospital" in admin.get(page).text


def test_it_takes_a_list_in_once(admin: FlaskClient, work: Work, session: Session) -> None:
    assert counts(taken_in(admin, work, "organisations", ORGANISATIONS)) == (2, 0, 0, 0)
    assert counts(taken_in(admin, work, "organisations", ORGANISATIONS)) == (0, 0, 2, 0)
    names = session.execute(select(Organisation.code, Organisation.name, Organisation.region)).all()
    assert sorted(map(tuple, names)) == [("K-1", "Qinghe Hospital", "Hunan"), ("K-2", "Songlin", "")]
    deeds = session.scalars(select(AuditEntry.action)).all()
    assert deeds.count("take-in-list") == 2


def test_the_same_list_again_has_nothing_to_take_in(admin: FlaskClient, work: Work) -> None:
    taken_in(admin, work, "organisations", ORGANISATIONS)
    page = looked_through(admin, work, "organisations", ORGANISATIONS)
    assert counts(newest(admin)) == (0, 0, 2, 0)
    assert "There is nothing to take in" in admin.get(page).text


def test_an_empty_cell_changes_nothing(admin: FlaskClient, work: Work, session: Session) -> None:
    factories.an_organisation(session, "Qinghe Hospital", code="K-1", region="Hubei")
    assert counts(taken_in(admin, work, "organisations", "code,name,region\nK-1,Qinghe,\n")) == (0, 1, 0, 0)
    session.expire_all()
    assert session.execute(select(Organisation.name, Organisation.region)).one() == ("Qinghe", "Hubei")


@pytest.mark.parametrize(
    "body",
    [
        ORGANISATIONS.encode("utf-8-sig"),
        ORGANISATIONS.replace(",", ";").encode(),
        ("sep=;\r\n" + ORGANISATIONS.replace(",", ";")).encode(),
        ORGANISATIONS.replace(",", "\t").encode("utf-16"),
        "客户编号,单位名称,地区\n".encode("gb18030") + "K-1,清河医院,湖南\nK-2,松林诊所,\n".encode("gb18030"),
    ],
    ids=["bom", "semicolons", "excel", "utf-16 tabs", "gb18030"],
)
def test_it_reads_what_spreadsheets_write(admin: FlaskClient, work: Work, body: bytes) -> None:
    looked_through(admin, work, "organisations", body)
    assert counts(newest(admin)) == (2, 0, 0, 0)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "There is nothing in this file"),
        (b"code,region\nK-1,Hunan\n", "There is no column “Name of the organisation”"),
        (b"name,colour\nQinghe,red\n", "the column “colour”"),
        (b"name,name\nQinghe,red\n", "Two columns have the same name"),
        (b"name\n", "There is no row under the headings"),
        (b"name,\xff\xfe\nQinghe,\n", "Save it once more as CSV UTF-8"),
        (b"name,,region\nQinghe,,Hunan\n", "Column 2 has no heading"),
        (b"na\x00me\nQinghe\n", "The headings can’t be read"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "This is an Excel workbook"),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument", "Open it in LibreOffice"),
        (b"PK\x03\x04 list.csv", "This is a packed file"),
        (b"%PDF-1.7", "This is a PDF document"),
        (b"<html><table><tr><td>name", "This is a web page"),
    ],
)
def test_a_list_that_can_not_be_read_is_refused_with_what_to_do(admin: FlaskClient, body: bytes, words: str) -> None:
    answer = send(admin, "organisations", body)
    assert answer.status_code == 422
    assert words in answer.text


def test_each_row_that_can_not_be_taken_is_listed_with_its_reason(
    admin: FlaskClient, work: Work, session: Session
) -> None:
    organisation = factories.an_organisation(session, "Qinghe Hospital", code="K-1")
    factories.an_organisation(session, "Twin")
    factories.an_organisation(session, "Twin")
    factories.a_contact(session, factories.an_organisation(session, "Elsewhere"), email="taken@hospital.example")
    rows = [
        "K-1,Tang Xiuying,tang@hospital.example,,contact",
        "K-1,,nobody@hospital.example,,contact",
        "K-9,Gu Ming,gu@hospital.example,,contact",
        "Twin,He Lan,he@hospital.example,,contact",
        "K-1,Liu Bo,taken@hospital.example,,contact",
        "K-1,Sun Wei,,,contact",
        "K-1,Ma Jun,no address,,contact",
        "K-1,Tang Xiuying,TANG@hospital.example,,contact",
        "K-1,Guo Yan,guo@hospital.example,,chief",
        "K-1,Wu Lei,,0731-555-0101,manager",
        ",,,,",
    ]
    row = taken_in(admin, work, "contacts", "organisation,name,email,phone,role\n" + "\n".join(rows) + "\n")
    assert counts(row) == (2, 0, 0, 8)
    refused = {each.row: (each.column, each.reason) for each in session.scalars(select(RefusedRow))}
    assert refused == {
        3: ("name", "missing"),
        4: ("organisation", "unknown-organisation"),
        5: ("organisation", "two-organisations"),
        6: ("email", "taken"),
        7: ("email", "no-way-in"),
        8: ("email", "not-an-address"),
        9: ("organisation", "repeated:2"),
        10: ("role", "not-a-choice"),
    }
    people = session.execute(
        select(Person.name, Person.phone, Contact.role)
        .join(Contact, Contact.person_id == Person.id)
        .where(Contact.organisation_id == organisation.id)
    ).all()
    assert sorted(map(tuple, people)) == [("Tang Xiuying", None, "contact"), ("Wu Lei", "07315550101", "manager")]


def test_installations_leave_who_told_us_what(admin: FlaskClient, work: Work, session: Session) -> None:
    organisation = factories.an_organisation(session, "Qinghe Hospital", code="K-1")
    his = factories.a_product(session, "his", orders="Writing orders")
    factories.an_installation(session, organisation, his, "5.5.1", site="Ward", modules=[])
    body = "organisation,product,version,site,modules\nK-1,his,5.6.2,Ward,orders\nQinghe Hospital,his,5.6.2,Lab,\n"
    assert counts(taken_in(admin, work, "installations", body)) == (1, 1, 0, 0)
    found = session.execute(select(Installation.site, Installation.version, Installation.modules)).all()
    assert sorted(map(tuple, found)) == [("Lab", "5.6.2", []), ("Ward", "5.6.2", ["orders"])]
    changes = session.execute(select(InstallationChange.was, InstallationChange.now)).all()
    assert sorted(change.was.get("version", "") for change in changes) == ["", "5.5.1"]
    assert {change.now["version"] for change in changes} == {"5.6.2"}
    assert counts(taken_in(admin, work, "installations", body)) == (0, 0, 2, 0)


def test_releases_are_taken_in_by_day(admin: FlaskClient, work: Work, session: Session) -> None:
    factories.a_product(session, "his")
    body = "product,version,published_on\nhis,5.6.2,2026/4/30\nhis,5.6.3,2026年5月9日\nhis,5.7,soon\nemr,1,2026-01-01\n"
    assert counts(taken_in(admin, work, "releases", body)) == (2, 0, 0, 2)
    days = sorted(each.date().isoformat() for each in session.scalars(select(Release.published_at)))
    assert days == ["2026-04-30", "2026-05-09"]


def test_what_was_sent_goes_when_it_is_taken_in(admin: FlaskClient, work: Work) -> None:
    row = taken_in(admin, work, "organisations", ORGANISATIONS)
    assert (row.state, row.storage_key) == (ImportState.DONE, None)


def test_the_worker_begins_at_once(app: Flask, admin: FlaskClient) -> None:
    send(admin, "organisations", ORGANISATIONS)
    worker = Worker(app)
    worker.turn()
    assert newest(admin).state == ImportState.CHECKED
    admin.post(f"/administration/lists/{newest(admin).id}/take-in")
    worker.turn()
    assert newest(admin).state == ImportState.DONE


def test_what_nobody_decides_about_goes_after_a_day(admin: FlaskClient, work: Work) -> None:
    page = looked_through(admin, work, "organisations", ORGANISATIONS)
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        work()
        assert newest(admin).storage_key is None
        assert "Nobody took it in" in admin.get(page).text


def test_a_list_that_is_not_looked_through_is_not_taken_in(admin: FlaskClient, session: Session) -> None:
    page = send(admin, "organisations", ORGANISATIONS).location
    assert "not looked through yet" in admin.post(f"{page}/take-in", follow_redirects=True).text


def test_a_sample_can_be_sent_in_as_it_is(admin: FlaskClient, work: Work, session: Session) -> None:
    factories.a_product(session, "his", orders="Writing orders", nursing="Nursing")
    for register in ("organisations", "releases", "contacts", "installations"):
        sample = admin.get(f"/administration/lists/samples/{register}.csv")
        assert sample.mimetype == "text/csv"
        assert counts(taken_in(admin, work, register, sample.data)) == (1, 0, 0, 0), register


@pytest.mark.slow
def test_ten_wrong_rows_of_a_hundred_thousand_are_listed_and_nothing_else_is_lost(
    admin: FlaskClient, work: Work, session: Session
) -> None:
    wrong = set(range(5_000, 100_001, 10_000))
    rows = [f"K-{each},{'' if each in wrong else f'Hospital {each}'},Hunan" for each in range(1, 100_001)]
    body = "code,name,region\n" + "\n".join(rows) + "\n"
    assert counts(taken_in(admin, work, "organisations", body)) == (99_990, 0, 0, 10)
    assert session.scalars(select(RefusedRow.row).order_by(RefusedRow.row)).all() == sorted(each + 1 for each in wrong)
    looked_through(admin, work, "organisations", body)
    assert counts(newest(admin)) == (0, 0, 99_990, 10)
    assert session.scalar(select(func.count()).select_from(Organisation)) == 99_990


def test_a_worker_that_is_stopped_in_the_middle_loses_nothing_and_doubles_nothing(
    app: Flask, admin: FlaskClient, work: Work, database: Database, session: Session
) -> None:
    body = "code,name\n" + "\n".join(f"K-{each},Hospital {each}" for each in range(2_500)) + "\n"
    page = looked_through(admin, work, "organisations", body)
    admin.post(f"{page}/take-in")
    for _ in range(2):
        with suppress(KeyboardInterrupt), app.app_context(), database.write() as writing:
            go_on(writing, storage=storage, at=clock.now())
            raise KeyboardInterrupt
    with app.app_context(), database.write() as writing:
        assert go_on(writing, storage=storage, at=clock.now())
    assert newest(admin).state == ImportState.TAKING
    assert re.search(r"\b(7\d|8\d) %", admin.get(page).text)
    work()
    assert counts(newest(admin)) == (2_500, 0, 0, 0)
    assert session.scalar(select(func.count()).select_from(Organisation)) == 2_500
