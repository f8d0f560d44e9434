"""Publishing a questionnaire from the desk."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.models import AuditEntry
from portal.interviews import services as interviews
from portal.phrasebook.services import drop, keep
from portal.questionnaires import services
from portal.questionnaires.models import QuestionnaireVersion
from tests.factories import as_actor
from tests.portal.desk.scene import As
from tests.portal.desk.views.questionnaires.conftest import HIS_FAULT
from tests.portal.questionnaires.examples import TEXT, a_questionnaire
from tests.portal.tickets.cast import Cast

CHECK, PUBLISH = "/desk/questionnaires/check", "/desk/questionnaires"
ONE = TEXT.format(key="small", version=1, title="Report something", page="about")
TWO = ONE.replace("version: 1", "version: 2").replace("How bad?", "How bad is it?")


def upload(browser: FlaskClient, content: bytes, name: str = "small.yaml") -> TestResponse:
    return browser.post(CHECK, data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")


def numbers(session: Session) -> list[int]:
    return list(session.scalars(select(QuestionnaireVersion.number).order_by(QuestionnaireVersion.number)))


def a_draft(cast: Cast, session: Session, version: QuestionnaireVersion) -> None:
    by, keep = as_actor(session, cast.tang), clock.now() - clock.now()
    row = interviews.start(session, interviews.Beginning(version.id), by=by, keep=keep, at=clock.now())
    row.expires_at = row.expires_at.replace(year=row.expires_at.year + 1)
    session.commit()


def test_a_file_is_looked_at_and_not_published(admin: FlaskClient, session: Session) -> None:
    assert "Questionnaire file" in admin.get("/desk/questionnaires/new").text
    page = upload(admin, ONE.encode())
    assert page.status_code == 200
    assert "It is a new questionnaire." in page.text
    assert "Publish version 1" in page.text
    assert numbers(session) == []


def test_what_was_looked_at_is_published_once(admin: FlaskClient, session: Session) -> None:
    browser_text = ONE.replace("\n", "\r\n")
    for _ in range(2):
        response = admin.post(PUBLISH, data={"source": browser_text, "name": "small.yaml"})
        assert response.headers["Location"] == "/desk/questionnaires/small/1"
    assert numbers(session) == [1]
    assert session.scalars(select(QuestionnaireVersion.source)).one() == ONE
    by = session.scalars(select(AuditEntry.person_id).where(AuditEntry.action == "questionnaire-published")).one()
    assert by is not None


def test_the_difference_is_told_in_words(admin: FlaskClient, session: Session) -> None:
    services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    session.commit()
    page = upload(admin, TWO.encode()).text
    assert "Compared with version 1" in page
    assert "“How bad?” is worded differently." in page
    assert "Nobody has begun one that is not sent yet." in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TWO, "They go on in the new version"),
        (TWO.replace("id: very", "id: much"), "They stay on their version"),
    ],
)
def test_what_becomes_of_drafts_is_told(
    cast: Cast, admin: FlaskClient, session: Session, text: str, words: str
) -> None:
    version = services.publish(session, a_questionnaire(), by=SYSTEM, at=clock.now())
    a_draft(cast, session, version)
    page = upload(admin, text.encode()).text
    assert words in page
    assert "Publish version 2" in page


def test_a_fault_is_shown_with_its_place_and_nothing_is_published(admin: FlaskClient, session: Session) -> None:
    broken = ONE.replace("type: choice", "type: choise")
    for page in (upload(admin, broken.encode()), admin.post(PUBLISH, data={"source": broken})):
        assert page.status_code == 422
        assert '<code class="num">14:15</code>' in page.text
        assert "choise" in page.text.partition("<textarea")[2]
    assert numbers(session) == []


def test_a_taken_number_is_refused_with_the_next_one(admin: FlaskClient, session: Session) -> None:
    services.publish(session, a_questionnaire(version=4), by=SYSTEM, at=clock.now())
    session.commit()
    assert "Write `version: 5` in the file." in upload(admin, TWO.encode()).text
    other = TWO.replace("version: 2", "version: 4")
    refused = admin.post(PUBLISH, data={"source": other})
    assert refused.status_code == 422
    assert "Write `version: 5` in the file." in refused.text


def test_without_a_file_it_asks_for_one(admin: FlaskClient) -> None:
    page = upload(admin, b"", "empty.yaml")
    assert page.status_code == 422
    assert "Choose a file" in page.text


def test_the_shipped_file_goes_through_as_it_is(admin: FlaskClient, session: Session) -> None:
    page = upload(admin, HIS_FAULT.read_bytes(), "his-fault.yaml")
    assert page.status_code == 200
    assert "Nothing: every question can be reached" in page.text


@pytest.mark.parametrize(
    "junk",
    [
        b"\xff\xfe\x00",
        b"\x00" * 9,
        b"a: [",
        b"- " * 200_000,
        bytes(range(256)),
        b"x" * 300_000,
        b"\xed\xa0\x80: 1",
    ],
    ids=["bom", "nul", "open", "deep", "every-byte", "long", "half"],
)
def test_whatever_the_bytes_there_is_a_page(admin: FlaskClient, session: Session, junk: bytes) -> None:
    page = upload(admin, junk, "<b>\x01.yaml")
    assert page.status_code == 422
    assert "It can’t be published yet" in page.text
    assert numbers(session) == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.integers(0, len(ONE)), junk=st.binary(max_size=6) | st.text(max_size=4).map(str.encode))
def test_whatever_stands_in_the_file_there_is_a_page(admin: FlaskClient, place: int, junk: bytes) -> None:
    text = ONE.encode()
    assert upload(admin, text[:place] + junk + text[place:]).status_code in (200, 422)


@pytest.mark.parametrize("path", ["/desk/questionnaires/new", CHECK, PUBLISH])
def test_only_admins_publish(cast: Cast, as_: As, client: FlaskClient, session: Session, path: str) -> None:
    for who, status in ((as_(cast.agent), 403), (as_(cast.tang), 403), (client, 303)):
        ask = who.get if path.endswith("new") else who.post
        assert ask(path).status_code == status
    assert numbers(session) == []


def test_looking_publishes_nothing(admin: FlaskClient) -> None:
    assert admin.get(CHECK).status_code == 405


def test_engineers_words_are_found_unless_the_phrasebook_explains_them(admin: FlaskClient, session: Session) -> None:
    text = ONE.replace("How bad?", "Is it the vpn, or the latency?").encode()
    page = upload(admin, text).text
    assert "W503" in page
    assert "“vpn”" in page
    assert "“latency”" not in page
    keep(session, "en", term="VPN", sentence="the gate between two networks", at=clock.now())
    session.commit()
    assert "W503" not in upload(admin, text).text
    drop(session, "en", term="latency", at=clock.now())
    session.commit()
    assert "“latency”" in upload(admin, text).text


def test_what_is_published_is_held_against_the_phrasebook_as_it_is_now(admin: FlaskClient, session: Session) -> None:
    text = ONE.replace("How bad?", "Is it the vpn?")
    admin.post(PUBLISH, data={"source": text, "name": "small.yaml"})
    assert "“vpn”" in admin.get("/desk/questionnaires/small/1").text
    keep(session, "en", term="vpn", sentence="the gate between two networks", at=clock.now())
    session.commit()
    assert "“vpn”" not in admin.get("/desk/questionnaires/small/1").text
