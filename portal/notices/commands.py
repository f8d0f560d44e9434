"""Version ranges on the command line, for scripts: one JSON object an answer."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator

import click

from intake.versions import Verdict, check, compare, parse_range

_Answer = Callable[[str, str], dict[str, object]]


@click.group("ranges")
def ranges() -> None:
    """Ask what a version range says; needs no database."""


@ranges.command("check")
@click.argument("range_text", metavar="RANGE", required=False)
@click.argument("version", required=False)
@click.option("--lines", is_flag=True, help="Read tab-separated pairs from the input, and print one answer a line.")
def check_range(range_text: str | None, version: str | None, *, lines: bool) -> None:
    """Say whether VERSION lies in RANGE: affected, not affected, or please check."""
    _answer_all(_verdict, range_text, version, lines=lines)


@ranges.command("compare")
@click.argument("first", metavar="A", required=False)
@click.argument("second", metavar="B", required=False)
@click.option("--lines", is_flag=True, help="Read tab-separated pairs from the input, and print one answer a line.")
def compare_versions(first: str | None, second: str | None, *, lines: bool) -> None:
    """Say which of two versions is the older: -1, 0 or 1, and null where that can't be told."""
    _answer_all(_order, first, second, lines=lines)


def _verdict(range_text: str, version: str) -> dict[str, object]:
    understood = parse_range(range_text)
    verdict: Verdict = check(range_text, version)
    return {"verdict": str(verdict), "range": understood.as_text() if understood else range_text}


def _order(first: str, second: str) -> dict[str, object]:
    return {"order": compare(first, second)}


def _answer_all(answer: _Answer, first: str | None, second: str | None, *, lines: bool) -> None:
    if not lines and (first is None or second is None):
        raise click.UsageError("Give both, or --lines with tab-separated pairs on the input.")
    for left, right in _pairs(sys.stdin.buffer) if lines else [(first or "", second or "")]:
        click.echo(json.dumps(answer(left, right)))


def _pairs(rows: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    for row in rows:
        left, _, right = row.decode("utf-8", "replace").rstrip("\r\n").partition("\t")
        yield left, right
