"""Laying out a document and writing it as a tagged PDF/A; runs in a child process only."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from weasyprint import CSS
from weasyprint.pdf import tags
from weasyprint.text.fonts import FontConfiguration

from portal.printing import savings
from portal.printing.attachments import Attachment
from portal.printing.fetching import BASE_URL
from portal.printing.finishing import finish
from portal.printing.fonts import cut_fonts_small, name_fonts

_LARGEST_FIRST = (34, 31, 28, 25, 22.5, 20, 18, 16, 14, 12, 10, 8)
"""Sizes of type, in points, that are tried for what must fit on one page."""


class TooLongError(ValueError):
    """A document does not fit on one page even in small type."""


def typeset(html: str, *, title: str, language: str, attachment: Attachment | None = None) -> bytes:
    """Return the finished PDF of a document."""
    return _write(lay_out(html), title, language, attachment)


def typeset_on_one_page(html: str, *, title: str, language: str, attachment: Attachment | None = None) -> bytes:
    """Return the finished PDF of a document in the largest type in which it fits on one page."""
    for size in _LARGEST_FIRST:
        document = lay_out(html, f"html {{ font-size: {size}pt !important }}")
        if len(document.pages) == 1:
            return _write(document, title, language, attachment)
    raise TooLongError("it does not fit on one page")


def _write(document: Any, title: str, language: str, attachment: Attachment | None) -> bytes:
    document.metadata.title, document.metadata.lang = title, language
    document.metadata.attachments = []
    return finish(write(document, pdf_variant="pdf/a-3a"), attachment)


def write(document: Any, **options: object) -> bytes:
    """Return a document that is laid out as a PDF, not yet finished."""
    return bytes(document.write_pdf(custom_metadata=False, finisher=name_fonts, **options))


def lay_out(html: str, style: str = "") -> Any:
    """Return a document laid out on its pages, which may load nothing but our own bundle."""
    fonts = _fonts()
    html, names = savings.take_sheets(html)
    styles = [savings.style_sheet(each, fonts) for each in names] + ([CSS(string=style)] if style else [])
    source = savings.Document(string=html, base_url=BASE_URL, url_fetcher=savings.fetcher(), media_type="print")
    return source.render(font_config=fonts, stylesheets=styles)


@cache
def _fonts() -> FontConfiguration:
    """Return the system's fonts, read once in the life of the press."""
    _say_languages()
    cut_fonts_small()
    savings.read_attributes_once()
    return FontConfiguration()


def _say_languages() -> None:
    """Have the print engine say in which language each element is, so that English isn't read by a Chinese voice.

    It knows the language of each box and drops it when it writes the structure; there is no setting for that.
    """
    build = tags._build_box_tree  # noqa: SLF001 (there is no public way, and the lock file pins the release)

    def build_with_language(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        for element in build(box, parent, *rest):
            language = box.style["lang"] if getattr(box, "element", None) is not None else None
            if language and "Lang" not in element:  # an element passes here once for each box around it
                element["Lang"] = tags.pydyf.String(language)
            yield element

    tags._build_box_tree = build_with_language  # noqa: SLF001 (as above)
