"""Starting the child process that makes a PDF."""

import json

from portal.core.children import ChildError, Limits, run_child
from portal.core.errors import GiveUpError

LIMITS = Limits(seconds=10, megabytes=512)
LONGEST = 2 * 1024 * 1024
"""Characters of HTML; a notice has forty thousand, a ticket with a long story some hundred thousand."""


class PrintError(GiveUpError):
    """A document could not be printed within the limits."""


def render_pdf(html: str, *, title: str, language: str) -> bytes:
    """Return a PDF of finished HTML; raises PrintError where it takes too much or can't be laid out.

    The HTML reaches nothing but our own bundle, named relative to ``static/`` (``css/print/notice.css``,
    ``images/mark.svg``), and ``data:`` images.
    """
    if len(html) > LONGEST:
        raise PrintError("too-long")
    order = json.dumps({"html": html, "title": title, "language": language}).encode("ascii")
    try:
        return run_child("portal.printing.child", order, limits=LIMITS)
    except ChildError as error:
        raise PrintError(error.reason) from error
