"""Every command does its work, or says in one clear message what keeps it from it."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from portal.cli.settings_page import page
from portal.core.db import open_database
from portal.schema import is_current

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SECRET = "for-tests-only-" * 4
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def portal(tmp_path: Path) -> Run:
    """Run a command in a folder of its own; `environment` adds settings."""

    def run(
        *words: str, typed: str = "", environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        own = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PLAINPORT_SECRET_KEY": SECRET,
            "PLAINPORT_DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'portal.db'}",
            "PLAINPORT_FILES_FOLDER": str(tmp_path / "files"),
            **(environment or {}),
        }
        command = [sys.executable, "-m", "portal.cli", *words]
        return subprocess.run(command, input=typed, env=own, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


COMMANDS = [
    ["serve"],
    ["worker"],
    ["db"],
    ["db", "upgrade"],
    ["demo"],
    ["doctor"],
    ["settings"],
    ["user"],
    ["user", "create"],
    ["questionnaires"],
    ["calendar"],
    ["calendar", "due"],
    ["ledger"],
    ["ledger", "export"],
    ["simulate"],
    ["simulate", "year"],
    [],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(portal: Run, words: list[str]) -> None:
    ended = portal(*words, "--help")
    assert ended.returncode == 0
    assert ended.stdout.startswith("Usage: portal" if not words else "Usage: portal " + " ".join(words))


@pytest.mark.parametrize(
    "words", [["serve"], ["worker"], ["db", "upgrade"], ["doctor"], ["user", "create"]], ids=" ".join
)
def test_a_missing_key_is_named(portal: Run, words: list[str]) -> None:
    ended = portal(*words, environment={"PLAINPORT_SECRET_KEY": ""})
    assert ended.returncode != 0
    assert "PLAINPORT_SECRET_KEY must be set" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("words", [["serve"], ["worker"]], ids=" ".join)
def test_nothing_runs_on_the_tables_of_another_release(portal: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "new").mkdir()
    ended = portal(*words)
    assert ended.returncode == 1
    assert "portal db upgrade" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("words", [["serve"], ["worker"], ["db", "upgrade"], ["doctor"]], ids=" ".join)
def test_a_database_that_is_not_there_is_said(portal: Run, words: list[str]) -> None:
    ended = portal(*words, environment={"PLAINPORT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"})
    assert ended.returncode == 1
    assert "The database" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_demo_mode_is_served_on_this_machine_only(portal: Run) -> None:
    ended = portal("serve", "--host", "0.0.0.0", environment={"PLAINPORT_DEMO": "1"})
    assert ended.returncode == 1
    assert "127.0.0.1 only" in ended.stderr


def test_mails_that_can_not_leave_are_said_at_the_start(portal: Run) -> None:
    assert portal("db", "upgrade").returncode == 0
    ended = portal("worker", environment={"PLAINPORT_MAIL_DELIVERY": "pigeon"})
    assert ended.returncode == 1
    assert "pigeon" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_tables_are_made_and_making_them_again_changes_nothing(portal: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert portal("db", "upgrade").returncode == 0
    database = open_database(f"sqlite:///{tmp_path / 'new' / 'portal.db'}")
    assert is_current(database)
    database.dispose()


def test_the_settings_are_printed_as_the_page_has_them(portal: Run) -> None:
    ended = portal("settings", environment={"PLAINPORT_SECRET_KEY": ""})
    assert ended.stdout == page() == (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_the_doctor_finds_nothing_wrong(portal: Run) -> None:
    portal("db", "upgrade")
    ended = portal("doctor")
    assert ended.returncode == 0, ended.stdout
    assert "A page can be printed." in ended.stdout
    assert "TROUBLE" not in ended.stdout


def test_the_doctor_says_what_to_do(portal: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    ended = portal("doctor", environment={"PATH": "/nowhere", "PLAINPORT_MAIL_DELIVERY": "pigeon"})
    assert ended.returncode == 1
    for words in ("portal db upgrade", "PLAINPORT_MAIL_DELIVERY", "fontconfig"):
        assert words in ended.stdout


def test_the_doctor_says_who_and_what_is_still_missing(portal: Run) -> None:
    portal("db", "upgrade")
    said = portal("doctor").stdout
    assert "portal user create --role admin" in said
    assert "portal questionnaires publish" in said
    portal("user", "create", "--role", "admin", "--name", "陈立", "--email", "chen@vendor.example", typed=ANSWERS)
    portal("questionnaires", "publish", str(ROOT / "intake" / "questionnaires" / "his-fault.yaml"))
    said = portal("doctor").stdout
    assert "Somebody can administer." in said
    assert "A questionnaire is published." in said


ANSWERS = "a-long-password-of-mine\na-long-password-of-mine\n"


def test_an_admin_is_made(portal: Run) -> None:
    portal("db", "upgrade")
    ended = portal(
        "user", "create", "--role", "admin", "--name", "陈立", "--email", "chen@vendor.example", typed=ANSWERS
    )
    assert ended.returncode == 0, ended.stderr
    assert "陈立 can sign in as chen@vendor.example." in ended.stdout
    again = portal(
        "user", "create", "--role", "agent", "--name", "陈立", "--email", "chen@vendor.example", typed=ANSWERS
    )
    assert again.returncode == 1
    assert "chen@vendor.example already" in again.stderr


def test_a_contact_without_mail_is_made_by_answering(portal: Run) -> None:
    portal("db", "upgrade")
    typed = "contact\n林小燕\n清河医院\n\nlinxiaoyan\n" + ANSWERS
    ended = portal("user", "create", typed=typed)
    assert ended.returncode == 0, ended.stderr
    assert "林小燕 can sign in as linxiaoyan." in ended.stdout


def test_a_short_password_is_not_taken(portal: Run) -> None:
    portal("db", "upgrade")
    ended = portal("user", "create", "--role", "admin", "--name", "A", "--email", "a@b.example", typed="short\nshort\n")
    assert ended.returncode == 1
    assert "at least 10 characters" in ended.stderr
