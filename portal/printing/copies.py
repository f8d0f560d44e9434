"""Many copies of one document, each with an address and a code of its own; runs in the press only.

The document is laid out once; its pages become forms that every copy shows, with what is its own on top of them.
"""

import io
import json
import re
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import segno

from portal.printing import typesetting

_POINTS = 0.75
"""Points in a CSS pixel."""
_CLIP = re.compile(rb"0 ([0-9.]+) ([0-9.]+) ([0-9.]+) re")
"""The top, width and height of a paragraph that lets nothing stand out of it: what a part of a label begins with."""
_PLACES = "place-"
"""What the ids of elements begin with where something is put on each copy."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of a copy's own goes, in points from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


def lay_base(html: str) -> bytes:
    """Return, as JSON, the PDF that all copies share and the places in it."""
    document = typesetting.lay_out(html)
    places = {name: place for number, page in enumerate(document.pages) for name, place in _places(number, page)}
    pdf = typesetting.write(document)
    return json.dumps({"pdf": b64encode(pdf).decode(), "places": places}).encode()


def _places(number: int, page: Any) -> list[tuple[str, list[float]]]:
    found = []
    for box in page._page_box.descendants():  # noqa: SLF001 (there is no public way to ask where an element stands)
        name = box.element.get("id", "") if box.element is not None else ""
        if name.startswith(_PLACES) and box.width != "auto" and box.height != "auto":
            bottom = page.height - box.content_box_y() - box.height
            sizes = (box.content_box_x(), bottom, box.width, box.height)
            found.append((name.removeprefix(_PLACES), [number, *(each * _POINTS for each in sizes)]))
    return found


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one copy alone."""

    code_url: str
    file_name: str


def stamp(base: bytes, places: Mapping[str, Place], labels_html: str, labels: Sequence[Label]) -> pikepdf.Pdf:
    """Return one PDF with a copy for each label; the labels stand below each other in the order of the copies."""
    pdf = pikepdf.open(io.BytesIO(base))
    forms = [pdf.make_indirect(page.as_form_xobject()) for page in pdf.pages]
    boxes = [page.mediabox for page in pdf.pages]
    while pdf.pages:
        del pdf.pages[-1]
    parts = _parts(pdf, typesetting.write(typesetting.lay_out(labels_html)))
    for label, address, name in zip(labels, parts[::2], parts[1::2], strict=True):
        own = {"address": address, "organisation": name, "code": _code(pdf, label.code_url)}
        _add_copy(pdf, forms, boxes, [(own[name], place) for name, place in places.items()])
    return pdf


def _parts(pdf: pikepdf.Pdf, printed: bytes) -> list[pikepdf.Object]:
    """Return the parts of all labels, two for each, as forms that know nothing of each other's words."""
    with pikepdf.open(io.BytesIO(printed)) as labels:
        (page,) = labels.pages
        shared = pdf.make_indirect(pdf.copy_foreign(labels.make_indirect(page.resources)))
        content = page.Contents.read_bytes()
    return [_form(pdf, each, shared) for each in _paragraphs(content.split(b"\n"))]


def _paragraphs(lines: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Yield what draws each paragraph; the print engine writes one instruction a line."""
    begun, depth = 0, 0
    for place, line in enumerate(lines):
        if not depth and line == b"W" and lines[place - 2] == b"q" and _CLIP.fullmatch(lines[place - 1]):
            begun, depth = place - 2, 1
        elif depth:
            depth += (line == b"q") - (line == b"Q")
            if not depth:
                yield lines[begun : place + 1]


def _form(pdf: pikepdf.Pdf, paragraph: Sequence[bytes], resources: pikepdf.Object) -> pikepdf.Object:
    top, width, height = (float(each) * _POINTS for each in paragraph[1].split()[1:4])
    moved = f"{_POINTS} 0 0 -{_POINTS} 0 {top + height:.3f} cm".encode("ascii")
    return pdf.make_stream(
        b"\n".join([moved, *paragraph]),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, width, height],
        Resources=resources,
    )


def _add_copy(
    pdf: pikepdf.Pdf,
    forms: Sequence[pikepdf.Object],
    boxes: Sequence[Any],
    own: Sequence[tuple[pikepdf.Object, Place]],
) -> None:
    for number, form in enumerate(forms):
        placed = {f"O{each}": what for each, what in enumerate(own) if what[1].page == number}
        content = ["q /B Do Q", *(_drawn(name, *what) for name, what in placed.items())]
        shown = pikepdf.Dictionary({"/B": form, **{f"/{name}": what for name, (what, _) in placed.items()}})
        resources = pikepdf.Dictionary(XObject=shown)
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=boxes[number],
            Resources=resources,
            Contents=pdf.make_stream("\n".join(content).encode("ascii")),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _drawn(name: str, what: pikepdf.Object, place: Place) -> str:
    """Return what draws a part of a copy's own at its place: a code as large as that, words as large as they are."""
    size = min(place.width, place.height) if what.Subtype == pikepdf.Name.Image else 1
    return f"q {size:.3f} 0 0 {size:.3f} {place.left:.3f} {place.bottom:.3f} cm /{name} Do Q"


def _code(pdf: pikepdf.Pdf, url: str) -> pikepdf.Object:
    """Return a QR code as a stencil; which of its eight masks is taken matters to no reader, so none is weighed."""
    rows = [bytes(row) for row in segno.make(url, error="m", mask=3, boost_error=False).matrix]
    size, padded = len(rows), -len(rows) % 8
    bits = b"".join(
        int("".join("0" if dot else "1" for dot in row) + "1" * padded, 2).to_bytes((size + padded) // 8, "big")
        for row in rows
    )
    return pdf.make_stream(
        bits,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=size,
        Height=size,
        ImageMask=True,
        BitsPerComponent=1,
    )


@dataclass(frozen=True, slots=True)
class About:
    """What copies say of themselves."""

    title: str
    language: str


def one_file(pdf: pikepdf.Pdf, about: About) -> bytes:
    """Return all copies in one file."""
    _say(pdf, about)
    return _saved(pdf)


def one_each(pdf: pikepdf.Pdf, labels: Sequence[Label], about: About) -> bytes:
    """Return an archive with a file for each copy."""
    pages = len(pdf.pages) // len(labels)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, label in enumerate(labels):
            copy = pikepdf.new()
            copy.pages.extend(pdf.pages[number * pages : (number + 1) * pages])
            _say(copy, about)
            archive.writestr(zipfile.ZipInfo(label.file_name), _saved(copy))
    return out.getvalue()


def bind(parts: Sequence[bytes], about: About) -> bytes:
    """Return the copies of several files in one."""
    bound = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as pdf:
            bound.pages.extend(pdf.pages)
    return one_file(bound, about)


def _say(pdf: pikepdf.Pdf, about: About) -> None:
    pdf.docinfo["/Title"] = about.title
    pdf.Root.Lang = pikepdf.String(about.language)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
