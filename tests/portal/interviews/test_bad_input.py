"""Whatever is typed or sent: an answer in words, nothing lost, and never an error of ours."""

import string

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.interviews.models import Interview
from tests.portal.interviews.cast import Browser, Cast, a_draft_at

BAD: dict[str, str | bytes] = {
    "a script": "<script>alert(1)</script>",
    "NUL": "before\0after",
    "controls": "a\x01\x02\x1b[31mb",
    "emoji": "🙂 the ward 🏥 stands",
    "marks of direction": "abc\u202edcba\u2066x\u2069",
    "a lone surrogate": b"abc\xed\xa0\x80def",
    "bytes that are no text": b"\xff\xfe\x80abc",
    "line breaks": "a\r\nb\rc\n",
    "places for words": "%(name)s {key:F7} {{ 7 * 7 }} {% raw %}",
}


@pytest.mark.parametrize("what", BAD)
@pytest.mark.slow
def test_a_text_of_any_kind_is_taken_and_shown_as_text(browser: Browser, what: str) -> None:
    draft = a_draft_at(browser, "show")
    browser.send({"q-steps-1-did": BAD[what]})
    assert browser.status == 200
    assert browser.open(f"{draft}/show").status == 200
    assert "<script>alert" not in browser.text
    assert "\0" not in browser.text
    assert browser.fields["q-steps-1-did"][0]
    assert browser.open(f"{draft}/check").status == 200


@pytest.mark.parametrize("what", BAD)
def test_a_phone_number_of_any_kind_is_refused_in_words(browser: Browser, what: str) -> None:
    a_draft_at(browser, "who")
    browser.send({"q-callback": BAD[what]})
    assert browser.status == 422
    assert browser.errors == ["Enter a phone number, for example 010-5555-0100"]
    assert browser.fields["q-callback"][0]


def test_a_phone_number_in_full_width_digits_is_understood(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "who")
    browser.send({"q-callback": "０１０－５５５５－０１２３"})
    assert session.scalars(select(Interview.answers)).one()["answers"]["callback"] == "010-5555-0123"


def test_what_is_too_long_says_so_and_stays(browser: Browser, session: Session) -> None:
    a_draft_at(browser, "message")
    browser.send({"q-error_text": "long line " * 2500})
    assert browser.status == 422
    assert browser.errors[0].startswith("This text has 24999 characters, and 20000 fit in here.")
    assert len(browser.fields["q-error_text"][0]) > 24_000


def test_a_paste_of_ten_megabytes_keeps_its_beginning_and_the_rest_of_the_page(browser: Browser) -> None:
    a_draft_at(browser, "show")
    browser.send({"q-steps-1-did": "y" * 10_000_000, "q-steps-1-saw": "Nothing at all"})
    assert browser.status == 413
    assert "10000000 characters" in browser.errors[0]
    assert len(browser.fields["q-steps-1-did"][0]) == 10_000
    assert browser.fields["q-steps-1-saw"] == ["Nothing at all"]


def test_a_page_full_of_long_texts_is_answered_soon_and_refused_in_words(browser: Browser) -> None:
    a_draft_at(browser, "show")
    long = {f"q-steps-{number}-{part}": "z" * 90_000 for number in range(1, 15) for part in ("did", "saw")}
    # Not through the inspecting browser: what is kept of what was typed makes this page longer than ours may be.
    answer = FlaskClient.open(browser.client, browser.action, method="POST", data=browser.filled(long))
    assert answer.status_code == 413
    assert answer.text.count("90000 characters") >= 28
    assert len(answer.text) < 500_000


@pytest.mark.parametrize("value", ["nothing-such", "~other", "=", "other", "<b>", "x" * 5000])
def test_an_answer_that_is_not_offered_is_refused(browser: Browser, session: Session, value: str) -> None:
    a_draft_at(browser, "impact")
    browser.send({"q-blocked": value})
    assert browser.status == 422
    assert browser.errors
    assert "blocked" not in session.scalars(select(Interview.answers)).one()["answers"]


NAMES = st.sampled_from(
    [
        "q-product", "q-module", "q-version", "q-version-confirm", "q-version-unknown", "q-error_text", "q-callback",
        "q-error_text-none", "q-steps-1-did", "q-steps-2-saw", "q-steps-999999-did", "q-files", "q-try_key-pressed",
        "q-try_key-solved", "q-known_issue", "q-known_issue-issue", "q-emg_what", "q-emg_reason", "shown", "seen",
        "from", "add", "up", "down", "remove", "remove-file", "upload", "later", "once", "csrf_token", "questionnaire",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"1", b"yes", b"his", b"other", b"=5.5.1", b"~unknown", b"~none", b'[{"id": 1}]', b'{"id": "x"}']),
)
PATHS = ["where", "impact", "message", "try", "show", "who", "known", "submit", "solved"]


@pytest.mark.slow
@given(path=st.sampled_from(PATHS), fields=st.lists(st.tuples(NAMES, VALUES), max_size=8))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_posted_nothing_breaks(browser: Browser, path: str, fields: list[tuple[str, bytes]]) -> None:
    draft = a_draft_at(browser, "check")
    body = b"&".join(name.encode() + b"=" + _quoted(value) for name, value in fields)
    _send_raw(browser.client, f"{draft}/{path}", body)


@pytest.mark.slow
@given(
    body=st.binary(max_size=400),
    content_type=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", "application/json", "x"]
    ),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_are_posted_nothing_breaks(browser: Browser, body: bytes, content_type: str) -> None:
    draft = a_draft_at(browser, "show")
    for path in (
        f"{draft}/show",
        f"{draft}/submit",
        f"/emergency/{draft.rpartition('/')[2]}",
        "/emergency",
        "/interviews",
    ):
        _send_raw(browser.client, path, body, content_type)


@pytest.mark.slow
@given(query=st.text(alphabet=string.printable, max_size=30))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_address_says_nothing_breaks(browser: Browser, cast: Cast, query: str) -> None:
    draft = a_draft_at(browser, "show")
    for name in ("rows", "open", "parked", "from"):
        assert browser.client.get(f"{draft}/show", query_string={name: query}).status_code == 200


def _quoted(value: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in value)


def _send_raw(
    client: FlaskClient, path: str, body: bytes, content_type: str = "application/x-www-form-urlencoded"
) -> None:
    answer = client.post(path, data=body, content_type=content_type)
    assert answer.status_code < 500, (path, body)
