"""What is taken, what is not, and that nothing rides along."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from portal.files.checks import CheckedFile, FileProblem, inspect
from tests.portal.files.samples import (
    CANARY,
    a_jpeg,
    a_pdf,
    a_pdf_bomb,
    a_png,
    a_png_of,
    a_png_with_much_text,
    an_armed_pdf,
)

pytestmark = pytest.mark.slow


def taken(name: str, body: bytes) -> CheckedFile:
    found = inspect(BytesIO(body), name)
    assert isinstance(found, CheckedFile), found
    return found


def refused(name: str, body: bytes) -> str:
    found = inspect(BytesIO(body), name)
    assert isinstance(found, FileProblem), found
    return found.code


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "1", "P", "I;16"])
def test_a_picture_is_encoded_again_and_looks_the_same(mode: str) -> None:
    found = taken("截图.png", a_png(mode=mode))
    assert (found.name, found.media_type, found.is_inline) == ("截图.png", "image/png", True)
    with Image.open(BytesIO(found.body)) as image:
        assert image.size == (40, 30)


def test_a_photograph_keeps_its_way_up_and_loses_where_it_was_taken() -> None:
    found = taken("IMG_0001.JPG", a_jpeg(turned=True))
    assert found.media_type == "image/jpeg"
    assert CANARY not in found.body
    with Image.open(BytesIO(found.body)) as image:
        assert (image.size, len(image.getexif())) == ((30, 40), 0)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04" + CANARY, CANARY * 1000])
def test_what_hangs_behind_a_picture_is_gone(tail: bytes) -> None:
    assert tail not in taken("a.png", a_png() + tail).body
    assert tail not in taken("a.jpg", a_jpeg() + tail).body


def test_a_pdf_is_written_anew_and_never_shown_in_the_browser() -> None:
    found = taken("report.pdf", a_pdf() + CANARY)
    assert not found.is_inline
    assert CANARY not in found.body
    with pikepdf.open(BytesIO(found.body)) as pdf:
        assert len(pdf.pages) == 1


def test_a_pdf_is_disarmed_and_its_links_stay() -> None:
    assert CANARY in an_armed_pdf()
    body = taken("report.pdf", an_armed_pdf()).body
    with pikepdf.open(BytesIO(body)) as pdf:
        unpacked = BytesIO()
        pdf.save(unpacked, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert CANARY not in unpacked.getvalue()
    assert b"JavaScript" not in unpacked.getvalue()
    assert b"Launch" not in unpacked.getvalue()
    assert b"https://hospital.example" in unpacked.getvalue()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("接口超时\r\n再试一次\r\n".encode(), "接口超时\n再试一次\n"),
        ("接口超时".encode("gb18030"), "接口超时"),
        ("接口超时".encode("utf-16"), "接口超时"),
        ("\ufeff接口超时".encode(), "接口超时"),
        (b"\x1b[31mERROR\x1b[0m timeout", "ERROR timeout"),
    ],
)
def test_a_log_is_read_as_it_was_written(body: bytes, text: str) -> None:
    assert taken("app.log", body).body.decode() == text


def test_secrets_leave_a_log_before_it_is_stored() -> None:
    found = taken("app.txt", b"url=postgres://tang:swordfish-42@10.1.2.3/his\n")
    assert b"swordfish-42" not in found.body
    assert found.size == len(found.body)


def test_html_in_a_text_file_stays_text() -> None:
    found = taken("page.txt", b"<script>alert(1)</script>")
    assert (found.media_type, found.is_inline) == ("text/plain", False)


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.zip", "a.exe", "a", "a.png.exe", "a.docx", "a.xml", ".png"])
def test_other_kinds_are_not_taken_whatever_they_hold(name: str) -> None:
    assert refused(name, a_png()) == "type-not-taken"


def test_a_question_may_take_less() -> None:
    found = inspect(BytesIO(a_pdf()), "report.pdf", accept=("image/png",))
    assert found == FileProblem("type-not-taken", "report.pdf", {"accept": ("image/png",)})


def test_an_empty_file_is_refused() -> None:
    assert refused("empty.png", b"") == "empty"


def test_a_file_that_is_too_large_is_refused_without_reading_on() -> None:
    stream = BytesIO(b"x" * 5000)
    found = inspect(stream, "large.txt", max_bytes=1000)
    assert found == FileProblem("too-large", "large.txt", {"max_bytes": 1000})
    assert stream.tell() == 1001


def a_zip() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "hello")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.png", b"<html><script>alert(1)</script>"),
        ("a.png", SVG),
        ("a.png", a_jpeg()),
        ("a.png", a_png()[:40]),
        ("a.png", a_png()[:-30]),
        ("a.png", b"GIF89a" + a_png()),
        ("a.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
        ("a.jpg", a_png()),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100),
        ("a.jpg", b"\xff\xd8" + SVG),
        ("a.pdf", b"%PDF-1.7\nnothing else"),
        ("a.pdf", b"<html>%PDF-1.7"),
        ("a.pdf", a_pdf()[:100]),
        ("a.pdf", a_zip()),
        ("a.txt", a_zip()),
        ("a.log", a_png()),
        ("a.txt", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("a.txt", b"a\x00b"),
        ("a.txt", b"\xff\xfe\x00\xd8"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, body: bytes) -> None:
    assert refused(name, body) == "not-what-it-says"


@pytest.mark.parametrize("size", [(10_000, 5_000), (100_000, 100_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_with_too_many_pixels_is_refused_unopened(size: tuple[int, int]) -> None:
    assert refused("bomb.png", a_png_of(*size)) == "too-many-pixels"


@pytest.mark.slow
def test_a_picture_whose_comment_is_a_bomb_is_refused() -> None:
    assert refused("bomb.png", a_png_with_much_text()) == "not-what-it-says"


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_ten_gigabytes_is_refused() -> None:
    assert refused("bomb.pdf", a_pdf_bomb()) in {"not-what-it-says", "limits"}


def test_a_pdf_behind_a_password_is_refused() -> None:
    assert refused("secret.pdf", a_pdf(password="swordfish")) == "locked"


@pytest.mark.slow
def test_a_picture_of_forty_megapixels_is_taken() -> None:
    found = inspect(BytesIO(a_png((8000, 5000))), "large.png")
    assert isinstance(found, CheckedFile), found
