"""The project's own files, as the house tests see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def files() -> list[Path]:
    """Every file that is, or is about to be, part of the project, relative to its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted(Path(name) for name in set(listed) if name and (ROOT / name).is_file())


def files_below(*folders: str, suffix: str = "") -> list[Path]:
    """The files in some top-level folders, with one ending."""
    return [path for path in files() if path.parts[0] in folders and path.name.endswith(suffix)]


def text_of(path: Path) -> str:
    """What a text file says."""
    return (ROOT / path).read_text(encoding="utf-8")


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """The Python files below some folders, parsed."""
    for path in files_below(*folders, suffix=".py"):
        yield path, ast.parse(text_of(path), filename=str(path))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
