"""What features ask of the press: a PDF, pictures of its pages, the signs that no font can show."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict

from portal.core.children import ChildError, Limits
from portal.core.errors import GiveUpError
from portal.printing.attachments import Attachment
from portal.printing.press import press

LIMITS = Limits(seconds=10, megabytes=512)
LONGEST = 2 * 1024 * 1024
"""Characters of HTML; a notice has forty thousand, a ticket with a long story some hundred thousand."""


class PrintError(GiveUpError):
    """A document could not be printed within the limits."""


def render_pdf(
    html: str, *, title: str, language: str, attachment: Attachment | None = None, on_one_page: bool = False
) -> bytes:
    """Return a PDF of finished HTML; raises PrintError where it takes too much or can't be laid out.

    The HTML reaches nothing but our own bundle, named relative to ``static/`` (``css/print/notice.css``,
    ``images/mark.svg``), and ``data:`` images.
    """
    if len(html) > LONGEST:
        raise PrintError("too-long")
    carried = asdict(attachment) if attachment else None
    task = "typeset_one_page" if on_one_page else "typeset"
    return ask(task, html=html, title=title, language=language, attachment=carried)


def draw_pages(pdf: bytes) -> list[bytes]:
    """Return a PNG picture of each page of a PDF that we have made."""
    drawn = json.loads(ask("draw", pdf=b64encode(pdf).decode()))
    return [b64decode(each) for each in drawn]


def ask(task: str, *, limits: Limits = LIMITS, **values: object) -> bytes:
    """Have the press make something; raises PrintError where it takes too much or can't be made."""
    try:
        return press.ask(task, limits=limits, **values)
    except ChildError as error:
        raise PrintError(error.reason) from error
