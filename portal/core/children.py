"""Child processes for work that strangers' bytes could make go wrong: little memory, little time, no sockets."""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent.parent
_REFUSED = 65
"""The exit code of a child that says why it can't do what it was asked; what is wrong stands on its last line."""
_NEVER = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "ctypes.dlopen")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take."""

    seconds: int
    """Of work; twice as long by the clock on the wall."""
    megabytes: int


class ChildError(Exception):
    """A child ended without doing what it was asked."""

    def __init__(self, reason: str) -> None:
        """Keep the reason: a word of the child's own, or ``limits`` where it was stopped."""
        super().__init__(reason)
        self.reason = reason


def run_child(module: str, body: bytes, *arguments: str, limits: Limits) -> bytes:
    """Have a module work on bytes in a process of its own; raises ChildError where it can't or takes too much."""
    command = [sys.executable, "-X", "utf8", "-m", module, str(limits.seconds), str(limits.megabytes), *arguments]
    try:
        ended = subprocess.run(
            command,
            input=body,
            capture_output=True,
            cwd=_FOLDER,
            env=safe_environment(),
            timeout=limits.seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildError("limits") from error
    if ended.returncode:
        raise ChildError(_reason(ended))
    return ended.stdout


def safe_environment() -> dict[str, str]:
    """Return what a child may know of our surroundings: the portal's own settings, its key among them, stay here."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}


def _reason(ended: subprocess.CompletedProcess[bytes]) -> str:
    words = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if ended.returncode == _REFUSED:
        return words
    stopped = ended.returncode < 0 or "MemoryError" in words
    return "limits" if stopped else f"broken: {words[:200]}"


def begin() -> list[str]:
    """Set this child's limits, close every door, and return its arguments; called before anything heavy is loaded."""
    limit(Limits(seconds=int(sys.argv[1]), megabytes=int(sys.argv[2])))
    return sys.argv[3:]


def limit(limits: Limits) -> None:
    """Let this process take no more than so much; nothing takes it back."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.megabytes << 20, limits.megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_doors(readable: Sequence[Path] | None = None) -> None:
    """Refuse sockets, other programs and writing files from now on, and reading outside some folders if any are named.

    Nothing in this process can take it back. What libraries in C open, such as fonts, is theirs.
    """
    folders = None if readable is None else [each.resolve() for each in readable]

    def refuse_event(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_NEVER):
            raise PermissionError(f"{event} is closed here")
        if event == "open" and not _may_open(arguments, folders):
            raise PermissionError("this file is closed here")

    sys.addaudithook(refuse_event)


def _may_open(arguments: tuple[object, ...], folders: Sequence[Path] | None) -> bool:
    path, _, flags = arguments
    if isinstance(flags, int) and flags & _WRITES:
        return False
    if folders is None or not isinstance(path, str | bytes):
        return True
    asked = Path(os.path.realpath(os.fsdecode(path)))
    return any(asked.is_relative_to(each) for each in folders)


def refuse(reason: str) -> None:
    """End this child, saying why it can't do what it was asked."""
    sys.stderr.write(f"\n{reason}\n")
    sys.exit(_REFUSED)
