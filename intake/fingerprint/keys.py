"""From an error text to its keys: by code, by exception, by words."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from intake.fingerprint.codes import Code, find_code
from intake.fingerprint.masking import mask
from intake.fingerprint.stripping import Line, strip_head
from intake.fingerprint.traces import Trace, inline_exception, is_frame, read_trace

VERSION: Final = 1
_LINES_READ: Final = 2_000
_CHARACTERS_READ: Final = 200_000
_MESSAGE_LINES: Final = 2


@dataclass(frozen=True)
class Fingerprint:
    """The signature of an error text; `fingerprints` has all its keys, the strongest first."""

    fingerprint: str
    fingerprints: tuple[str, ...]
    template: str
    code: str | None
    exception: str | None
    frames: tuple[str, ...]
    version: int = VERSION

    def as_dict(self) -> dict[str, str | int | list[str] | None]:
        """The same as plain values, for JSON."""
        return {
            "fingerprint": self.fingerprint,
            "fingerprints": list(self.fingerprints),
            "template": self.template,
            "code": self.code,
            "exception": self.exception,
            "frames": list(self.frames),
            "version": self.version,
        }


def fingerprint(text: str) -> Fingerprint:
    """The signature of an error text, the same for the same fault on another day, machine or patient."""
    lines = [line for line in text[:_CHARACTERS_READ].splitlines()[:_LINES_READ] if line.strip("\0 \t\ufeff")]
    said = _said(lines)
    template = "\n".join(mask(line.message) for line in said)
    bare = [_bare(line) for line in lines]
    trace = read_trace(bare)
    code = find_code("\n".join(line.message for line in said)) or find_code("\n".join(bare[:40]))
    exceptions = trace.exceptions or tuple(filter(None, [inline_exception(line.message) for line in said][:1]))
    keys = tuple(_keys(code, Trace(exceptions, trace.frames), template))
    return Fingerprint(
        fingerprint=keys[0] if keys else "",
        fingerprints=keys,
        template=template,
        code=code.code if code else None,
        exception=" < ".join(exceptions) or None,
        frames=trace.frames,
    )


def _said(lines: list[str]) -> list[Line]:
    """The first two lines that say something; those of an error before those that led to it."""
    said: list[Line] = []
    for line in lines:
        if is_frame(line):
            continue
        said.append(strip_head(line))
        if len(said) > 200:
            break
    first = next((number for number, line in enumerate(said) if line.is_error), 0)
    return said[first : first + _MESSAGE_LINES]


def _bare(line: str) -> str:
    """The line without its head, where it has one; the indentation of frames stays."""
    if line[:1].isspace() or line.startswith(("at ", "#", "Caused by")):
        return line
    stripped = strip_head(line)
    return stripped.message if stripped.had_head else line


def _keys(code: Code | None, trace: Trace, template: str) -> list[str]:
    if not template.strip():
        return []
    first = template.partition("\n")[0]
    keys: list[str] = []
    if code:
        # A code that many faults share says nothing without the sentence around it.
        where = (trace.frames[:1] or ("",))[0].rpartition(":")[0] if code.is_specific else first
        keys.append(_digest("code", code.component, code.code, where))
    if trace.exceptions:
        keys.append(_digest("exception", *trace.exceptions, *(trace.frames or (first,))))
    keys.append(_digest("text", template))
    return keys


def _digest(kind: str, *parts: str) -> str:
    """A short hash that tells its kind and the version of these rules."""
    words = "\x1f".join(parts).encode("utf-8", "backslashreplace")
    return f"{kind}{VERSION}:{sha256(words).hexdigest()[:20]}"
