"""``portal surges replay``: what would have been suspected, from lines on standard input; it needs no database."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

import click

from portal.incidents.surge import Change, Happening, Key, Release, Report, Rule, Watch, replay


class LineError(ValueError):
    """A line that says nothing that can be counted, with what to write instead."""


@click.group("surges")
def surges() -> None:
    """Notice many alike reports at once."""


@surges.command("replay")
@click.option("--minutes", default=30, show_default=True, type=click.IntRange(1, 24 * 60), help="The window.")
@click.option("--organisations", default=10, show_default=True, type=click.IntRange(2), help="So many are a surge.")
@click.option("--stopped", default=4, show_default=True, type=click.IntRange(2), help="So many whose work has stopped.")
def replay_lines(minutes: int, organisations: int, stopped: int) -> None:
    """Read reports and releases as JSON lines, and print what is suspected and when it is quiet again.

    A line that can't be read is named on the standard error and left out; the exit status is then 1.
    """
    reading = Reading(lambda words: click.echo(words, err=True))
    watch = Watch(Rule(window=timedelta(minutes=minutes), organisations=organisations, stopped=stopped))
    for change in replay(reading.happenings(_lines(sys.stdin.buffer)), watch):
        click.echo(json.dumps(as_line(change), ensure_ascii=False))
    if reading.refused:
        raise SystemExit(1)


@dataclass(slots=True)
class Reading:
    """Reads lines, and says which it can't read."""

    complain: Callable[[str], object]
    refused: int = 0

    def happenings(self, lines: Iterable[bytes]) -> Iterator[Happening]:
        """Yield what the lines say happened; empty lines say nothing."""
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield happening(line)
            except LineError as error:
                self.refused += 1
                self.complain(f"line {number}: {error}")


def happening(line: bytes) -> Happening:
    """Return what a line says; raises LineError."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError("this is no JSON. Write one object a line.") from error
    if not isinstance(said, dict):
        raise LineError('this is no object. Write {"at": ..., "organisation": ..., ...}.')
    at = _moment(said.get("at"))
    if "release" in said:
        release = said["release"] if isinstance(said["release"], dict) else {}
        return Release(at, _text(release, "product", is_needed=True), _text(release, "version", is_needed=True))
    key = Key(
        _text(said, "product", is_needed=True), *(_text(said, name) for name in ("module", "fault", "fingerprint"))
    )
    is_verified = _claim(said, "verified", default=True)
    organisation = _text(said, "organisation", is_needed=is_verified)
    return Report(at, organisation, key, _claim(said, "stopped", default=False), is_verified)


def as_line(change: Change) -> dict[str, object]:
    """Return a change as it is printed."""
    release = change.release
    key = list(change.key) if change.key.fingerprint else list(change.key)[:3]
    return {
        "at": change.at.isoformat(),
        "key": key,
        "organisations": change.organisations,
        "correlated_release": {"product": release.product, "version": release.version} if release else None,
        "state": change.state.value,
    }


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    yield from stream


def _moment(said: object) -> datetime:
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
        # A time without a zone is UTC; times at the ends of the calendar have no window around them.
        at = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        at = None
    if at is None or not 1 < at.year < 9999:
        raise LineError('"at" is no time. Write it like "2026-04-21T09:05:00+08:00".')
    return at


def _text(said: Mapping[str, Any], name: str, *, is_needed: bool = False) -> str:
    found = said.get(name)
    if found is None and not is_needed:
        return ""
    if not isinstance(found, str) or (is_needed and not found.strip()):
        raise LineError(f'"{name}" is missing or no text. Write "{name}": "...".')
    return found


def _claim(said: Mapping[str, Any], name: str, *, default: bool) -> bool:
    found = said.get(name, default)
    if not isinstance(found, bool):
        raise LineError(f'"{name}" is neither true nor false.')
    return found
