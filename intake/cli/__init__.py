"""The engine on the command line: check, import, path, snapshot, diff, fingerprint, redact and run."""

from intake.cli.parser import main

__all__ = ["main"]
