"""Texts made to keep a process busy: every expression and every reader of long texts gets on with them."""

import signal
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from intake.fingerprint import fingerprint
from intake.redaction import redact
from intake.versions import parse_range
from portal.core.i18n import accepted_locale
from portal.ui.forms import clean
from portal.ui.prose import keys, lines, prose
from portal.ui.redirects import own_path

SECONDS = 20
"""Far more than any of it takes, and far less than an expression that goes wrong."""
UNITS = (
    *(
        "a",
        "1",
        " ",
        "\n",
        "a\n",
        "1 ",
        "a@",
        "a@b.",
        "1-",
        "=",
        '"',
        "'",
        "\\",
        "\\a",
        "/",
        "::",
        "1.",
        "é",
        "中",
        "_",
    ),
    *("password=", "姓名：", "key: ", "http://a:b@", "eyJhbGciOi.", "AKIA", "Bearer ", "+86 ", "13800000000 ", "a=b&"),
    *('{"password":"', "secret: \n", "-----BEGIN RSA PRIVATE KEY-----\n", "Caused by: x\n", " at a.b(c.java:1)\n"),
    *(
        "*",
        "**a ",
        "*a ",
        "[",
        "](",
        "![",
        "[a](",
        "`",
        "> ",
        "- ",
        "<",
        "<a ",
        "<!--",
        "&",
        "{key:",
        "[a]: b\n",
        "\n\n",
    ),
)
READERS: dict[str, tuple[Callable[[str], object], int]] = {
    "redact": (redact, 40_000),
    "fingerprint": (fingerprint, 20_000),
    "prose": (prose.__wrapped__, 20_000),
    "keys": (keys, 60_000),
    "lines": (lines, 20_000),
    "clean": (clean, 200_000),
    "own path": (own_path, 60_000),
    "language": (accepted_locale, 60_000),
    "range": (parse_range, 60_000),
}


@pytest.fixture
def in_time() -> Iterator[None]:
    """Fail whatever goes on for too long; an expression can't be stopped in any other way."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"still busy after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_no_text_keeps_it_busy(in_time: None, reader: str) -> None:
    read, size = READERS[reader]
    for unit in UNITS:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        read(unit * (size // len(unit)) + "!")
