"""The commands that look at pasted text: fingerprint and redact."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from intake.cli.opening import FINE
from intake.fingerprint import fingerprint
from intake.redaction import redact, redact_lines


def show_fingerprint(arguments: Namespace) -> int:
    """Print one JSON object for the input, or one for each of its lines."""
    for text in _inputs(by_line=arguments.lines):
        print(json.dumps(fingerprint(text).as_dict(), ensure_ascii=False))
    return FINE


def show_redacted(arguments: Namespace) -> int:
    """Print the input with markers, or as JSON with the places that were masked."""
    inputs = _inputs(by_line=arguments.lines)
    for redacted in redact_lines(inputs) if arguments.lines else map(redact, inputs):
        if arguments.format == "json":
            places = [{"kind": found.kind, "start": found.start, "end": found.end} for found in redacted.redactions]
            print(json.dumps({"text": redacted.text, "redactions": places}, ensure_ascii=False))
        else:
            sys.stdout.write(redacted.text + ("\n" if arguments.lines else ""))
    return FINE


def _inputs(*, by_line: bool) -> Iterator[str]:
    """Yield the input as one text or line by line; bytes that are no UTF-8 are replaced, never refused."""
    if not by_line:
        yield sys.stdin.buffer.read().decode("utf-8", "replace")
        return
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")
