"""Pictures of the pages of a PDF; runs in the press only."""

import io
import json
from base64 import b64encode

import pypdfium2

_PER_INCH = 110
MOST_PAGES = 12
"""Pages that are drawn; a notice has two to eight."""


def pictures(pdf_bytes: bytes) -> bytes:
    """Return the pages as PNG pictures, in a JSON list."""
    document = pypdfium2.PdfDocument(pdf_bytes)
    drawn = [_picture(document[number]) for number in range(min(len(document), MOST_PAGES))]
    return json.dumps([b64encode(each).decode() for each in drawn]).encode()


def _picture(page: pypdfium2.PdfPage) -> bytes:
    out = io.BytesIO()
    page.render(scale=_PER_INCH / 72).to_pil().convert("P", palette=1, colors=256).save(out, "PNG", optimize=True)
    return out.getvalue()
