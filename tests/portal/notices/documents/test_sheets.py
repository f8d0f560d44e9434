"""The printed sheet of a notice, in one or more languages, and the sheet for a board."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.core import clock
from portal.demo import cast as demo
from portal.demo.notices import tell
from portal.notices import documents, services
from portal.notices.documents.sheets import printed
from portal.notices.models import Notice
from portal.notices.queries.printing import printed_notice
from portal.notices.queries.workbench import working_revision
from portal.notices.services.writing import Draft
from portal.printing import Document, print_document
from portal.ui import languages
from tests.portal.notices.cast import WORDS, Cast, a_draft, a_notice, publish, revise, write

pytestmark = pytest.mark.slow


def a_sheet(app: Flask, session: Session, notice: Notice, locale: str = "en") -> Document | None:
    revision = working_revision(session, notice)
    with app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
        return documents.sheet(session, str(revision.id), {"locale": locale})


def the_html(app: Flask, session: Session, notice: Notice, locale: str = "en") -> str:
    found = a_sheet(app, session, notice, locale)
    assert found is not None
    return found.html


def test_a_chinese_sheet_has_english_beside_it(app: Flask, cast: Cast) -> None:
    html = the_html(app, cast.session, a_notice(cast), "zh_Hant")
    assert '<html lang="zh-Hant">' in html
    assert "重要 · 需要處理" in html
    assert '<span class="also line" lang="en">Important: action needed</span>' in html
    assert "請在 2026 年 4 月 30 日前完成" in html
    assert "Complete by 30 April 2026" in html


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "en"])
def test_signal_words_and_triangles_that_belong_to_injury_are_not_used(app: Flask, cast: Cast, locale: str) -> None:
    html = the_html(app, cast.session, a_notice(cast), locale).lower()
    for sign in ("⚠", "danger", "warning", "caution", "危险", "危險", "警告", "小心"):
        assert sign not in html


def test_a_sheet_names_the_number_to_call_or_asks_to_be_told(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    assert ">400-000-0000<" in the_html(app, cast.session, notice)
    key = "plainport.settings"
    app.extensions[key] = replace(app.extensions[key], hotline="")
    html = the_html(app, cast.session, notice)
    assert "Copy the exact words on the screen and tell us." in html
    assert "and call:" not in html


def test_an_english_sheet_is_english_only(app: Flask, cast: Cast) -> None:
    html = the_html(app, cast.session, a_notice(cast))
    assert "zh-" not in html


def test_it_names_its_revision_and_what_changed_until_then(app: Flask, cast: Cast) -> None:
    notice = revise(cast, a_notice(cast), change="A second disk.")
    found = a_sheet(app, cast.session, notice)
    assert found is not None
    assert found.file_name == f"{notice.code}-2-en.pdf"
    assert "Revision 2" in found.html
    assert "A second disk." in found.html


def test_a_notice_that_asks_for_nothing_has_no_slip(app: Flask, cast: Cast) -> None:
    assert "Answer slip" in the_html(app, cast.session, a_notice(cast))
    assert "Answer slip" not in the_html(app, cast.session, a_notice(cast, action="none", act_by=None))


def test_nothing_is_printed_of_a_draft_or_of_what_was_taken_back(app: Flask, cast: Cast) -> None:
    assert a_sheet(app, cast.session, a_draft(cast)) is None
    notice = a_notice(cast)
    services.withdraw(cast.session, notice, reason="Wrong.", by=cast.author, at=clock.now())
    assert a_sheet(app, cast.session, notice) is None


def test_what_was_typed_stays_text(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast, products=[])
    services.start_revision(cast.session, notice, is_material=True, by=cast.author, at=clock.now())
    revise_with_script(cast, notice)
    assert "<script>alert(1)</script>" not in the_html(app, cast.session, notice)


def test_each_revision_says_what_it_changed(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    revise(cast, notice, change="A second disk.")
    services.start_revision(cast.session, notice, is_material=False, by=cast.author, at=clock.now())
    write(cast, notice)
    services.save_text(cast.session, notice, "en", Draft("Rain", WORDS, "One word less."), by=cast.author)
    services.save_text(cast.session, notice, "zh_Hans", Draft("雨季", WORDS), by=cast.author)
    services.save_text(cast.session, notice, "zh_Hant", Draft("雨季", WORDS), by=cast.author)
    publish(cast, notice)
    html = an_edition(app, cast.session, notice, ["zh_Hans", "en"]).html
    for words in ("首次发布。", "First issue.", "A second disk.", "One word less."):
        assert words in html


def revise_with_script(cast: Cast, notice: Notice) -> None:
    write(
        cast,
        notice,
        replace(WORDS, what="<script>alert(1)</script>", cause="<img src=file:///etc/passwd>"),
        change="More.",
    )
    publish(cast, notice)


def an_edition(app: Flask, session: Session, notice: Notice, locales: list[str], arrangement: str = "") -> Document:
    revision = working_revision(session, notice)
    with app.app_context(), languages.reading_as(locales[0], "Asia/Shanghai"):
        printable = printed_notice(session, revision.id)
        assert printable is not None
        edition = documents.edition_of(printable, locales, arrangement)
        assert edition is not None
        return printed(printable, edition)


def test_languages_stand_beside_each_other_in_the_order_that_was_chosen(app: Flask, cast: Cast) -> None:
    found = an_edition(app, cast.session, a_notice(cast), ["en", "zh_Hant", "zh_Hans"])
    assert found.html.count("<h1>") == 1
    assert found.language == "en"
    assert found.html.index('class="also line" lang="zh-Hant"') < found.html.index('class="also line" lang="zh-Hans"')


def test_each_language_can_have_a_sheet_of_its_own(app: Flask, cast: Cast) -> None:
    found = an_edition(app, cast.session, a_notice(cast), ["zh_Hans", "en"], "apart")
    assert [found.html.count(f'<div class="sheet" lang="{tag}">') for tag in ("zh-Hans", "en")] == [1, 1]
    assert found.html.count("Answer slip") == 1


def test_a_language_that_is_not_written_is_left_out(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    printable = printed_notice(cast.session, working_revision(cast.session, notice).id)
    assert printable is not None
    assert documents.edition_of(printable, ["fr", "en", "en"]) == documents.Edition(("en",))
    assert documents.edition_of(printable, ["fr"]) is None


def test_what_it_says_travels_along_as_json(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    found = an_edition(app, cast.session, notice, ["en"])
    assert found.attachment is not None
    carried = json.loads(found.attachment.body)
    assert (carried["code"], carried["act_by"]) == (notice.code, "2026-04-30")
    assert carried["texts"]["en"]["checklist"][0]["text"] == "Backup exists"
    assert carried["products"][0]["range"] == "5.0 至 5.6.2"


@pytest.mark.slow
@pytest.mark.parametrize("locales", [["zh_Hans", "en"], ["en"], ["zh_Hant", "en", "zh_Hans"]])
def test_a_board_is_one_page_in_large_type(app: Flask, session: Session, season: Notice, locales: list[str]) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(print_document(an_edition(app, session, season, locales, "board"))))
    assert len(pdf.pages) == 1
    text = "".join(pdf.pages[0].extract_text().split())
    assert "400-000-0000" in text


@pytest.mark.slow
def test_the_data_is_attached_to_the_electronic_copy(app: Flask, session: Session, season: Notice) -> None:
    with pikepdf.open(io.BytesIO(print_document(an_edition(app, session, season, ["zh_Hans", "en"])))) as pdf:
        (file,) = pdf.Root.AF
        assert (str(file.AFRelationship), str(file.UF)) == ("/Data", f"{season.code}.json")
        assert json.loads(file.EF.F.read_bytes())["revision"] == season.revision_number
        assert [*pdf.attachments] == [f"{season.code}.json"]


@pytest.fixture
def season(session: Session) -> Notice:
    """Return the demonstration's rainy-season advisory."""
    people = demo.enter(session, at=clock.now())
    author, approver = people.actor(people.chen, "陈立"), people.actor(people.wang, "王敏")
    notice, *_ = tell(session, author=author, approver=approver, at=clock.now())
    session.commit()
    return notice


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("zh_Hans", ["雨季来临，请检查数据备份", "Rainy season: check your data backups", "第 2 页，共 2 页"]),
        ("zh_Hant", ["雨季來臨，請檢查資料備份", "Rainy season: check your data backups", "第 2 頁，共 2 頁"]),
        ("en", ["Rainy season: check your data backups", "Page 2 of 2"]),
    ],
)
def test_the_rainy_season_fits_on_two_pages(
    app: Flask, session: Session, season: Notice, locale: str, words: list[str]
) -> None:
    found = a_sheet(app, session, season, locale)
    assert found is not None
    pdf = pypdf.PdfReader(io.BytesIO(print_document(found)))
    assert len(pdf.pages) == 2
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert [each for each in words if "".join(each.split()) not in text] == []


