"""Secrets go, the text stays readable, and doing it twice changes nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.redaction import KINDS, SECRET_KINDS, Redacted, redact, redact_lines

HERE = Path(__file__).parent
MARKED = re.compile(r"«([a-z ]+):([^»]*)»")


def read(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").split("\n")
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("# ")]


# How well the rules did on each set before they were changed for it stands in docs/evidence.md.
SETS = {
    "first": (read("secrets.txt"), read("benign.txt")),
    "field": tuple([line for line in read("field.txt") if ("«" in line) == has] for has in (True, False)),
    "later": tuple([line for line in read("later.txt") if ("«" in line) == has] for has in (True, False)),
    "fresh": tuple([line for line in read("fresh.txt") if ("«" in line) == has] for has in (True, False)),
}
SECRETS = [line for secrets, _ in SETS.values() for line in secrets]
BENIGN = [line for _, benign in SETS.values() for line in benign]


def plain(line: str) -> str:
    return MARKED.sub(lambda match: match[2], line)


def test_the_sample_sets_are_large_enough() -> None:
    assert all(len(secrets) + len(benign) >= 100 for secrets, benign in SETS.values())
    assert {kind for line in SECRETS for kind, _ in MARKED.findall(line)} == set(KINDS)


@pytest.mark.parametrize("name", SETS)
def test_almost_every_secret_goes(name: str) -> None:
    secrets = [(line, kind, secret) for line in SETS[name][0] for kind, secret in MARKED.findall(line)]
    left = [(kind, secret) for line, kind, secret in secrets if secret in redact(plain(line)).text]
    assert len(left) / len(secrets) <= 0.03, left


@pytest.mark.parametrize("name", SETS)
def test_almost_every_harmless_line_stays_as_it_is(name: str) -> None:
    benign = SETS[name][1]
    touched = [line for line in benign if redact(line).redactions]
    assert len(touched) / len(benign) <= 0.02, touched


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_as_what_it_is(kind: str) -> None:
    lines = [line for line in SECRETS if f"«{kind}:" in line]
    named = [line for line in lines if kind in {one.kind for one in redact(plain(line)).redactions}]
    assert len(named) / len(lines) >= 0.9


@pytest.mark.parametrize("line", SECRETS)
def test_redacting_twice_changes_nothing(line: str) -> None:
    once = redact(plain(line))
    assert redact(once.text) == Redacted(once.text)


@pytest.mark.parametrize("line", SECRETS)
def test_the_places_are_those_of_the_text_as_it_was_pasted(line: str) -> None:
    text = plain(line)
    assert rebuild(text, redact(text)) == redact(text).text


def rebuild(text: str, redacted: Redacted) -> str:
    for one in reversed(redacted.redactions):
        text = text[: one.start] + one.marker + text[one.end :]
    return text


def test_the_same_secret_gets_the_same_marker() -> None:
    redacted = redact("password=hunter2\npassword=Tr0ub4dor\npassword=hunter2")
    assert redacted.text == "password=[password 1]\npassword=[password 2]\npassword=[password 1]"


def test_a_new_secret_beside_an_old_marker_gets_a_number_of_its_own() -> None:
    assert redact("password=[password 1] password=hunter2").text == "password=[password 1] password=[password 2]"


def test_it_counts_by_kind() -> None:
    redacted = redact("手机 13812345678，密码：Abc@12345，手机 13987654321")
    assert redacted.counts == [{"kind": "password", "count": 1}, {"kind": "phone", "count": 2}]


def test_places_count_code_points() -> None:
    redacted = redact("😀密码：Abc@12345")
    assert [(one.start, one.end) for one in redacted.redactions] == [(4, 13)]


def test_a_kind_that_was_switched_off_stays() -> None:
    text = "手机 13812345678 密码：Abc@12345"
    assert redact(text, frozenset({"phone"})).text == "手机 13812345678 密码：[password 1]"


def test_secret_kinds_are_kinds() -> None:
    assert set(KINDS) >= SECRET_KINDS


def test_full_width_digits_and_signs_are_understood() -> None:
    assert redact("手机：１３８１２３４５６７８").text == "手机：[phone 1]"
    assert redact("ｐａｓｓｗｏｒｄ＝hunter2").text == "ｐａｓｓｗｏｒｄ＝[password 1]"


def test_an_identity_number_with_a_wrong_check_digit_is_a_number() -> None:
    assert redact("编码 110105194912310021").redactions == ()
    assert redact("编码 11010519491231002X").text == "编码 [id number 1]"


def test_a_card_number_that_fails_luhn_is_a_number() -> None:
    assert redact("no 4111111111111112").redactions == ()
    assert redact("no 4111111111111111").text == "no [bank card 1]"


def test_a_private_key_goes_whole() -> None:
    key = (
        "-----BEGIN RSA PRIVATE "
        "KEY-----\nMIIEowIBAAKCAQEA1234567890abcdefgh\nQWERTYUIOPasdfghjklzxcvbnm12345678\n-----END RSA "
        "PRIVATE KEY-----"
    )
    assert redact(f"before\n{key}\nafter").text == "before\n[private key 1]\nafter"


def test_a_private_key_that_was_cut_off_goes_as_far_as_it_reaches() -> None:
    text = (
        "-----BEGIN PRIVATE "
        "KEY-----\nMIIEowIBAAKCAQEA1234567890abcdefgh\nQWERTYUIOPasdfghjklzxcvbnm12345678\nThe log goes "
        "on here.\n"
    )
    assert redact(text).text == "[private key 1]The log goes on here.\n"


def test_a_private_key_whose_first_line_is_damaged_goes_too() -> None:
    text = 'x = "-----BEGIN PRIVATE KEY--\nMIIEowIBAAKCAQEA1234567890abcdefgh\n-----END PRIVATE KEY-----"'
    assert redact(text).text == 'x = "[private key 1]"'


def test_a_label_before_a_private_key_changes_nothing_the_second_time() -> None:
    once = redact('adafruitKey = "4-----BEGIN RSA PRIVATE KEY-----wG4odV nPkCT7XECZLFt byhobPv4S";')
    assert redact(once.text).text == once.text


def test_a_certificate_is_no_private_key() -> None:
    assert "BEGIN CERTIFICATE" in redact("-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----").text


def test_lines_of_a_stream_share_their_numbers() -> None:
    texts = [
        one.text for one in redact_lines(["password=hunter2\n", "fine\n", "password=other77\n", "password=hunter2\n"])
    ]
    assert texts == ["password=[password 1]\n", "fine\n", "password=[password 2]\n", "password=[password 1]\n"]


def test_a_private_key_in_a_stream_leaves_no_line_behind() -> None:
    lines = [
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "MIIEowIBAAKCAQEA\n",
        "short==\n",
        "-----END RSA PRIVATE KEY-----\n",
        "done\n",
    ]
    texts = [one.text for one in redact_lines(lines)]
    assert "MIIE" not in "".join(texts)
    assert "short" not in "".join(texts)
    assert texts[-1] == "done\n"


def test_a_label_on_the_line_before_its_value_is_understood() -> None:
    assert redact("<password>\n    Secret_009\n</password>").text == "<password>\n    [password 1]\n</password>"


ODD = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
PIECES = st.lists(
    st.one_of(
        st.sampled_from([plain(line) for line in SECRETS]),
        st.sampled_from(BENIGN),
        st.sampled_from(
            [
                "密码：",
                "password=",
                "[password 1]",
                "[",
                "]",
                "13812345678",
                "：",
                "=",
                "@",
                "://",
                " ",
                "\n",
                "\0",
                "\ud800",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=8,
).map("".join)


@given(ODD)
def test_no_text_is_too_odd(text: str) -> None:
    redacted = redact(text)
    assert rebuild(text, redacted) == redacted.text


@settings(max_examples=400)
@given(PIECES)
def test_whatever_is_put_together_settles_at_once(text: str) -> None:
    redacted = redact(text)
    assert rebuild(text, redacted) == redacted.text
    assert redact(redacted.text).text == redacted.text


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    assert rebuild(text, redact(text)) == redact(text).text
    assert len(list(redact_lines(text.splitlines(keepends=True)))) == len(text.splitlines())
