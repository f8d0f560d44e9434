"""Fonts in a PDF hold the signs that are used and no more, and each sign is found under its number."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet

from portal.printing import render_pdf

pytestmark = pytest.mark.slow

NAMES = "㛃𠮷龘䶮喆"
"""Signs of people's names that short fonts lack."""
SHEET = f"""<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>x</title>
<style>body {{ font: 20pt "Noto Sans CJK SC" }} :lang(en) {{ font-family: "Noto Sans" }}</style>
<p>雨季前请备份数据库 {NAMES}</p><p lang="en">Please finish by 30 April.</p>"""


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """A sheet in two scripts, with rare signs."""
    return render_pdf(SHEET, title="x", language="zh-Hans")


@pytest.fixture(scope="module")
def fonts(sheet: bytes) -> Iterator[dict[str, Any]]:
    """The fonts of the sheet by name, without what marks them as cut."""
    with pikepdf.open(io.BytesIO(sheet)) as opened:
        found: list[Any] = [each for page in opened.pages for each in page.resources.Font.as_dict().values()]
        yield {str(each.BaseFont).partition("+")[2]: each.DescendantFonts[0] for each in found}


def test_a_chinese_font_has_only_the_signs_that_are_used(fonts: dict[str, Any]) -> None:
    font = fonts["Noto-Sans-CJK-SC"]
    outlines = font.FontDescriptor.FontFile3
    assert str(outlines.Subtype) == "/CIDFontType0C"
    assert len(outlines.read_bytes()) < 20_000
    assert "/CIDToGIDMap" not in font


def test_each_sign_keeps_the_number_by_which_the_page_asks_for_it(fonts: dict[str, Any]) -> None:
    font = fonts["Noto-Sans-CJK-SC"]
    outlines = CFFFontSet()
    outlines.decompile(io.BytesIO(font.FontDescriptor.FontFile3.read_bytes()), None)
    asked = {
        int(first) + place
        for first, widths in zip(font.W[::2], font.W[1::2], strict=True)
        for place in range(len(widths))
    }
    assert {f"cid{each:05d}" for each in asked} <= set(outlines[0].charset)


def test_other_fonts_are_cut_down_too(fonts: dict[str, Any]) -> None:
    assert len(fonts["Noto-Sans"].FontDescriptor.FontFile2.read_bytes()) < 20_000


@pytest.mark.slow
def test_there_is_memory_for_many_fonts() -> None:
    """A font that can't be opened for want of memory leaves its words blank."""
    names = [f"Noto Sans CJK {place}" for place in ("SC", "TC", "HK", "JP", "KR")]
    words = "".join(f"<p style=\"font-family: '{each}'\">雨季前请<b>备份</b></p>" for each in names)
    head = '<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>x</title>'
    with pikepdf.open(io.BytesIO(render_pdf(head + words, title="x", language="zh-Hans"))) as opened:
        found: list[Any] = [each.DescendantFonts[0] for each in opened.pages[0].resources.Font.as_dict().values()]
        assert len(found) == 2 * len(names)
        assert all("/FontFile3" in each.FontDescriptor for each in found)


def test_rare_signs_are_drawn_and_can_be_read_out(sheet: bytes) -> None:
    with pypdfium2.PdfDocument(sheet) as document:
        text = document[0].get_textpage().get_text_range()
        assert NAMES in text
        boxes = {ink(document, sign) for sign in "雨季前请" + NAMES}
    assert len(boxes) == 4 + len(NAMES)


def ink(document: pypdfium2.PdfDocument, sign: str) -> bytes:
    """Return the picture of one sign on the first page."""
    page = document[0]
    words = page.get_textpage()
    place = words.get_text_range().encode("utf-16-le").index(sign.encode("utf-16-le")) // 2
    left, bottom, right, top = words.get_charbox(place, loose=True)
    width, height = page.get_size()
    drawn = page.render(scale=3, crop=(left, bottom, width - right, height - top)).to_pil().convert("1")
    assert drawn.getextrema() == (0, 255)
    return bytes(drawn.tobytes())
