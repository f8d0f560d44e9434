"""Hostile CSAF files: what they may cost, what they may carry, and what stays out of the database."""

import copy
import json
import time
from typing import Any

import pytest

from portal.formats.services.schema import CsafError, read_csaf
from tests.world import World

pytestmark = pytest.mark.slow

_DOCUMENT: dict[str, Any] = {
    "document": {
        "category": "csaf_base",
        "csaf_version": "2.0",
        "publisher": {"category": "vendor", "name": "x", "namespace": "https://x.example"},
        "title": "t",
        "tracking": {
            "current_release_date": "2026-01-01T00:00:00Z",
            "id": "a",
            "initial_release_date": "2026-01-01T00:00:00Z",
            "revision_history": [{"date": "2026-01-01T00:00:00Z", "number": "1", "summary": "s"}],
            "status": "final",
            "version": "1",
        },
    }
}


def _titled(title: str) -> dict[str, Any]:
    document = copy.deepcopy(_DOCUMENT)
    document["document"]["title"] = title
    document["document"]["notes"] = [{"category": "summary", "text": f"[x](javascript:alert(1)) {title}"}]
    document["document"]["references"] = [{"summary": title, "url": "https://x.example/"}]
    return document


@pytest.mark.parametrize(
    "title", ["a\ud800b", "a\0b", "a\r\nBcc: x@x.example", "a\x1b\x08b", "<script>alert(1)</script>"]
)
def test_signs_that_no_database_keeps_make_a_draft_all_the_same(world: World, title: str) -> None:
    sent = {"text": json.dumps(_titled(title)), "name": "x.json", "once": "1" * 32}
    assert world.ask("agent", "POST", "/desk/notices/import/check", data=sent).status_code == 200
    made = world.ask("agent", "POST", "/desk/notices/import", data=sent)
    assert made.status_code == 303
    for page in ("", "/preview/en", "/texts/en"):
        shown = world.ask("agent", "GET", made.headers["Location"] + page)
        assert shown.status_code == 200
        assert "<script>alert" not in shown.text
        assert 'href="javascript' not in shown.text


def test_neither_nul_nor_half_a_sign_nor_a_second_line_is_read() -> None:
    read = json.dumps(read_csaf(json.dumps(_titled("a\0b\ud800c")).encode()), ensure_ascii=False)
    assert "\\u0000" not in read
    assert "\ud800" not in read
    assert "ab?c" in read


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"Infinity", b"NaN"])
def test_a_number_that_is_none_is_refused(number: bytes) -> None:
    with pytest.raises(CsafError, match="not-json"):
        read_csaf(b'{"document": ' + number + b"}")


def test_a_long_list_is_looked_at_in_one_go() -> None:
    document = copy.deepcopy(_DOCUMENT)
    flags = [{"label": "component_not_present", "group_ids": [f"g{number}"]} for number in range(20_000)]
    document["vulnerabilities"] = [{"flags": flags, "notes": [{"category": "summary", "text": "x"}]}]
    begun = time.process_time()
    read_csaf(json.dumps(document).encode())
    # Compared each with each, 2,000 took 5 seconds, and ten times as many a hundred times as long.
    assert time.process_time() - begun < 60


def test_something_that_stands_twice_is_still_found() -> None:
    document = copy.deepcopy(_DOCUMENT)
    flag = {"label": "component_not_present", "group_ids": ["g"]}
    document["vulnerabilities"] = [{"flags": [flag, dict(reversed(flag.items()))]}]
    with pytest.raises(CsafError) as refused:
        read_csaf(json.dumps(document).encode())
    assert [fault.rule for fault in refused.value.faults] == ["twice"]
