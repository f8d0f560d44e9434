"""The printed sheet of a notice."""

import io
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.core import clock
from portal.demo import cast as demo
from portal.demo.notices import tell
from portal.notices import documents, services
from portal.notices.models import Notice
from portal.notices.queries.workbench import working_revision
from portal.printing import Document, render_pdf
from portal.ui import languages
from tests.portal.notices.cast import Cast, a_draft, a_notice, revise


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


def revise_with_script(cast: Cast, notice: Notice) -> None:
    from dataclasses import replace

    from tests.portal.notices.cast import WORDS, publish, write

    write(cast, notice, replace(WORDS, what="<script>alert(1)</script>", cause="<img src=file:///etc/passwd>"))
    publish(cast, notice)


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
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(found.html, title=found.title, language=found.language)))
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
    path.write_bytes(render_pdf(found.html, title=found.title, language=found.language))
    subprocess.run(["pdftoppm", "-r", "110", "-f", "2", "-l", "2", "-png", path, tmp_path / "page"], check=True)
    (picture,) = tmp_path.glob("page*.png")
    codes = [code.data.decode() for code in decode(Image.open(picture))]
    assert codes == [f"http://localhost/notices/{season.code}"]
