"""Fonts in a PDF: read where they lie in memory, and cut down to the signs that are used; runs in the press only."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pydyf
from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

_ALWAYS = harfbuzz_subset.HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
_KEEP_NUMBERS = harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS
_DRAW_MISSING = harfbuzz_subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE
_NO_HINTS = harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
_FOR_LAYOUT = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")
"""Tables of a font that a finished page needs no more, in the order of the alphabet."""
_WRAPPED, _BARE = b"OTTO", b"\1"
"""What a file of outlines begins with, wrapped up for use outside a PDF or bare."""


def cut_fonts_small() -> None:
    """Have the print engine neither copy whole fonts nor keep places for signs that aren't used.

    It does both for each document: a Chinese font takes 20 MB, and one with a hundred signs left has sixty thousand
    empty places, three quarters of a megabyte to be cut, packed and carried along. There is no setting for either,
    and the lock file pins the release.
    """
    fonts.get_hb_object_data = _read_in_place
    fonts.Font._harfbuzz_subset = _cut  # noqa: SLF001 (as above)
    fonts.Font.type = property(lambda font: "otf" if font.file_content[:4] == _WRAPPED or _is_bare(font) else "ttf")


def name_fonts(_: object, pdf: Any) -> None:
    """Say in a PDF which of its fonts are bare outlines, whose signs are found by their own numbers."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Subtype") == "/OpenType":
            if each.stream[0][:4] != _WRAPPED:
                each.extra["Subtype"] = "/CIDFontType0C"
        elif isinstance(each, pydyf.Dictionary) and each.get("Subtype") == "/CIDFontType0":
            each.pop("CIDToGIDMap", None)


def _is_bare(font: Any) -> bool:
    return bool(font.file_content[:1] == _BARE)


def _read_in_place(face: Any) -> Any:
    """Return a font's file without copying it."""
    blob = harfbuzz.hb_face_reference_blob(face)
    length = ffi.new("unsigned int *")
    start = harfbuzz.hb_blob_get_data(blob, length)
    held = ffi.gc(start, lambda _: harfbuzz.hb_blob_destroy(blob))
    return ffi.buffer(held, length[0])


def _cut(font: Any, used: Mapping[int, str], hinting: bool) -> None:
    """Leave in a font only the signs that are used; one that can't be cut stays whole.

    A font that could not be opened has no glyphs, and would leave its words blank.
    """
    if not font.glyph_count:
        raise MemoryError("a font could not be opened")
    wanted = sorted(each for each in used if each < font.glyph_count)
    flags = _ALWAYS | (_DRAW_MISSING if font.missing else 0)
    last = flags if hinting else flags | _NO_HINTS
    has_pictures = font.png or font.svg or font.colr
    cut = None if has_pictures else _outlines(_subset(font.hb_face, wanted, last), wanted)
    if cut is None:
        numbered = _subset(font.hb_face, wanted, flags | _KEEP_NUMBERS)
        cut = _content(_subset(numbered, range(max(used) + 1), last))
    font.file_content = cut or bytes(font.file_content)


def _subset(face: Any, wanted: Sequence[int], flags: int) -> Any:
    """Return a font with some of its glyphs; None where it can't be cut."""
    if face is None:
        return None
    order = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _add(harfbuzz_subset.hb_subset_input_glyph_set(order), wanted)
    harfbuzz_subset.hb_subset_input_set_flags(order, flags)
    dropped = harfbuzz_subset.hb_subset_input_set(order, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    _add(dropped, [harfbuzz.hb_tag_from_string(each, -1) for each in _FOR_LAYOUT])
    cut = harfbuzz_subset.hb_subset_or_fail(face, order)
    return ffi.gc(cut, harfbuzz.hb_face_destroy) if cut else None


def _add(numbers: Any, more: Sequence[int]) -> None:
    harfbuzz.hb_set_add_sorted_array(numbers, ffi.new("hb_codepoint_t[]", list(more)), len(more))


def _content(face: Any) -> bytes | None:
    return None if face is None else bytes(_read_in_place(face))


def _outlines(face: Any, wanted: Sequence[int]) -> bytes | None:
    """Return the bare outlines of a font that finds each sign by the number that it had before; None for any other."""
    content = _content(face)
    if not content or content[:4] != _WRAPPED:
        return None
    tables = TTFont(io.BytesIO(content))
    numbers = tables["CFF "].cff.topDictIndex[0].charset
    is_kept = numbers == sorted(numbers) and {f"cid{each:05d}" for each in wanted if each}.issubset(numbers)
    return bytes(tables.reader["CFF "]) if is_kept else None
