"""``portal surges replay``: lines in, lines out."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from portal.incidents.commands import surges

ROOT = Path(__file__).parents[3]
LINE = {
    "at": "2026-04-21T09:00:00+08:00",
    "organisation": "o1",
    "product": "his",
    "module": "orders",
    "fault": "slow",
    "fingerprint": "e1",
    "stopped": False,
    "verified": True,
}
RELEASE = {"at": "2026-04-21T08:00:00+08:00", "release": {"product": "his", "version": "5.5.2"}}


def replayed(*lines: object, options: tuple[str, ...] = ()) -> Result:
    written = [each if isinstance(each, bytes) else json.dumps(each, ensure_ascii=False).encode() for each in lines]
    return CliRunner().invoke(surges, ["replay", *options], input=b"\n".join(written))


def ten(**more: object) -> list[dict[str, object]]:
    return [{**LINE, "organisation": f"医院{number}", **more} for number in range(10)]


def test_ten_organisations_are_a_surge_with_the_release_before_it() -> None:
    ended = replayed(RELEASE, *ten())
    assert ended.exit_code == 0
    assert [json.loads(line) for line in ended.stdout.splitlines()] == [
        {
            "at": "2026-04-21T01:00:00+00:00",
            "key": ["his", "orders", "slow", "e1"],
            "organisations": 10,
            "correlated_release": {"product": "his", "version": "5.5.2"},
            "state": "suspected",
        }
    ]


def test_reports_without_an_error_text_have_a_key_of_three() -> None:
    found = json.loads(replayed(*ten(fingerprint=None)).stdout)
    assert (found["key"], found["correlated_release"]) == (["his", "orders", "slow"], None)


def test_four_are_enough_where_work_has_stopped_and_so_many_as_one_asks_for() -> None:
    assert replayed(*ten(stopped=True)[:4]).stdout
    assert not replayed(*ten()[:4]).stdout
    assert replayed(*ten()[:4], options=("--organisations", "4")).stdout


def test_a_line_that_can_not_be_read_is_named_and_the_others_count() -> None:
    bad = (
        b"no json",
        b"\xff",
        [1],
        {**LINE, "at": "yesterday"},
        {**LINE, "at": "0001-01-01T00:00:00+08:00"},
        {**LINE, "product": 7},
        {**LINE, "stopped": "yes"},
        {**LINE, "organisation": None},
        {"at": LINE["at"], "release": "5.5.2"},
        b"[" * 100_000,
    )
    ended = replayed(*ten(), b"", *bad)
    assert ended.exit_code == 1
    assert len(ended.stdout.splitlines()) == 1
    assert [line.partition(":")[0] for line in ended.stderr.splitlines()] == [f"line {12 + each}" for each in range(10)]
    assert "Traceback" not in ended.stderr


def test_somebody_unverified_needs_no_organisation_and_does_not_count() -> None:
    ended = replayed(*ten(verified=False, organisation=None))
    assert (ended.exit_code, ended.output) == (0, "")


def test_nothing_is_no_surge() -> None:
    ended = replayed()
    assert (ended.exit_code, ended.output) == (0, "")


def test_a_time_without_a_zone_is_utc() -> None:
    assert json.loads(replayed(*ten(at="2026-04-21T01:00:00")).stdout)["at"] == "2026-04-21T01:00:00+00:00"


def test_it_needs_no_database() -> None:
    command = [str(Path(sys.executable).with_name("portal")), "surges", "replay"]
    lines = "\n".join(json.dumps(each) for each in ten())
    environment = {"PLAINPORT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PATH": "/usr/bin"}
    ended = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=False, env=environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["organisations"] == 10
