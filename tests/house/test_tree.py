"""What may lie in the tree, and what is installed."""

import re

import pytest

from portal.core.db import SQLITE_VERSION
from tests.house.tree import files, files_below, text_of

# Below these, each has a fault that this product would feel; docs/decisions/0011 says which.
MINIMUMS = {
    "authlib": (1, 6, 9),
    "cryptography": (46, 0, 0),
    "jinja2": (3, 1, 6),
    "pikepdf": (10, 0, 0),
    "pillow": (12, 0, 0),
    "weasyprint": (70, 0),
    "werkzeug": (3, 1, 6),
}
SQLITE_MINIMUM = (3, 51, 3)
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
BINARY = {".png", ".jpg", ".woff2", ".pdf", ".mo", ".ico", ".zip"}
# Each begins with a class of one letter, so that this file does not find itself.
ELSEWHERE = re.compile(
    r"[p]ypi\.org|[p]ythonhosted|[r]egistry\.npm|[n]pmjs|[d]eb\.debian|[/]root/|[/]work/(?:main|shared)|[/]tmp/pp"
)


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def locked() -> dict[str, str]:
    """What the lock files name, and its version."""
    return {
        name.lower(): version
        for path in files_below("requirements", suffix=".txt")
        for name, version in LOCKED.findall(text_of(path))
    }


@pytest.mark.parametrize("name", sorted(MINIMUMS))
def test_nothing_with_a_known_fault_is_locked(name: str) -> None:
    assert name not in locked() or numbers(locked()[name]) >= MINIMUMS[name]


def test_sqlite_is_new_enough_to_keep_what_it_was_given() -> None:
    assert numbers(SQLITE_VERSION) >= SQLITE_MINIMUM


def test_every_locked_version_has_a_hash() -> None:
    for path in files_below("requirements", suffix=".txt"):
        pinned = [part for part in re.split(r"\n(?=\S)", text_of(path)) if LOCKED.match(part)]
        assert pinned
        assert all("--hash=sha256:" in part for part in pinned)


def test_no_file_names_a_package_index_or_somebodys_machine() -> None:
    found = [
        f"{path}: {match.group(0)}"
        for path in files()
        if path.suffix not in BINARY
        for match in ELSEWHERE.finditer(text_of(path))
    ]
    assert found == []


def test_the_asset_lock_names_no_address() -> None:
    (lock,) = [path for path in files() if path.name == "package-lock.json"]
    assert "resolved" not in text_of(lock)
    assert "://" not in text_of(lock)
