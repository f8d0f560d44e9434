"""Copies by name: each has its own words where the document has room for them, and nobody else's."""

import io
import subprocess
import zipfile
from dataclasses import replace

import pytest

from portal.printing import PrintError
from portal.printing.batches import Base, CopiesOrder, Copy, bind_copies, lay_base, print_copies

pytestmark = pytest.mark.slow

HEAD = '<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>x</title>'
DOCUMENT = f"""{HEAD}<h1>雨季备份</h1><div id="place-address" style="width: 96mm; height: 22mm"></div>
<p style="break-before: page">第二页</p><div id="place-code" style="width: 20mm; height: 20mm"></div>
<div id="place-organisation" style="width: 96mm; height: 8mm"></div>"""
PEOPLE = ("第一医院", "第二医院 🏥", "第三医院")
"""One has a picture among its signs."""


def order(base: Base, *names: str) -> CopiesOrder:
    rows = "".join(f'<p class="to">寄给{each}</p><p class="slip">回执{each}</p>' for each in names)
    links = (
        f'<link rel="stylesheet" href="css/print/labels.css"><style>@page {{ size: 96mm {len(names) * 30}mm }}</style>'
    )
    return CopiesOrder(
        base=base,
        labels_html=f"{HEAD}{links}{rows}",
        copies=[Copy(f"https://portal.example/copies/{number}", f"{number}.pdf") for number in range(len(names))],
        title="雨季备份",
        language="zh-Hans",
        is_separate=False,
    )


@pytest.fixture(scope="module")
def base() -> Base:
    """What all copies share."""
    return lay_base(DOCUMENT)


def words(pdf: bytes) -> list[str]:
    """Return the words of each page without spaces, as a program reads them that keeps the fonts of forms apart."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return ["".join(page.split()) for page in told.stdout.decode().split("\f")[:-1]]


def test_each_copy_says_its_own_words_where_there_is_room(base: Base) -> None:
    pages = words(print_copies(order(base, *PEOPLE)))
    assert len(pages) == 2 * len(PEOPLE)
    for number, name in enumerate(PEOPLE):
        first, second = pages[number * 2 : number * 2 + 2]
        own = name.partition(" ")[0]
        assert ("雨季备份" in first, f"寄给{own}" in first, f"回执{own}" in first) == (True, True, False)
        assert ("第二页" in second, f"寄给{own}" in second, f"回执{own}" in second) == (True, False, True)
        assert not [other for other in PEOPLE if other != name and other.partition(" ")[0] in first + second]


def test_apart_each_is_a_file_of_its_own(base: Base) -> None:
    archive = zipfile.ZipFile(io.BytesIO(print_copies(replace(order(base, *PEOPLE), is_separate=True))))
    assert archive.namelist() == ["0.pdf", "1.pdf", "2.pdf"]
    assert ["寄给第三医院" in words(archive.read(each))[0] for each in archive.namelist()] == [False, False, True]


def test_parts_are_bound_in_their_order(base: Base) -> None:
    parts = [print_copies(order(base, each)) for each in ("第一医院", "第三医院")]
    bound = words(bind_copies(parts, title="雨季备份", language="zh-Hans"))
    assert ["寄给第一医院" in bound[0], "寄给第三医院" in bound[2]] == [True, True]


def test_labels_that_are_not_those_of_the_copies_are_not_printed(base: Base) -> None:
    wanted = order(base, *PEOPLE)
    with pytest.raises(PrintError, match="broken: ValueError"):
        print_copies(replace(wanted, copies=wanted.copies[:2]))
