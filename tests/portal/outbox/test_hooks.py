"""Posting to addresses that somebody typed."""

from urllib.parse import urlsplit

import pytest

from portal.outbox.hooks import ForbiddenAddressError, post_json, resolve
from tests.portal.chat import robots

PRIVATE = [
    "https://127.0.0.1/", "https://10.0.0.8/", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/",
    "https://100.64.0.1/", "https://0.0.0.0/", "https://[::1]/", "https://[fd00::1]/", "https://[fe80::1]/",
    "https://[::ffff:10.0.0.1]/", "https://localhost/", "https://224.0.0.1/", "https://2130706433/",
]  # fmt: skip


@pytest.mark.parametrize("url", PRIVATE)
def test_nothing_is_posted_inside_our_own_network(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        post_json(url, {})


@pytest.mark.parametrize("url", ["http://8.8.8.8/", "file:///etc/passwd", "ftp://8.8.8.8/", "//8.8.8.8/", ""])
def test_only_https_is_posted_to(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        post_json(url, {})


def test_this_machine_is_allowed_for_tests_and_no_other_private_address() -> None:
    assert resolve(urlsplit("http://127.0.0.1:1/"), may_be_local=True) == "127.0.0.1"
    with pytest.raises(ForbiddenAddressError):
        resolve(urlsplit("http://10.0.0.8/"), may_be_local=True)


def test_a_public_address_is_taken_as_it_is() -> None:
    assert resolve(urlsplit("https://8.8.8.8/"), may_be_local=False) == "8.8.8.8"


def test_the_answer_comes_back_whatever_it_is() -> None:
    with robots.running() as running:
        running.answers.append((418, {"errcode": 7}))
        answer = post_json(running.address("wecom"), {"msgtype": "text"}, may_be_local=True)
    assert (answer.status, answer.body) == (418, {"errcode": 7})


def test_nobody_there_is_an_error_that_may_pass() -> None:
    with robots.running() as running:
        address = running.address("wecom")
    with pytest.raises(OSError, match="refused"):
        post_json(address, {}, may_be_local=True)