@pytest.mark.slow
def test_the_code_on_paper_leads_to_the_notice(app: Flask, session: Session, season: Notice, tmp_path: Path) -> None:
    import subprocess

    from PIL import Image
    from pyzbar.pyzbar import decode

    found = a_sheet(app, session, season, "zh_Hans")
    assert found is not None
    path = tmp_path / "sheet.pdf"
    path.write_bytes(print_document(found))
    subprocess.run(["pdftoppm", "-r", "110", "-f", "2", "-l", "2", "-png", path, tmp_path / "page"], check=True)
    (picture,) = tmp_path.glob("page*.png")
    codes = [code.data.decode() for code in decode(Image.open(picture))]
    assert codes == [f"http://localhost/notices/{season.code}"]


@pytest.mark.slow
def test_three_languages_fit_on_two_pages_too(app: Flask, session: Session, season: Notice) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(print_document(an_edition(app, session, season, ["zh_Hans", "zh_Hant", "en"]))))
    assert len(pdf.pages) == 2


def test_what_reads_the_same_in_two_languages_is_printed_once(app: Flask, cast: Cast) -> None:
    html = an_edition(app, cast.session, a_notice(cast), ["zh_Hans", "zh_Hant", "en"]).html
    assert html.count('<span class="first line" lang="zh-Hans">版本</span>') == 1
    assert '<span class="also line" lang="zh-Hant">版本</span>' not in html
    assert '<span class="also line" lang="en">Versions</span>' in html


def test_the_slip_says_where_it_goes_back_to(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    assert "Return it to" not in an_edition(app, cast.session, notice, ["en"]).html
    app.extensions["plainport.settings"] = replace(
        app.extensions["plainport.settings"], return_address={"en": "1 Harbour Road", "zh_Hans": "海港路 1 号"}
    )
    html = an_edition(app, cast.session, notice, ["zh_Hans", "en"]).html
    assert "请寄回：海港路 1 号" in html
    assert "Return it to: 1 Harbour Road" in html
