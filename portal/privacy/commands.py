"""A person's data on the command line: taking it along, erasing it."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.core import clock, web
from portal.core.actor import SYSTEM
from portal.files import delivery
from portal.privacy import queries, services
from portal.privacy.permissions import EraseError
from portal.privacy.queries import Found
from portal.privacy.views.wiring import read_stored


@click.group("person")
def person() -> None:
    """Take along or erase what is known about a person."""


@person.command("export")
@click.argument("who")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The archive to write.")
@with_appcontext
def export(who: str, out: Path) -> None:
    """Write everything about WHO (e-mail, phone or user name) into a ZIP of JSON and files."""
    found = _find(who)
    out.write_bytes(services.archive_of(web.reading(), found.id, read=read_stored, at=clock.now()))
    click.echo(f"{out} holds everything about {found.name}.")


@person.command("erase")
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def erase(who: str, *, yes: bool) -> None:
    """Erase WHO (e-mail, phone or user name) for good; a tombstone and the hashes of their texts stay."""
    found = _find(who)
    if not yes:
        click.confirm(f"Erase {found.name} ({found.organisation or 'no organisation'}) for good?", abort=True)
    try:
        with web.changing() as session:
            keys = services.erase(session, found.id, by=SYSTEM, at=clock.now())
    except EraseError as error:
        raise click.ClickException("This person was erased before.") from error
    services.finish(web.database(), keys, remove=delivery.storage().remove)
    click.echo(f"Erased. Files removed: {len(keys)}.")


def _find(who: str) -> Found:
    found = queries.find_person(web.reading(), who)
    if found is None:
        raise click.ClickException(f"Nobody signs in as {who}.")
    return found
