"""Who may import whom."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT, modules

pytestmark = pytest.mark.slow

ENGINE_MAY_IMPORT = sys.stdlib_module_names | {"intake", "yaml"}
# The extractor runs inside Babel, and re2 is the extra that makes patterns linear; both are met where they are used.
EXTRAS_OF_THE_ENGINE = {"babel", "re2"}
OURS = {"portal", "intake"}
# What reads the clock, talks to the outside or runs code from text has no place in arithmetic.
NOT_FOR_THE_ENGINE = {
    "asyncio",
    "http",
    "pickle",
    "random",
    "secrets",
    "smtplib",
    "socket",
    "subprocess",
    "urllib.request",
}


def imported_by(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports, by their whole names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_contracts_are_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_engine_needs_only_the_standard_library_and_a_yaml_parser() -> None:
    strangers = {
        f"{path} imports {name}"
        for path, tree in modules("intake")
        for name in imported_by(tree)
        if name in NOT_FOR_THE_ENGINE or name.split(".")[0] not in ENGINE_MAY_IMPORT | EXTRAS_OF_THE_ENGINE
    }
    assert strangers == set()


def test_views_and_forms_know_of_sql_only_that_there_is_a_session() -> None:
    pages = {"views", "forms"}
    found = {
        f"{path} imports {name}"
        for path, tree in modules("portal")
        if pages & set(path.with_suffix("").parts)
        for name in names_from("sqlalchemy", tree)
        if name != "sqlalchemy.orm.Session"
    }
    assert found == set()


def names_from(library: str, tree: ast.Module) -> Iterator[str]:
    """What a module imports of a library, each name by its whole path."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == library)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == library:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_library_that_is_imported_is_one_that_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked_for = {re.split(r"[^\w-]", line)[0].lower().replace("_", "-") for line in requirements(project)}
    distributions = {"re2": ["google-re2"], **packages_distributions()}
    unasked = {
        f"{path} imports {name}"
        for path, tree in modules("portal", "intake", "migrations", "wsgi.py")
        for name in {name.split(".")[0] for name in imported_by(tree)} - OURS - sys.stdlib_module_names
        if not {each.lower().replace("_", "-") for each in distributions.get(name, [])} & asked_for
    }
    assert unasked == set()


def requirements(project: dict[str, Any]) -> list[str]:
    """What the distribution asks for, with all its extras."""
    return [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
