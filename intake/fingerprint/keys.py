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
_LINES_FOR_CODE: Final = 60
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
    stripped = [strip_head(line) for line in lines]
    said = _said(lines, stripped)
    template = "\n".join(mask(message) for _, message in said)
    bare = [_bare(*pair) for pair in zip(lines, stripped, strict=True)]
    trace = read_trace(bare)
    code = _code([message for _, message in said], [line for line, _ in said], bare)
    exceptions = trace.exceptions or tuple(filter(None, [inline_exception(message) for _, message in said][:1]))
    keys = tuple(_keys(code, Trace(exceptions, trace.frames), template))
    return Fingerprint(
        fingerprint=keys[0] if keys else "",
        fingerprints=keys,
        template=template,
        code=code.code if code else None,
        exception=" < ".join(exceptions) or None,
        frames=trace.frames,
    )


def _said(lines: list[str], stripped: list[Line]) -> list[tuple[str, str]]:
    """The first two lines that say something, whole and without their heads; an error's before those that led to it."""
    has_python = any(line.lstrip().startswith("Traceback (most recent call last)") for line in lines)
    pairs = [
        (line, short)
        for line, short in zip(lines, stripped, strict=True)
        # Between the frames of Python stand lines of source, and they are indented.
        if not (has_python and line.startswith("    ")) and not is_frame(line)
    ]
    first = next((number for number, (_, short) in enumerate(pairs) if short.is_error), 0)
    return [(line, short.message) for line, short in pairs[first : first + _MESSAGE_LINES]]


def _bare(line: str, stripped: Line) -> str:
    """The line without its head, where it has one; the indentation of frames stays."""
    is_plain = line[:1].isspace() or line.startswith(("at ", "#", "Caused by"))
    return stripped.message if stripped.had_head and not is_plain else line


def _code(messages: list[str], whole: list[str], bare: list[str]) -> Code | None:
    """The code in what was said; else in the heads, and in what was said further down."""
    found = find_code("\n".join(messages))
    if found is None and len(bare) > len(messages):
        found = find_code("\n".join([*whole, *bare[:_LINES_FOR_CODE]]))
    elif found is None and whole != messages:
        found = find_code("\n".join(whole))
    return found


def _keys(code: Code | None, trace: Trace, template: str) -> list[str]:
    if not template.strip():
        return []
    first = template.partition("\n")[0]
    keys = [_digest("text", template)]
    if trace.exceptions:
        keys.insert(0, _digest("exception", *trace.exceptions, *(trace.frames or (first,))))
    if code:
        # A code that many faults share says little: its sentence joins the key, and a stack trace is stronger.
        where = trace.frames[0].rpartition(":")[0] if code.is_specific and trace.frames else ""
        key = _digest("code", code.component, code.code, where if code.is_specific else first.casefold())
        keys.insert(0 if code.is_specific or not trace.frames else 1, key)
    return keys


def _digest(kind: str, *parts: str) -> str:
    """A short hash that tells its kind and the version of these rules."""
    words = "\x1f".join(parts).encode("utf-8", "backslashreplace")
    return f"{kind}{VERSION}:{sha256(words).hexdigest()[:20]}"
