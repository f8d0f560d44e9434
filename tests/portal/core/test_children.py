"""A child process is stopped when it takes too much, and reaches nothing."""

from pathlib import Path

import pytest

from portal.core.children import ChildError, Limits, run_child

LIMITS = Limits(seconds=1, megabytes=400)


def run(what: str, body: bytes = b"", *more: str) -> bytes:
    return run_child("tests.misbehaving", body, what, *more, limits=LIMITS)


def reason(what: str, body: bytes = b"", *more: str) -> str:
    with pytest.raises(ChildError) as caught:
        run(what, body, *more)
    return caught.value.reason


def test_it_works_on_the_bytes_it_gets() -> None:
    assert run("turn round", b"abc") == b"cba"


def test_it_says_why_it_can_not() -> None:
    assert reason("refuse") == "too-blue"


@pytest.mark.parametrize("what", ["spin", "sleep", "eat"])
@pytest.mark.slow
def test_it_is_stopped_when_it_takes_too_much(what: str) -> None:
    assert reason(what) == "limits"


@pytest.mark.parametrize("what", ["connect", "run", "fork", "shell"])
def test_its_doors_are_closed(what: str) -> None:
    assert reason(what).startswith("broken: PermissionError")


def test_it_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "written"
    assert reason("write", str(path).encode()).startswith("broken: PermissionError")
    assert not path.exists()


def test_it_reads_only_where_it_may(tmp_path: Path) -> None:
    (tmp_path / "may").mkdir()
    for name in ("may/read", "secret"):
        (tmp_path / name).write_text(name)
    (tmp_path / "may" / "link").symlink_to(tmp_path / "secret")
    folder = str(tmp_path / "may")
    assert run("read", str(tmp_path / "may" / "read").encode(), folder) == b"may/read"
    for name in ("secret", "may/link", "may/../secret"):
        assert reason("read", str(tmp_path / name).encode(), folder).startswith("broken: PermissionError")


def test_it_does_not_know_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINPORT_SECRET_KEY", "swordfish")
    assert run("tell") == b"nothing"
