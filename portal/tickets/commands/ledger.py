"""``portal ledger export``: what happened and what was promised, as JSON lines."""

import json
from collections.abc import Callable

import click
from flask.cli import with_appcontext

from portal.core import web
from portal.core.db import Database
from portal.core.references import as_written
from portal.tickets.queries.ledger import ledger as lines


@click.group("ledger")
def ledger() -> None:
    """Take the ledger of promises along."""


@ledger.command("export")
@click.option("--ticket", "reference", default="", help="Only this one, such as T-2026-000123.")
@with_appcontext
def export(reference: str) -> None:
    """Print one event or promise a line, as docs/ledger.md describes them."""
    if not write_ledger(web.database(), click.echo, reference=reference):
        raise click.ClickException(f"There is no ticket {reference}.")


def write_ledger(database: Database, write: Callable[[str], object], *, reference: str = "") -> bool:
    """Write the ledger as of one moment; returns whether there was what was asked for."""
    has_ticket = not reference
    with database.snapshot() as session:
        for line in lines(session, reference=as_written(reference)):
            has_ticket = has_ticket or line["type"] == "ticket"
            write(json.dumps(line, separators=(",", ":")))
    return has_ticket
