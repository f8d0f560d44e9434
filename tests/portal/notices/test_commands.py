"""Version ranges on the command line: what scripts rely on."""

import json

import pytest
from click.testing import CliRunner, Result

from portal.cli import main


def run(*arguments: str, given: str | None = None) -> Result:
    """Run the command line as a script would."""
    return CliRunner().invoke(main, ["ranges", *arguments], input=given)


@pytest.mark.parametrize(
    ("range_text", "version", "verdict"),
    [
        ("<5.6.3", "5.5.1", "affected"),
        ("<5.6.3", "5.6.3", "not affected"),
        ("<5.6.3", "5.6.3-rc1", "affected"),
        ("5.0 至 5.6.2", "５.６.２", "affected"),
        ("whatever was before", "5.5.1", "please check"),
        ("<5.6.3", "", "please check"),
    ],
)
def test_it_says_whether_a_version_is_affected(range_text: str, version: str, verdict: str) -> None:
    answer = run("check", range_text, version)
    assert answer.exit_code == 0
    assert json.loads(answer.output)["verdict"] == verdict


def test_it_says_how_a_range_was_understood() -> None:
    assert json.loads(run("check", "vers:all/<V4.3.8", "4.3.7").output)["range"] == "<4.3.8"


@pytest.mark.parametrize(("first", "second", "order"), [("5.0.0-rc1", "5.0.0", -1), ("5.1", "5.1.0", 0), ("6", "5", 1)])
def test_it_says_which_version_is_the_older(first: str, second: str, order: int) -> None:
    assert json.loads(run("compare", first, second).output) == {"order": order}


def test_it_says_null_where_the_order_cannot_be_told() -> None:
    assert json.loads(run("compare", "blue", "5").output) == {"order": None}


def test_it_answers_a_line_for_each_pair() -> None:
    answer = run("check", "--lines", given="<5.6.3\t5.5.1\n<5.6.3\t5.7\nno tab\n")
    assert [json.loads(line)["verdict"] for line in answer.output.splitlines()] == [
        "affected", "not affected", "please check",
    ]  # fmt: skip


def test_a_single_argument_is_refused_with_a_way_on() -> None:
    answer = run("check", "<5.6.3")
    assert answer.exit_code != 0
    assert "--lines" in answer.output


def test_a_range_of_ten_thousand_characters_is_answered() -> None:
    assert json.loads(run("check", "<" + "9." * 5000, "5.5.1").output)["verdict"] == "please check"
