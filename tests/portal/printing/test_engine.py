"""A document becomes a PDF that everyone can read, and reaches nothing outside our bundle."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from portal.printing import PrintError, render_pdf
from portal.printing.engine import LIMITS, LONGEST
from tests.portal.printing.hostile import CALL, EXHAUSTING, FILE, reaching

pytestmark = pytest.mark.slow

CANARY = "canary-7b2d"
HEAD = '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>x</title></head><body>'
SHEET = f"""{HEAD}<style>@page {{ @bottom-center {{ content: "页 " counter(page) }} }}
body {{ font-family: "Noto Sans CJK SC" }} :lang(en) {{ font-family: "Noto Sans" }}</style>
<h1 id="top">雨季前请备份数据库</h1><p>请在 4 月 30 日前完成。<span lang="en">Please finish by 30 April.</span></p>
<svg width="20" height="20"><circle cx="10" cy="10" r="9"/></svg><img src="images/mark.svg" alt="Our mark">
<p lang="en">It reads <a href="#top">English</a>, here: <a href="https://hospital.example">there</a>.</p>"""


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """A finished sheet in two languages."""
    return render_pdf(SHEET, title="雨季备份", language="zh-Hans")


@pytest.fixture
def opened(sheet: bytes) -> Iterator[pikepdf.Pdf]:
    """The same, to look inside."""
    with pikepdf.open(BytesIO(sheet)) as pdf:
        yield pdf


def of_kind(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [each for each in elements(pdf.Root.StructTreeRoot.K[0]) if str(each.S) == kind]


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def texts(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_the_words_can_be_read_out_of_it(sheet: bytes) -> None:
    assert "雨季前请备份数据库" in texts(sheet)
    assert "Please finish by 30 April." in texts(sheet)


def test_it_says_its_title_and_language(opened: pikepdf.Pdf) -> None:
    assert (str(opened.Root.Lang), str(opened.docinfo.Title)) == ("zh-Hans", "雨季备份")
    assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_it_says_what_it_is(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"


def test_each_language_is_named_where_it_stands(opened: pikepdf.Pdf) -> None:
    assert [str(each.Lang) for each in of_kind(opened, "/H1")] == ["zh-Hans"]
    assert [str(each.Lang) for each in of_kind(opened, "/P")] == ["zh-Hans", "en"]
    assert "en" in [str(each.get("/Lang")) for each in of_kind(opened, "/Span")]


def test_a_picture_without_words_and_the_foot_are_ornaments(opened: pikepdf.Pdf) -> None:
    assert [str(each.Alt) for each in of_kind(opened, "/Figure")] == ["Our mark"]
    kids: list[Any] = [kid for each in elements(opened.Root.StructTreeRoot.K[0]) for kid in each.K]
    belonging = {kid for kid in kids if isinstance(kid, int)}
    stream = pikepdf.parse_content_stream(opened.pages[0])
    marked = [each for each in stream if str(each.operator) in {"BDC", "BMC"}]
    assert {int(each.operands[1].MCID) for each in marked if str(each.operator) == "BDC"} == belonging
    assert len([each for each in marked if str(each.operator) == "BMC"]) >= 2


def test_links_lead_where_they_led(opened: pikepdf.Pdf) -> None:
    targets = [str(each.A.URI) for each in opened.pages[0].Annots if "/A" in each]
    assert targets == ["https://hospital.example"]


def test_its_fonts_are_in_it(opened: pikepdf.Pdf) -> None:
    fonts: list[Any] = [font for page in opened.pages for font in page.resources.Font.as_dict().values()]
    assert {"Noto-Sans-CJK-SC", "Noto-Sans"} <= {
        str(font.BaseFont).partition("+")[2].removesuffix("-Bold") for font in fonts
    }
    descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)


def test_the_same_document_takes_the_same_bytes(sheet: bytes) -> None:
    assert render_pdf(SHEET, title="雨季备份", language="zh-Hans") == sheet


@pytest.fixture
def callers() -> Iterator[tuple[str, list[object]]]:
    """A server's address, and everybody who called it."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()
        listening = threading.Thread(target=_listen, args=(server, seen, stop))
        listening.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/secret.png", seen
        stop.set()
        listening.join()


def _listen(server: socket.socket, seen: list[object], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            connection, caller = server.accept()
        except TimeoutError:
            continue
        seen.append(caller)
        connection.close()


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    """A file that no document may read."""
    path = tmp_path / "secret.png"
    path.write_text(f"p {{ content: '{CANARY}' }} {CANARY}")
    return path


def require_harmless(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert list(opened.attachments) == []
        notes = [str(each.get("/Subtype")) for page in opened.pages for each in page.get("/Annots", [])]
        assert notes in ([], ["/Link"])
        unpacked = BytesIO()
        opened.save(unpacked, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    assert CANARY.encode() not in unpacked.getvalue()
    assert b"root:x:0" not in unpacked.getvalue()
    assert CANARY not in texts(pdf)


@pytest.mark.slow
@pytest.mark.parametrize("body", list(reaching()))
def test_a_document_reaches_nothing_outside(body: str, callers: tuple[str, list[object]], secret_file: Path) -> None:
    call, seen = callers
    html = HEAD + body.replace(CALL, call).replace(FILE, secret_file.as_uri())
    # A font of a document's own is written to a file first, which is refused: no PDF is harmless enough.
    with suppress(PrintError) if "@font-face" in body else nullcontext():
        require_harmless(render_pdf(html, title="x", language="en"))
    assert seen == []


def test_the_listener_would_hear_a_call(callers: tuple[str, list[object]]) -> None:
    call, seen = callers
    port = int(call.rpartition(":")[2].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        assert connection.recv(1) == b""
    assert len(seen) == 1


@pytest.mark.slow
@pytest.mark.parametrize("what", EXHAUSTING)
def test_a_document_that_never_ends_is_ended(what: str) -> None:
    """A small PDF, or a clear end: what is never seen is a test that hangs or a machine without memory."""
    begun = time.monotonic()
    with suppress(PrintError):
        assert render_pdf(HEAD + EXHAUSTING[what], title="x", language="en").startswith(b"%PDF-")
    assert time.monotonic() - begun < 3 * LIMITS.seconds


def test_the_limits_are_those_that_were_promised() -> None:
    assert (LIMITS.seconds, LIMITS.megabytes) == (10, 512)


def test_what_is_too_long_is_not_begun() -> None:
    with pytest.raises(PrintError, match="too-long"):
        render_pdf("x" * (LONGEST + 1), title="x", language="en")
