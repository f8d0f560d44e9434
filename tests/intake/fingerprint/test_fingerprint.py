"""The same fault gives the same fingerprint; another fault gives another."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.fingerprint import VERSION, fingerprint
from intake.redaction import redact


def read_faults() -> dict[str, list[str]]:
    faults: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("= "):
            name = line[2:]
        elif line and not line.startswith("# "):
            faults[name].append(line.replace("\\n", "\n").replace("\\t", "\t"))
    return dict(faults)


FAULTS = read_faults()


def pairs() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "pairs.txt").read_text(encoding="utf-8").splitlines()
    told = [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if not line.startswith("# ")]
    parts = [(line[0], line[2:].partition(" || ")) for line in told]
    return [(sign, one, other) for sign, (one, _, other) in parts]


@pytest.mark.parametrize(("sign", "one", "other"), pairs())
def test_two_pastes_have_one_fingerprint_where_they_are_one_fault(sign: str, one: str, other: str) -> None:
    assert (fingerprint(one).fingerprint == fingerprint(other).fingerprint) is (sign == "=")


def test_pastes_are_grouped_as_a_person_would() -> None:
    named: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, pastes in FAULTS.items():
        for number, paste in enumerate(pastes):
            named[fingerprint(paste).fingerprint].append((name, number))
    whole = [{(name, number) for number in range(len(pastes))} for name, pastes in FAULTS.items()]
    right = sum(len(group) for group in named.values() if set(group) in whole)
    total = sum(map(len, FAULTS.values()))
    assert right / total >= 0.95


JAVA = """2024-05-01 10:00:00.123 ERROR 123 --- [http-nio-8080-exec-7] c.h.o.OrderController : Save failed for order 881
org.springframework.dao.DataIntegrityViolationException: could not execute statement
\tat org.springframework.orm.jpa.Foo.bar(Foo.java:12)
\tat com.his.order.OrderService$$EnhancerBySpringCGLIB$$1a2b3c4d.save(<generated>)
\tat com.his.order.OrderService.lambda$save$3(OrderService.java:88)
\tat com.his.order.OrderController.post(OrderController.java:41)
Caused by: java.sql.SQLIntegrityConstraintViolationException: ORA-00001: unique constraint (HIS.PK_ORD) violated
\tat oracle.jdbc.driver.T4C.foo(T4C.java:1)
\t... 10 more"""


def test_a_paste_yields_its_keys_with_the_strongest_first() -> None:
    found = fingerprint(JAVA)
    assert [key.split("1:")[0] for key in found.fingerprints] == ["code", "exception", "text"]
    assert found.fingerprint == found.fingerprints[0]
    assert found.code == "ORA-00001"
    assert found.exception == (
        "org.springframework.dao.DataIntegrityViolationException < java.sql.SQLIntegrityConstraintViolationException"
    )
    assert found.frames == (
        "com.his.order.OrderService:save",
        "com.his.order.OrderService:lambda save",
        "com.his.order.OrderController:post",
    )


def test_it_says_exactly_what_the_format_promises() -> None:
    plain = fingerprint(JAVA).as_dict()
    assert list(plain) == ["fingerprint", "fingerprints", "template", "code", "exception", "frames", "version"]
    assert json.loads(json.dumps(plain)) == plain
    assert plain["version"] == VERSION


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ORA-12541: TNS:no listener", "ORA-12541"),
        ("ERROR 1045 (28000): Access denied for user 'x'@'y'", "MySQL 1045"),
        ("[Warning] [MY-010068] [Server] CA certificate is self signed", "MY-010068"),
        ("ERROR:  duplicate key\nSQL state: 23505", "SQLSTATE 23505"),
        ("Msg 208, Level 16, State 1, Line 1", "Msg 208"),
        ("DB2 SQL Error: SQLCODE=-204, SQLSTATE=42704", "SQLCODE=-204"),
        ("HTTP/1.1 503 Service Unavailable", "HTTP 503"),
        ("请求失败，状态码：502", "HTTP 502"),
        ("connect() failed (111: Connection refused)", "errno 111"),
        ("FileNotFoundError: [Errno 2] No such file or directory", "errno 2"),
        ("Error: listen EADDRINUSE: address already in use :::3000", "EADDRINUSE"),
        ("Error [ERR_MODULE_NOT_FOUND]: Cannot find module", "ERR_MODULE_NOT_FOUND"),
        ("Failed: net::ERR_NAME_NOT_RESOLVED", "ERR_NAME_NOT_RESOLVED"),
        ("Minified React error #130; visit the page", "Minified React error #130"),
        ("安装失败，HRESULT = 0x80070005", "0x80070005"),
        ("Event ID: 7031", "Windows 7031"),
        ("his.service: Failed with result 'exit-code'.", "Failed with result 'exit-code'"),
        ("error CS0246: The type or namespace name could not be found", "CS0246"),
        ("<BEA-000337> Stuck thread", "BEA-000337"),
        ("rpc error: code = Unavailable desc = x", "code = Unavailable"),
        ("错误代码：E1003", "E1003"),
        ("HIS-20031 床位已被占用", "HIS-20031"),
        ("npm ERR! process exited with code 137", "exit 137"),
        ("everything is fine", None),
        ("the answer is 42 and UTF-8 is used", None),
    ],
)
def test_it_knows_the_code(text: str, code: str | None) -> None:
    assert fingerprint(text).code == code


@pytest.mark.parametrize(
    ("text", "exception", "frames"),
    [
        (
            (
                "TypeError: x is "
                "undefined\nload@https://a.example/app.3f2a1b9c.js:1:23\nsave/<@https://a.example/app.3f2a1b9c.js:1:9"
            ),
            "TypeError",
            ("app.js:load", "app.js:save"),
        ),
        (
            (
                "panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 "
                "[running]:\nmain.(*Ward).pick(0x0)\n\t/a.go:9"
            ),
            "panic: runtime error: index out of range",
            ("main:(*Ward).pick",),
        ),
        (
            (
                'Traceback (most recent call last):\n  File "/a/b.py", line 1, in one\n    two()\n'
                '  File "/a/c.py", line 2, in two\n    x\nhis.errors.BedError: taken'
            ),
            "his.errors.BedError",
            ("c.py:two", "b.py:one"),
        ),
        (
            (
                "System.InvalidOperationException: x\n   at His.A.<SaveAsync>d__5.MoveNext()\n   at "
                "System.Threading.Tasks.Task.Run()"
            ),
            "System.InvalidOperationException",
            ("His.A:SaveAsync",),
        ),
        ('ORA-00942: x\nORA-06512: at "HIS.PKG_ORDER", line 12', None, ("HIS.PKG_ORDER",)),
        ("2024-01-01 10:00:00 ERROR java.io.IOException: Broken pipe", "java.io.IOException", ()),
    ],
)
def test_it_knows_what_was_thrown_and_where(text: str, exception: str | None, frames: tuple[str, ...]) -> None:
    found = fingerprint(text)
    assert (found.exception, found.frames) == (exception, frames)


def test_it_keeps_five_frames_of_the_application() -> None:
    frames = "".join(f"\n\tat com.his.A.m{letter}(A.java:{number})" for number, letter in enumerate("abcdefgh"))
    assert fingerprint(f"java.lang.RuntimeException: x{frames}").frames == tuple(
        f"com.his.A:m{letter}" for letter in "abcde"
    )


def test_recursion_is_one_frame() -> None:
    deep = "\n\tat com.his.Tree.walk(Tree.java:5)" * 500
    assert fingerprint(f"java.lang.StackOverflowError{deep}").frames == ("com.his.Tree:walk",)


def test_an_error_counts_before_what_led_to_it() -> None:
    text = "2024-01-01 10:00:00 INFO [main] a.b.C: started\n2024-01-01 10:00:01 ERROR [main] a.b.C: bed 12 is taken"
    assert fingerprint(text).template == "bed <*> is taken"


@pytest.mark.parametrize("paste", [paste for pastes in FAULTS.values() for paste in pastes])
def test_redaction_leaves_the_fingerprint_as_it_is(paste: str) -> None:
    assert fingerprint(redact(paste).text).fingerprint == fingerprint(paste).fingerprint


def test_a_redacted_number_is_masked_like_the_number_itself() -> None:
    text = "cannot reach 13812345678 for patient"
    assert fingerprint(redact(text).text).template == fingerprint(text).template


@pytest.mark.parametrize("text", ["", " \n\t", "\0\0", "\ufeff"])
def test_nothing_said_has_no_key(text: str) -> None:
    found = fingerprint(text)
    assert (found.fingerprint, found.fingerprints, found.template) == ("", (), "")


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    found = fingerprint(text)
    assert fingerprint(text) == found
    assert json.dumps(found.as_dict())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text(data: bytes) -> None:
    assert fingerprint(data.decode("utf-8", "surrogateescape")).version == VERSION


@given(
    st.lists(
        st.sampled_from([line for pastes in FAULTS.values() for paste in pastes for line in paste.split("\n")]),
        max_size=6,
    )
)
def test_lines_in_any_order_are_answered(lines: list[str]) -> None:
    assert len(fingerprint("\n".join(lines)).frames) <= 5


@pytest.mark.parametrize(
    "text", ["{" * 5_000, '{"msg":' * 900 + "}", '{"message": 5}', "[" * 3_000 + "]", '{"a": ' + "9" * 5_000 + "}"]
)
def test_odd_json_is_a_text_like_any_other(text: str) -> None:
    assert fingerprint(text).fingerprint
