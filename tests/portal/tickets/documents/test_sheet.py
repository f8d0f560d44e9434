"""The printed sheet of a ticket."""

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from flask import Flask
from PIL import Image
from pyzbar.pyzbar import decode
from sqlalchemy import update as change

from portal.core import clock
from portal.core.models import TypedText
from portal.printing import Document, render_pdf
from portal.tickets import services
from portal.tickets.documents import edition
from portal.tickets.documents.sheet import sheet
from portal.tickets.models import Event, Ticket
from portal.tickets.queries.printing import MOST_EVENTS
from portal.ui import languages
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, SOLVED, reply, resolve, update

CANARY = "canary-5150"
TITLES = {"en": "Problem snapshot", "zh_Hans": "问题快照", "zh_Hant": "問題快照"}


def a_sheet(app: Flask, cast: Cast, ticket: Ticket, locale: str = "en") -> Document:
    """Return the finished document of a ticket."""
    cast.session.commit()
    with app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
        found = sheet(cast.session, str(ticket.id), {"locale": locale})
    assert found is not None
    return found


def printed(document: Document) -> bytes:
    return render_pdf(document.html, title=document.title, language=document.language)


def words_in(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def a_story(cast: Cast) -> Ticket:
    """Return a ticket with a late promise, a note, a reply and a solution."""
    ticket = a_ticket(cast)
    later = clock.now() + 20 * MINUTE
    services.settle_due(cast.session, at=later)
    services.add_note(cast.session, ticket, body=CANARY, by=cast.actor(cast.agent), at=later)
    update(cast, ticket, "We look at the keyboard.", at=later + MINUTE)
    reply(cast, ticket, "我们三个窗口都这样。", at=later + 2 * MINUTE)
    resolve(cast, ticket, at=later + timedelta(hours=3))
    return ticket


def test_it_says_what_happened_and_what_was_promised(app: Flask, cast: Cast) -> None:
    ticket = a_story(cast)
    html = a_sheet(app, cast, ticket).html
    for words in (ticket.reference, "We look at the keyboard.", "我们三个窗口都这样。", SOLVED.cause, "Tang Xiuying"):
        assert words in html
    assert '<kbd class="key">F7</kbd>' in html
    assert "Not kept" in html
    assert "We said sorry at 21 April 2026" in html
    assert "Kept" in html


def test_a_note_is_nowhere_in_it(app: Flask, cast: Cast) -> None:
    assert CANARY not in a_sheet(app, cast, a_story(cast)).html


def test_what_was_erased_is_nowhere_in_it(app: Flask, cast: Cast) -> None:
    ticket = a_ticket(cast)
    said = reply(cast, ticket, "Call me on the yellow phone.")
    cast.session.execute(change(TypedText).where(TypedText.id == said.text_id).values(body="", erased_at=clock.now()))
    html = a_sheet(app, cast, ticket).html
    assert "yellow" not in html
    assert "This text was erased." in html


def test_what_was_typed_stays_text(app: Flask, cast: Cast) -> None:
    ticket = a_ticket(cast, title="<script>alert(1)</script>")
    reply(cast, ticket, "<img src=file:///etc/passwd>")
    html = a_sheet(app, cast, ticket).html
    assert "<script>" not in html
    assert "&lt;img" in html


def test_it_is_filed_under_its_number_for_its_organisation(app: Flask, cast: Cast) -> None:
    ticket = a_ticket(cast)
    found = a_sheet(app, cast, ticket, "zh_Hant")
    assert (found.file_name, found.language) == (f"{ticket.reference}-zh-Hant.pdf", "zh-Hant")
    assert found.organisation_id == cast.organisation.id


@pytest.mark.parametrize("locale", TITLES)
def test_it_speaks_its_readers_language(app: Flask, cast: Cast, locale: str) -> None:
    html = a_sheet(app, cast, a_story(cast), locale).html
    assert f'<html lang="{locale.replace("_", "-")}">' in html
    assert TITLES[locale] in html
    assert ("Promised by" in html) == (locale == "en")


def test_an_unknown_ticket_has_none(app: Flask, cast: Cast) -> None:
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        assert sheet(cast.session, "01a1ffcd-533b-77e0-a3c3-a252affbf0fc", {"locale": "en"}) is None


def test_a_very_long_story_says_that_it_is_longer(app: Flask, cast: Cast) -> None:
    ticket = a_ticket(cast)
    for number in range(4):
        reply(cast, ticket, f"part-{number} " + "x\n" * 500)
    html = a_sheet(app, cast, ticket).html
    assert "part-0 " not in html
    assert "part-3 " in html
    assert "2 earlier entries are on the page only" in html


def test_many_entries_are_counted_and_the_latest_shown(app: Flask, cast: Cast) -> None:
    ticket = a_ticket(cast)
    said = reply(cast, ticket, "First of many.")
    rows = [
        Event(ticket_id=ticket.id, seq=10 + number, kind=said.kind, audience="customer", facts={}, at=said.at)
        for number in range(MOST_EVENTS)
    ]
    cast.session.add_all(rows)
    html = a_sheet(app, cast, ticket).html
    assert "2 earlier entries are on the page only" in html
    assert "First of many." not in html


def test_each_language_has_an_edition_of_its_own() -> None:
    marks = {locale: edition(locale) for locale in TITLES}
    assert len(set(marks.values())) == 3
    assert {locale: edition(locale) for locale in TITLES} == marks


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where pages are drawn."""
    return tmp_path_factory.mktemp("pages")


@pytest.mark.slow
def test_the_pdf_can_be_read_by_everyone_and_carries_nothing(app: Flask, cast: Cast, page_folder: Path) -> None:
    ticket = a_story(cast)
    pdf = printed(a_sheet(app, cast, ticket, "zh_Hans"))
    text = words_in(pdf)
    assert CANARY not in text
    for words in (ticket.reference, "问题快照", "我们三个窗口都这样。", "没做到", "第1页，共"):
        assert words in text
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert (str(opened.Root.Lang), str(opened.docinfo.Title).split()[0]) == ("zh-Hans", ticket.reference)
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", pikepdf.Dictionary())
        assert "/AF" not in opened.Root
        assert fonts_of(opened) == {"Noto-Sans", "Noto-Sans-Bold", "Noto-Sans-CJK-SC", "Noto-Sans-CJK-SC-Bold"}
    assert codes_of(pdf, page_folder) == [f"http://localhost/tickets/{ticket.reference}"]


def fonts_of(opened: pikepdf.Pdf) -> set[str]:
    """Return the fonts of a document, each of which is in it."""
    fonts: list[Any] = [font for page in opened.pages for font in page.resources.Font.as_dict().values()]
    descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)
    return {str(font.BaseFont).partition("+")[2] for font in fonts}


def codes_of(pdf: bytes, folder: Path) -> list[str]:
    """Return what the codes on the first page say."""
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-png", path, folder / "page"], check=True)
    (picture,) = folder.glob("page*.png")
    return [code.data.decode() for code in decode(Image.open(picture))]


@pytest.mark.slow
@pytest.mark.parametrize("line", ["超时了，请稍后再试。\n", "超时了，请稍后再试。"])
def test_the_longest_sheet_is_still_made(app: Flask, cast: Cast, line: str) -> None:
    answers = dict.fromkeys(("what", "where", "log"), line * 2000)
    ticket = a_ticket(cast, document={"schema": "problem-snapshot/1", **answers})
    for _ in range(6):
        reply(cast, ticket, line * 2_000)
    long = services.Resolution(line * 2_000, line * 2_000, line * 2_000)
    services.resolve(cast.session, ticket, resolution=long, by=cast.actor(cast.agent), at=clock.now())
    pdf = printed(a_sheet(app, cast, ticket, "zh_Hans"))
    assert 10 < len(pypdf.PdfReader(BytesIO(pdf)).pages) < 60
