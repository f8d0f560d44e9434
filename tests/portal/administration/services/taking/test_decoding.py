"""What a list's bytes say, however they were written, and what is no list."""

import io
import zipfile

import pytest

from portal.administration.services.errors import SetupError
from portal.administration.services.taking.decoding import LOST, text_of

SIMPLIFIED = "code,name\nK-1,清河医院\nK-2,松林诊所（东院）\nK-3,华东区第二人民医院\n"
TRADITIONAL = "code,name\nK-1,清河醫院\nK-2,松林診所（東院）\nK-3,臺北市立聯合醫院\n"


def packed(*names: str) -> bytes:
    """Return a packed file that holds some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "x")
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_simplified_chinese_is_read_as_any_spreadsheet_writes_it(encoding: str) -> None:
    assert text_of(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_traditional_chinese_is_read_as_any_spreadsheet_writes_it(encoding: str) -> None:
    assert text_of(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_utf_16_of_the_other_order_is_read() -> None:
    assert text_of(b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be")) == SIMPLIFIED


def test_a_broken_character_in_utf_8_spoils_no_other() -> None:
    text = SIMPLIFIED * 5
    body = text.encode()
    place = body.index("清".encode())
    assert text_of(body[:place] + body[place + 1 :]).replace(LOST, "") == text.replace("清", "", 1)


def test_letters_of_western_europe_are_not_taken_for_chinese() -> None:
    with pytest.raises(SetupError, match="no-text"):
        text_of("code,name\nK-1,Klinik Köln\nK-2,Hôpital Général de Genève\n".encode("cp1252"))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (packed("[Content_Types].xml", "xl/workbook.xml"), "is-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "is-excel"),
        (packed("mimetype", "content.xml"), "is-calc"),
        (packed("list.csv"), "is-packed"),
        (b"%PDF-1.7\n", "is-pdf"),
        (b"\xef\xbb\xbf\r\n<html><table>", "is-web-page"),
        (b"", "is-empty"),
        (b"\xef\xbb\xbf \r\n", "is-empty"),
        (b"\x00" * 64, "is-empty"),
        (b"name\n\x81\xff\xff\n", "no-text"),
    ],
)
def test_what_is_no_list_is_told_by_what_it_is(body: bytes, code: str) -> None:
    with pytest.raises(SetupError, match=code):
        text_of(body)
