"""Files lie under random names, whole or not at all."""

from pathlib import Path

import pytest

from portal.files.storage import FolderStorage


def test_what_is_stored_can_be_read(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path / "files")
    key = storage.put(b"hello")
    assert storage.path_of(key).read_bytes() == b"hello"


def test_only_we_can_read_it(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    assert storage.path_of(storage.put(b"hello")).stat().st_mode & 0o077 == 0


def test_the_same_bytes_get_two_names(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    assert storage.put(b"hello") != storage.put(b"hello")


def test_nothing_unfinished_is_left(tmp_path: Path) -> None:
    FolderStorage(tmp_path).put(b"hello")
    assert list(tmp_path.rglob("*.part")) == []


def test_a_removed_file_is_gone_and_may_be_removed_again(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    key = storage.put(b"hello")
    storage.remove(key)
    storage.remove(key)
    assert not storage.path_of(key).exists()


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 39, "G" * 40, "a" * 38 + "/x", "A" * 40])
def test_what_is_no_key_names_no_file(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        FolderStorage(tmp_path).path_of(key)
