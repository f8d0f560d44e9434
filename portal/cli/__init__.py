"""The command line: serve, worker, db, doctor, demo, settings, and what features add."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.exc import SQLAlchemyError

from portal.features import FEATURES
from portal.settings import SettingError, Settings


class PortalGroup(click.Group):
    """Commands whose expected troubles end in one clear line, never in a traceback."""

    def invoke(self, context: click.Context) -> object:
        """Run a command, and say in words what kept it from doing its work."""
        try:
            return super().invoke(context)
        except SettingError as error:
            raise click.ClickException(str(error)) from error
        except SQLAlchemyError as error:
            raise click.ClickException(_about_database(error)) from error


def _about_database(error: SQLAlchemyError) -> str:
    reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return f"The database did not do what was asked: {reason}\nTry: portal doctor"


def _create_app(settings: Settings | None = None) -> Flask:
    # The application is heavy; `portal --help` should not load it.
    from portal.app import create_app

    return create_app(settings)


@click.group(cls=PortalGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plainport")
@click.pass_context
def main(context: click.Context) -> None:
    """Run and look after a Plainport. Settings come from the environment: see `portal settings`."""
    context.obj = ScriptInfo(create_app=_create_app)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Threads in each.")
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Serve the portal's pages. Mails and PDFs are made by `portal worker`, beside it."""
    from portal.cli import serving

    settings = Settings.from_environment()
    if settings.demo and host not in serving.LOOPBACK:
        raise click.ClickException("Demo mode lets anyone in, so it is served on 127.0.0.1 only.")
    _require_current(settings)
    serving.serve(lambda: _create_app(settings), serving.Address(host, port), processes=processes, threads=threads)


@main.command()
def worker() -> None:
    """Deliver mails, make PDFs and keep the clocks, until SIGTERM or Ctrl-C."""
    from portal.cli import working

    settings = Settings.from_environment()
    _require_current(settings)
    try:
        app = _create_app(settings)
        click.echo("The worker is at work until SIGTERM or Ctrl-C.")
        working.work(app)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@main.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to the state that this release needs; does nothing where they are."""
    from portal import schema
    from portal.core.db import open_database

    settings = Settings.from_environment()
    make_folder_of(settings.database_url)
    database = open_database(settings.database_url)
    schema.upgrade(database)
    database.dispose()
    click.echo("The tables are as this release needs them.")


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(port: int) -> None:
    """Serve a portal with made-up people on 127.0.0.1, web and worker together, until Ctrl-C."""
    from portal.cli import showing

    showing.show(port, _create_app)


@main.group()
def simulate() -> None:
    """Try the portal on made-up time."""


@simulate.command("year")
@click.option("--seed", default=1, show_default=True, type=int, help="The same seed is the same year.")
@click.option("--tickets", default=1000, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
def simulate_year(seed: int, tickets: int, folder: Path) -> None:
    """Live through a year of tickets in a database of its own, and write the ledger of it."""
    from portal.cli import simulating

    simulating.simulate(folder, seed=seed, tickets=tickets)


@main.command()
def doctor() -> None:
    """Check that everything the portal needs is there; says what to do where something is not."""
    from portal.cli import checkup

    findings = list(checkup.findings())
    for each in findings:
        click.echo(each.line)
    if any(each.is_trouble for each in findings):
        sys.exit(1)


@main.command("settings")
def show_settings() -> None:
    """Print every setting with its default, as docs/settings.md has it."""
    from portal.cli.settings_page import page

    click.echo(page(), nl=False)


def make_folder_of(database_url: str) -> None:
    """Make the folder that a SQLite file will lie in."""
    scheme, _, path = database_url.partition(":///")
    if scheme == "sqlite" and path:
        Path(path).absolute().parent.mkdir(parents=True, exist_ok=True)


def _require_current(settings: Settings) -> None:
    """End here where the tables are those of another release."""
    from portal import schema
    from portal.core.db import open_database

    database = open_database(settings.database_url)
    try:
        if not schema.is_current(database):
            raise click.ClickException("The tables are not those of this release. Run: portal db upgrade")
    finally:
        database.dispose()


def _add_features() -> None:
    """Add the commands of features, such as `portal user create`."""
    for feature in FEATURES:
        name = f"portal.{feature}.commands"
        if find_spec(name):
            for each in vars(import_module(name)).values():
                if isinstance(each, click.Group):
                    main.add_command(each)


_add_features()
