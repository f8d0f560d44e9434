"""The log: one line an entry on the error output, with secrets and personal details taken out."""

import logging

from intake.redaction import redact


class RedactingFormatter(logging.Formatter):
    """Writes entries as usual, tracebacks included, and masks what must not be in a log."""

    def format(self, record: logging.LogRecord) -> str:
        """Return an entry without secrets and personal details."""
        return redact(super().format(record)).text


def set_up(level: int = logging.INFO) -> None:
    """Have everything in this process log that way."""
    shown = logging.StreamHandler()
    shown.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[shown], force=True)
