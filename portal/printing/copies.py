"""Many copies of one document, each with an address and a code of its own; runs in the press only.

The document is laid out once; its pages become forms that every copy shows, with what is its own on top of them.
"""

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import segno

from portal.printing import typesetting

_POINTS = 0.75
"""Points in a CSS pixel."""
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
    """Return one PDF with a copy for each label; the n-th page of the labels is what the n-th copy says."""
    pdf = pikepdf.open(io.BytesIO(base))
    forms = [pdf.make_indirect(page.as_form_xobject()) for page in pdf.pages]
    boxes = [page.mediabox for page in pdf.pages]
    printed = pikepdf.open(io.BytesIO(typesetting.write(typesetting.lay_out(labels_html))))
    if len(printed.pages) != len(labels):
        raise ValueError("each label stands on a page of its own")
    while pdf.pages:
        del pdf.pages[-1]
    for label, page in zip(labels, printed.pages, strict=True):
        own = pdf.copy_foreign(page.as_form_xobject())
        _add_copy(pdf, forms, boxes, _Own(own, _code(pdf, label.code_url), places))
    return pdf


@dataclass(frozen=True, slots=True)
class _Own:
    label: pikepdf.Object
    code: pikepdf.Object
    places: Mapping[str, Place]


def _add_copy(pdf: pikepdf.Pdf, forms: Sequence[pikepdf.Object], boxes: Sequence[Any], own: _Own) -> None:
    for number, form in enumerate(forms):
        content = ["q /B Do Q"]
        content += [_drawn(name, place, own) for name, place in own.places.items() if place.page == number]
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(B=form, L=own.label, C=own.code))
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=boxes[number],
            Resources=resources,
            Contents=pdf.make_stream("\n".join(content).encode("ascii")),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _drawn(name: str, place: Place, own: _Own) -> str:
    """Return what draws a copy's own part: its code, or the part of its label that belongs there.

    On a label the address stands above, and below it, as high as its place, the organisation's name.
    """
    if name == "code":
        size = min(place.width, place.height)
        return f"q {size:.3f} 0 0 {size:.3f} {place.left:.3f} {place.bottom:.3f} cm /C Do Q"
    is_address = name == "address"
    top = float(own.label.BBox[3])
    address = own.places["address"].height
    from_, height = (top - address, address) if is_address else (0.0, top - address)
    return (
        f"q 1 0 0 1 {place.left:.3f} {place.bottom - from_:.3f} cm "
        f"0 {from_:.3f} {float(own.label.BBox[2]):.3f} {height:.3f} re W n /L Do Q"
    )


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
