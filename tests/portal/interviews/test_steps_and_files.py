"""Steps that move by buttons, and files that come with a page."""

import io

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.files.models import StoredFile
from portal.interviews.models import DraftFile, Interview
from portal.tickets.models import Attachment
from tests.portal.interviews.cast import CHECK, Browser, a_draft_at, a_stranger
from tests.portal.interviews.conftest import SignIn


def did(session: Session) -> list[str]:
    document = session.scalars(select(Interview.answers)).one()
    return [row["did"] for row in document["answers"]["steps"]]


def with_two_steps(browser: Browser) -> Browser:
    a_draft_at(browser, "show")
    browser.send({"q-steps-1-did": "First"}, button="add=2")
    return browser.send({"q-steps-2-did": "Second"}, button="add=3")


def test_a_step_is_added_and_the_ones_before_are_kept(browser: Browser, session: Session) -> None:
    with_two_steps(browser)
    assert 'name="q-steps-3-did"' in browser.text
    assert did(session) == ["First", "Second"]


def test_a_step_moves_up(browser: Browser, session: Session) -> None:
    with_two_steps(browser).send(button="up=2")
    assert did(session) == ["Second", "First"]


def test_a_step_moves_down(browser: Browser, session: Session) -> None:
    with_two_steps(browser).send(button="down=1")
    assert did(session) == ["Second", "First"]


def test_a_step_is_removed(browser: Browser, session: Session) -> None:
    with_two_steps(browser).send(button="remove=1")
    assert did(session) == ["Second"]


def test_a_step_that_is_not_there_moves_nothing(browser: Browser, session: Session) -> None:
    with_two_steps(browser)
    for number in ("9", "0", "x", "99999999999999999999", "²"):
        browser.send(button=f"up={number}")
    assert did(session) == ["First", "Second"]


def test_a_finished_step_is_folded_and_the_wrong_one_is_marked(browser: Browser) -> None:
    a_draft_at(browser, "show")
    first = {"q-steps-1-did": "Open", "q-steps-1-expected": "A list", "q-steps-1-saw": "A list"}
    browser.send(first, button="add=2")
    second = {"q-steps-2-did": "Press", "q-steps-2-expected": "A form", "q-steps-2-saw": "Nothing"}
    browser.send(second, button="add=3")
    assert browser.text.count('class="step__fold"') == 2
    assert browser.text.count("It went wrong here") == 1


def upload(browser: Browser, name: str, body: bytes, media_type: str, button: str = "upload") -> Browser:
    fields = {**browser.filled(), "q-files-add": (io.BytesIO(body), name, media_type), button: "1"}
    page = browser.client.post(browser.action, data=fields, content_type="multipart/form-data", follow_redirects=True)
    return browser._arrive(page)


def test_a_file_is_kept_with_the_draft_and_goes_with_the_ticket(browser: Browser, session: Session) -> None:
    draft = a_draft_at(browser, "show")
    upload(browser, "log.txt", b"10:02 ERROR ORD-1407\n", "text/plain")
    assert "log.txt" in browser.text
    file_id = session.scalars(select(DraftFile.file_id)).one()
    sent = browser.client.get(f"{draft}/files/{file_id}")
    assert (sent.status_code, sent.data) == (200, b"10:02 ERROR ORD-1407\n")
    sent.close()
    browser.send({"q-steps-1-did": "Open orders"})
    browser.send()
    assert browser.heading == CHECK
    browser.send()
    assert session.scalars(select(Attachment.file_id)).one() == file_id


def test_a_file_can_be_taken_away_again(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "show")
    upload(browser, "log.txt", b"10:02 ERROR\n", "text/plain")
    file_id = session.scalars(select(StoredFile.id)).one()
    browser.send(button=f"remove-file={file_id}")
    assert "log.txt" not in browser.text


def test_a_file_that_is_not_taken_is_named_and_the_page_is_kept(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "show")
    browser.fields["q-steps-1-did"] = ["Open orders"]
    upload(browser, "page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
    assert browser.status == 422
    assert "page.svg" in browser.errors[0]
    assert browser.fields["q-steps-1-did"] == ["Open orders"]
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_a_strangers_browser_does_not_get_the_file(browser: Browser, session: Session, signed_in: SignIn) -> None:
    draft = a_draft_at(browser, "show")
    upload(browser, "log.txt", b"10:02 ERROR\n", "text/plain")
    file_id = session.scalars(select(StoredFile.id)).one()
    stranger: FlaskClient = signed_in(a_stranger(session))
    assert stranger.get(f"{draft}/files/{file_id}").status_code == 404
