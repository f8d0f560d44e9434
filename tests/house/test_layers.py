"""Who may import whom."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOT, modules

ENGINE_MAY_IMPORT = sys.stdlib_module_names | {"intake", "yaml"}
# The extractor runs inside Babel, and re2 is the extra that makes patterns linear; both are met where they are used.
EXTRAS_OF_THE_ENGINE = {"babel", "re2"}
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
