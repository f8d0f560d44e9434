"""``portal simulate``: a year that nobody has to wait for, and the ledger of it."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from portal import schema
from portal.core import clock
from portal.core.db import Database, open_database
from portal.demo import year
from portal.tickets.commands.ledger import write_ledger

DATABASE, LEDGER = "year.db", "ledger.jsonl"


def simulate(folder: Path, *, seed: int, tickets: int) -> None:
    """Live through a year in a folder of its own, and write its ledger beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / DATABASE).exists():
        raise click.ClickException(f"There is a year in {folder} already. Name another folder.")
    database = open_database(f"sqlite:///{folder.absolute() / DATABASE}")
    try:
        tally = _live(database, seed=seed, tickets=tickets)
        with (folder / LEDGER).open("w", encoding="utf-8") as target:
            write_ledger(database, lambda line: target.write(f"{line}\n"))
    finally:
        database.dispose()
    click.echo(json.dumps({**asdict(tally), "ledger": str(folder / LEDGER)}))


def _live(database: Database, *, seed: int, tickets: int) -> year.Tally:
    # The shipped calendar reaches some years ahead of the clock; the same seed is the same year, whenever it is lived.
    with clock.stopped_at(year.living.BEGINS):
        schema.upgrade(database)
        return year.live(database, seed=seed, tickets=tickets)
