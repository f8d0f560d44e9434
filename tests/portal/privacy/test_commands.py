"""A person's data on the command line."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from portal.accounts.models import Person
from portal.privacy.commands import person
from tests.portal.tickets.cast import Cast

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Return a way to run `portal person ...`."""

    def ran(*arguments: str, typed: str = "") -> Result:
        with app.app_context():
            return CliRunner().invoke(person, list(arguments), obj=ScriptInfo(create_app=lambda: app), input=typed)

    return ran


def test_it_writes_an_archive(cast: Cast, run: Run, tmp_path: Path) -> None:
    found = cast.session.get_one(Person, cast.tang.person_id)
    out = tmp_path / "tang.zip"
    result = run("export", str(found.email), "--out", str(out))
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(out) as archive:
        assert {"about.json", "person.json", "contact.json"} <= set(archive.namelist())


def test_it_erases_after_asking(cast: Cast, run: Run) -> None:
    found = cast.session.get_one(Person, cast.tang.person_id)
    user_name = str(found.user_name)
    assert run("erase", user_name, typed="n\n").exit_code == 1
    cast.session.expire_all()
    assert found.name == "Tang Xiuying"
    result = run("erase", user_name, typed="y\n")
    assert result.exit_code == 0, result.output
    cast.session.expire_all()
    assert found.name == "—"


def test_somebody_who_is_not_there_is_named(run: Run) -> None:
    result = run("erase", "nobody", "--yes")
    assert result.exit_code == 1
    assert "Nobody signs in as nobody." in result.output
