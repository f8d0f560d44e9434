"""Every regular expression that reads customers' text must take linear time: nothing repeats without a limit."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Any

import pytest

import intake.fingerprint
import intake.redaction
import intake.versions
from intake.fingerprint import fingerprint
from intake.redaction import redact
from intake.versions import check, parse, parse_range

constants: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
PACKAGES = (intake.redaction, intake.fingerprint, intake.versions)
UNLIMITED = constants.MAXREPEAT
# What a repetition of a repetition may come to; more than this and a line could be tried in too many ways.
WIDEST_NEST = 40_000


def patterns() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in expressions_in(value):
                    yield f"{module.name}.{name}", pattern.pattern


def expressions_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from expressions_in(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from expressions_in(part)
    elif isinstance(value, FunctionType):
        for cell in value.__closure__ or ():
            yield from expressions_in(cell.cell_contents)


def repeats(tree: Iterable[Any], around: int = 1) -> Iterator[tuple[int, int]]:
    for operation, argument in tree:
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            most, inner = argument[1], argument[2]
            yield most, around * most
            yield from repeats(inner, around * most)
        elif operation is constants.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, around)
        elif operation in (constants.SUBPATTERN, constants.ASSERT, constants.ASSERT_NOT):
            yield from repeats(argument[-1], around)


ALL_PATTERNS = sorted(set(patterns()))


def test_there_are_expressions_to_look_at() -> None:
    assert len(ALL_PATTERNS) > 100


@pytest.mark.parametrize(
    ("name", "pattern"), ALL_PATTERNS, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ALL_PATTERNS)]
)
def test_an_expression_repeats_nothing_without_a_limit(name: str, pattern: str) -> None:
    for most, nested in repeats(parser.parse(pattern)):
        assert most != UNLIMITED, f"{name} repeats without a limit"
        assert nested <= WIDEST_NEST, f"{name} nests repetitions"


HOSTILE = {
    "letters": "a" * 100_000,
    "digits": "1" * 100_000,
    "card digits": "4 " * 50_000,
    "words": "aaaa " * 20_000,
    "dots": "a." * 50_000,
    "slashes": "/a" * 50_000,
    "equals": "a=" * 50_000,
    "quotes": "\"'" * 50_000,
    "passwords": "password=" * 11_000,
    "pass": "pass" * 25_000,
    "keys": "key:" * 25_000,
    "mysql": "mysql -h " * 11_000,
    "zip": "zip -a " * 14_000,
    "inserts": "insert into a(" * 7_000,
    "columns": "insert into a(" + "b," * 900 + "b) values (" + "'x'," * 25_000,
    "segments": "PID|" * 25_000,
    "surnames": "王" * 100_000,
    "names": "王建国" * 33_000,
    "titles": "王建国主任" * 20_000,
    "keyed names": "patientName=" * 8_000,
    "signs": "a#1" * 33_000,
    "pairs": "密码 a/" * 15_000,
    "curl": "curl -x " * 12_000,
    "addresses": "://a:" * 20_000,
    "ats": "a@" * 50_000,
    "brackets": "[" * 100_000,
    "colons": "0:" * 50_000,
    "plus": "+1-" * 33_000,
    "frames": "at a.b" * 16_000,
    "exceptions": "a.b.Error" * 11_000,
    "eyJ": "eyJa." * 20_000,
    "dashes": "-----BEGIN " * 9_000,
    "chinese": "患者姓名" * 25_000,
    "address": "地址：省市区县路" * 12_000,
    "stars": "1/" * 50_000,
    "spaces": " " * 100_000,
    "dates": "2024-01-01 " * 9_000,
    "levels": "INFO " * 20_000,
    "dollar": "$1$" * 33_000,
    "base64": "aB3+" * 25_000,
    "random": "aB3_" * 25_000,
    "calls": "a.b(*c)." * 12_000,
    "files": 'File "' * 16_000,
    "at signs": "at a/" * 20_000,
    "ranges": "1.0-2.0," * 12_000,
    "operators": "<=5.0 " * 16_000,
    "cookies": "cookie: a=" * 10_000,
    "mixed": "x1-_./@:=" * 11_000,
    "surrogates": "\ud800" * 100_000,
    "zeros": "\0" * 100_000,
    "lines": "a=1\n" * 25_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.slow
def test_a_hostile_line_takes_no_longer_than_an_honest_one(text: str) -> None:
    # A tenth of a megabyte takes a tenth of a second; the limit only tells linear from quadratic, on any machine.
    began = time.process_time()
    redact(text)
    fingerprint(text)
    check(text[:10_000], text[:10_000])
    parse_range(text[:10_000])
    parse(text[:120])
    assert time.process_time() - began < 5
