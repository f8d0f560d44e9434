"""What the press does only once changes nothing in what comes out."""

import io
from typing import Any

import pypdf
import pytest

from portal.printing import render_pdf, savings

HEAD = '<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>x</title>'
LINK = '<link rel="stylesheet" href="css/print/paper.css">'


def printed(body: str) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(render_pdf(HEAD + body, title="x", language="zh-Hans"))).pages)


def sizes_of_type(page: pypdf.PageObject) -> dict[str, float]:
    found: dict[str, float] = {}

    def note(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if text.strip():
            found[text.strip()] = round(size * abs(matrix[3]), 1)

    page.extract_text(visitor_text=note)
    return found


def test_our_own_sheets_are_taken_out_and_named() -> None:
    elsewhere = '<link rel="stylesheet" href="https://elsewhere.example/css/print/paper.css">'
    assert savings.take_sheets(f"{LINK}{elsewhere}<p>x") == (f"{elsewhere}<p>x", ["css/print/paper.css"])


def test_every_sheet_and_every_size_of_type_is_tried_before_the_first_order() -> None:
    sample = savings.sample()
    names = savings.take_sheets(sample)[1]
    assert {"css/print/paper.css", "css/print/notice.css", "css/print/labels.css"} <= set(names)
    assert all(sample.count(f"font-size: {size}pt") == 3 for size in ("9.6", "17", "7.4"))


@pytest.mark.slow
def test_a_sheet_that_was_read_before_holds() -> None:
    (page,) = printed(f'{LINK}<h1>雨季</h1><p class="subtitle">Rain</p>')
    assert float(page.mediabox.width) == pytest.approx(595.3, abs=0.1)
    found = sizes_of_type(page)
    assert found["雨季"] / found["Rain"] == pytest.approx(17 / 10.5, abs=0.02)


@pytest.mark.slow
def test_what_a_document_says_itself_goes_before_it() -> None:
    (page,) = printed(f"{LINK}<style>.subtitle {{ font-size: 34pt }}</style><h1>雨季</h1><p class='subtitle'>Rain</p>")
    found = sizes_of_type(page)
    assert found["Rain"] / found["雨季"] == pytest.approx(2, abs=0.02)


@pytest.mark.slow
def test_lists_keep_their_numbers_and_lines_their_breaks() -> None:
    (page,) = printed("<ol><li>One<li>Two</ol><p>Three<br>Four</p>")
    lines = [each.strip() for each in page.extract_text().splitlines()]
    assert {"1.", "2.", "One", "Two", "Three", "Four"} <= set(lines)
