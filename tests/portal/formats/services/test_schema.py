"""A file is a CSAF document, or one is told where it isn't."""

import json
from copy import deepcopy
from typing import Any

import pytest

from portal.formats.services.schema import MOST_BYTES, CsafError, Fault, read_csaf
from tests.portal.formats.examples import ADVISORY, body, without


def refused(given: bytes) -> CsafError:
    with pytest.raises(CsafError) as caught:
        read_csaf(given)
    return caught.value


def fault_in(given: bytes) -> Fault:
    (fault,) = refused(given).faults
    return fault


def changed(path: str, value: object) -> bytes:
    whole = deepcopy(ADVISORY)
    part: Any = whole
    *parents, last = path.strip("/").split("/")
    for each in parents:
        part = part[int(each) if isinstance(part, list) else each]
    part[int(last) if isinstance(part, list) else last] = value
    return json.dumps(whole).encode()


def test_a_document_that_keeps_to_the_schema_is_read() -> None:
    assert read_csaf(body()) == ADVISORY


def test_a_mark_at_the_beginning_of_the_file_does_no_harm() -> None:
    assert read_csaf(b"\xef\xbb\xbf" + body()) == ADVISORY


@pytest.mark.parametrize(
    "path",
    ["/document", "/document/tracking/id", "/document/title", "/document/notes/0/text", "/document/csaf_version"],
)
def test_it_says_what_is_missing_and_where(path: str) -> None:
    fault = fault_in(without(path))
    assert (fault.path, fault.rule) == (path, "missing")


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("/document/title", 7, "type"),
        ("/document/notes/0/category", "gossip", "choice"),
        ("/document/csaf_version", "1.2", "choice"),
        ("/document/tracking/version", "one", "pattern"),
        ("/document/title", "", "empty"),
        ("/document/notes", [], "empty"),
    ],
)
def test_it_says_which_rule_is_broken_and_where(path: str, value: object, rule: str) -> None:
    fault = fault_in(changed(path, value))
    assert (fault.path, fault.rule) == (path, rule)


def test_a_broken_score_is_found_by_the_schema_that_the_schema_points_to() -> None:
    score = {"products": ["P1"], "cvss_v3": {"version": "3.1", "vectorString": "x"}}
    faults = refused(changed("/vulnerabilities/0/scores", [score])).faults
    assert {each.path.rpartition("/")[0] for each in faults} == {"/vulnerabilities/0/scores/0/cvss_v3"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "not-json"),
        (b"\xff\xfe", "not-json"),
        (b"{'a': 1}", "not-json"),
        (b'{"document": NaN}', "not-json"),
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "too-deep"),
        (b"[]", "not-csaf"),
        (b" " * (MOST_BYTES + 1), "too-large"),
    ],
)
def test_what_is_no_document_at_all_is_named(given: bytes, code: str) -> None:
    assert refused(given).code == code


def test_it_says_in_which_line_the_json_breaks() -> None:
    assert refused(b'{\n"document": {\n,').line == 3
