"""What every form does."""

import pytest
from flask import Flask

from portal.ui.forms import OnceForm, clean


@pytest.mark.parametrize("body", [b"0", b"[1]", b'{"once": "x"}', b"null", b"not JSON"])
def test_a_body_that_is_no_form_fills_no_form(app: Flask, body: bytes) -> None:
    with app.test_request_context("/", method="POST", data=body, content_type="application/json"):
        assert len(OnceForm().once.data) == 32


def test_a_form_takes_what_was_sent(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"once": "x"}):
        assert OnceForm().once.data == "x"


def test_what_no_page_can_hold_is_dropped() -> None:
    assert clean(" a\0b\x1b\ud800\u202ec\r\nd ") == "abc\nd"
