"""A CSAF document becomes a draft, and nothing of it is lost."""

from dataclasses import replace

from sqlalchemy.orm import Session

from portal.core import clock
from portal.formats.models import NoticeImport
from portal.formats.services.importing import import_csaf, preview_csaf
from portal.formats.services.mapping import map_csaf
from portal.notices.models import Notice, NoticeState, TextStatus, product_ranges
from portal.notices.queries.workbench import texts_of, working_revision
from tests.portal.formats.examples import ADVISORY
from tests.portal.notices.cast import Cast


def taken_in(cast: Cast) -> Notice:
    made = import_csaf(cast.session, ADVISORY, "s-7.json", by=cast.author, at=clock.now())
    cast.session.commit()
    return cast.session.query(Notice).filter_by(code=made.code).one()


def test_it_makes_a_draft_in_the_documents_language(cast: Cast) -> None:
    notice = taken_in(cast)
    assert (notice.state, notice.revision_number, notice.source_language) == (NoticeState.DRAFT, None, "zh_Hans")
    text = texts_of(cast.session, working_revision(cast.session, notice).id)["zh_Hans"]
    assert (text.title, text.status) == ("备份向导会漏掉附件", TextStatus.SOURCE)
    assert (text.document["what"], text.document["do"]) == ("备份里没有附件。", "Update.")
    assert text.document["links"] == [{"words": "More", "url": "https://somebody.example/7"}]


def test_ranges_are_kept_word_for_word_with_products_of_the_catalogue(cast: Cast) -> None:
    revision = working_revision(cast.session, taken_in(cast))
    found = [(each.product, each.range, each.is_affected) for each in product_ranges(revision.products)]
    assert found == [
        (cast.product.code, "vers:intdot/>=5.0|<5.6.3", True),
        (cast.product.code, "5.6.3", False),
        ("something-else", "", False),
    ]


def test_it_counts_products_and_ranges(cast: Cast) -> None:
    made = import_csaf(cast.session, ADVISORY, "s-7.json", by=cast.author, at=clock.now())
    assert (made.products, made.ranges) == (2, 2)


def test_what_has_no_place_is_listed_and_kept_as_it_came(cast: Cast) -> None:
    notice = taken_in(cast)
    kept = cast.session.get_one(NoticeImport, notice.id)
    assert kept.document == ADVISORY
    assert kept.kept_unmapped == [
        "/vulnerabilities",
        "/document/aggregate_severity",
        "/document/notes/2",
        "/product_tree/relationships",
    ]


def test_looking_first_makes_nothing(cast: Cast, session: Session) -> None:
    assert preview_csaf(session, ADVISORY).title == "备份向导会漏掉附件"
    assert session.query(NoticeImport).count() == 0


def test_what_is_too_long_is_cut_and_listed() -> None:
    document = {**ADVISORY["document"], "title": "长" * 300, "notes": [{"category": "summary", "text": "x" * 2000}]}
    mapped = map_csaf({"document": document}, lambda _: None)
    assert (len(mapped.title), mapped.words.what) == (200, "")
    assert {"/document/title", "/document/notes/0"} <= set(mapped.kept_unmapped)


def test_more_products_than_a_notice_has_rows_for_are_listed() -> None:
    names = [{"name": f"Product {number}", "product_id": f"P{number}"} for number in range(70)]
    mapped = map_csaf({**ADVISORY, "product_tree": {"full_product_names": names}}, lambda _: None)
    assert len(mapped.products) == 60
    assert "/product_tree/full_product_names/69" in mapped.kept_unmapped


def test_a_language_that_is_none_of_ours_is_taken_for_english() -> None:
    assert map_csaf({"document": {**ADVISORY["document"], "lang": "de"}}, lambda _: None).locale == "en"


def test_a_second_import_is_a_second_draft(cast: Cast) -> None:
    assert taken_in(cast).code != taken_in(cast).code
    assert replace(preview_csaf(cast.session, ADVISORY), title="").title == ""
