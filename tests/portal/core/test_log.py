"""What is logged holds no secrets, tracebacks included."""

import logging

from portal.core.log import RedactingFormatter

SECRET = "postgresql://tang:swordfish-42@10.1.2.3/his"


def written(record: logging.LogRecord) -> str:
    return RedactingFormatter("%(levelname)s %(message)s").format(record)


def test_a_secret_in_a_message_is_masked() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "opening %s", (SECRET,), None)
    assert "swordfish-42" not in written(record)
    assert written(record).startswith("INFO opening postgresql://")


def test_a_secret_in_a_traceback_is_masked() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "broken", (), (ValueError, error, error.__traceback__))
    assert "Traceback" in written(record)
    assert "swordfish-42" not in written(record)
