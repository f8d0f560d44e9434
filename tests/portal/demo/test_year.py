"""A simulated year, and its ledger folded anew from docs/ledger.md alone."""

import ast
import inspect
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.cli.simulating import DATABASE, LEDGER
from portal.core import clock
from portal.core.db import Database
from portal.demo import year
from portal.demo.year.living import BEGINS
from portal.tickets.commands.ledger import write_ledger
from tests.ledger import FOLD, Promise, fold, folding, hours, stated, tickets

pytestmark = pytest.mark.slow


def live(folder: Path, *, seed: int, tickets: int) -> list[dict[str, Any]]:
    words = ["simulate", "year", "--seed", str(seed), "--tickets", str(tickets), "--out", str(folder)]
    ended = CliRunner().invoke(main, words, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    assert json.loads(ended.output)["tickets"] == tickets
    return [json.loads(line) for line in (folder / LEDGER).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return live(tmp_path_factory.mktemp("year") / "new", seed=7, tickets=60)


def differences(lines: list[dict[str, Any]]) -> list[tuple[str, Promise]]:
    """Return every promise that the export states and the fold doesn't make, or the other way round."""
    folded, said = fold(lines), stated(lines)
    found = []
    for ticket in sorted(folded.keys() | said.keys()):
        made, told = folded[ticket].promises, said.get(ticket, [])
        found += [(ticket, each) for each in made if made.count(each) != told.count(each)]
        found += [(ticket, each) for each in told if each not in made]
    return found


def test_the_fold_reproduces_every_promise_and_every_outcome(lines: list[dict[str, Any]]) -> None:
    assert differences(lines) == []


def test_the_fold_ends_in_the_state_that_each_ticket_has(lines: list[dict[str, Any]]) -> None:
    folded = fold(lines)
    states = {line["ticket"]: line["state"] for line in lines if line["type"] == "ticket"}
    assert {name: ticket.state for name, ticket in folded.items()} == states
    assert len(states) == 60


def test_the_year_has_everything_in_it(lines: list[dict[str, Any]]) -> None:
    kinds = Counter(line["kind"] for line in lines if line["type"] == "event")
    assert set(FOLD) <= set(kinds)
    promises = [line for line in lines if line["type"] == "promise"]
    assert {(each["kind"], each["outcome"]) for each in promises} >= {
        (kind, outcome)
        for kind in ("first_reply", "next_update", "resolution", "action")
        for outcome in ("kept", "missed", "superseded")
    } - {("first_reply", "superseded"), ("resolution", "missed"), ("action", "superseded")}
    sources = {each["source"].removeprefix("apology ") for each in promises}
    assert sources >= {
        "person",
        "accepted",
        "default/1 cn-office/1",
        "default/2 cn-office/2",
        "by_priority/2 cn-office/2",
    }


@pytest.mark.parametrize("name", ["due_at", "ended_at", "made_at"])
def test_a_promise_that_somebody_changed_is_noticed(lines: list[dict[str, Any]], name: str) -> None:
    place = next(number for number, line in enumerate(lines) if line["type"] == "promise" and line["ended_at"])
    changed = [*lines[:place], {**lines[place], name: "2026-03-03T03:03:03+00:00"}, *lines[place + 1 :]]
    assert differences(changed) != []


def test_the_fold_knows_nothing_of_the_portal() -> None:
    for module in (folding, hours, tickets):
        tree = ast.parse(inspect.getsource(module))
        names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        names |= {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
        assert {name for name in names if name.split(".")[0] in {"portal", "intake", "sqlalchemy"}} == set()


def test_nobodys_name_and_nobodys_words_are_in_it(lines: list[dict[str, Any]]) -> None:
    text = json.dumps(lines)
    for word in ("Nurse", "Agent", "Hospital", "Something does not work", "News of", "nurse-1"):
        assert word not in text


def test_the_same_seed_is_the_same_year(tmp_path: Path) -> None:
    first, second = (live(tmp_path / name, seed=3, tickets=4) for name in ("first", "second"))
    assert first == second
    assert first != live(tmp_path / "third", seed=4, tickets=4)


def test_a_year_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"")
    ended = CliRunner().invoke(main, ["simulate", "year", "--out", str(tmp_path)])
    assert ended.exit_code != 0
    assert "Name another folder" in ended.output


def test_the_ledger_of_each_database_is_folded_alike(migrated: Database) -> None:
    with clock.stopped_at(BEGINS):
        year.live(migrated, seed=5, tickets=3)
    told: list[str] = []
    write_ledger(migrated, told.append)
    read = [json.loads(line) for line in told]
    assert len(stated(read)) == 3
    assert differences(read) == []
