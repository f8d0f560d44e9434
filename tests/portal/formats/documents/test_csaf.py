"""A notice as CSAF: by the published schema, with what is affected and nothing that isn't."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from portal.core.actor import Actor, Role
from portal.formats.documents.csaf import as_csaf
from portal.formats.services.importing import preview_csaf
from portal.formats.services.schema import read_csaf
from portal.notices.models import Notice, ProductRange
from portal.notices.queries.printing import published_notice
from portal.ui import languages
from tests.portal.notices.cast import HIS, Cast, a_draft, a_notice, revise

SAFE = ProductRange("pacs", "", {"en": "Cloud PACS"}, {}, "", is_affected=False)
UNREADABLE = replace(HIS, range="what came before the flood")


def exported(app: Flask, cast: Cast, notice: Notice, locale: str = "en", **kept: Any) -> dict[str, Any]:
    with app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
        found = published_notice(cast.session, Actor(role=Role.ADMIN), notice.code)
        assert found is not None
        return dict(as_csaf(found, locale, **kept))


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_it_keeps_to_the_published_schema(app: Flask, cast: Cast, locale: str) -> None:
    notice = revise(cast, a_notice(cast, products=[HIS, SAFE, UNREADABLE]))
    document = exported(app, cast, notice, locale)
    assert read_csaf(json.dumps(document).encode()) == document


def test_it_keeps_to_it_where_there_is_hardly_anything_to_say(app: Flask, cast: Cast) -> None:
    from portal.notices.models import Step, Words
    from tests.portal.notices.cast import publish

    words = Words(what="x", do="y", steps=(Step("Wait.", "It ends."),))
    document = exported(app, cast, publish(cast, a_draft(cast, words, products=[])))
    assert read_csaf(json.dumps(document).encode()) == document
    assert "product_tree" not in document


def test_it_is_an_informational_advisory_that_points_to_the_page(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    document = exported(app, cast, notice)["document"]
    assert (document["category"], document["tracking"]["id"]) == ("csaf_informational_advisory", notice.code)
    assert document["references"][0] == {
        "category": "external",
        "summary": document["title"],
        "url": f"http://localhost/notices/{notice.code}",
    }


KEPT: dict[str, Any] = {
    "notes": [{"category": "legal_disclaimer", "text": "No warranty."}],
    "aggregate_severity": {"text": "high"},
    "references": [{"category": "external", "summary": "More", "url": "ftp://somebody.example/7"}],
}


def test_what_had_no_place_goes_out_again_in_the_language_it_came_in(app: Flask, cast: Cast) -> None:
    notice = a_notice(cast)
    english, chinese = (exported(app, cast, notice, each, kept=KEPT) for each in ("en", "zh_Hans"))
    assert read_csaf(json.dumps(english).encode()) == english
    assert english["document"]["notes"][-1] == KEPT["notes"][0]
    assert english["document"]["references"][-1] == KEPT["references"][0]
    assert english["document"]["aggregate_severity"] == {"text": "high"}
    assert "aggregate_severity" not in chinese["document"]


def test_what_stands_in_the_document_already_is_not_said_twice(app: Flask, cast: Cast) -> None:
    document = exported(app, cast, a_notice(cast))
    again = exported(app, cast, a_notice(cast), kept={"notes": document["document"]["notes"]})
    assert again["document"]["notes"] == document["document"]["notes"]


def test_unaffected_products_stand_in_a_note_and_not_in_the_tree(app: Flask, cast: Cast) -> None:
    document = exported(app, cast, a_notice(cast, products=[HIS, SAFE]))
    assert "Cloud PACS" not in json.dumps(document["product_tree"])
    assert {"category": "details", "title": "Not affected", "text": "Cloud PACS"} in document["document"]["notes"]


def test_ranges_stand_there_word_for_word(app: Flask, cast: Cast) -> None:
    (product,) = exported(app, cast, a_notice(cast, products=[UNREADABLE]))["product_tree"]["branches"][0]["branches"]
    assert [each["name"] for each in product["branches"]] == ["what came before the flood"]


def test_its_versions_count_the_revisions_that_were_published(app: Flask, cast: Cast) -> None:
    tracking = exported(app, cast, revise(cast, a_notice(cast)))["document"]["tracking"]
    assert tracking["version"] == "2"
    assert [each["number"] for each in tracking["revision_history"]] == ["1", "2"]
    assert tracking["revision_history"][1]["summary"] == "A second disk."


def test_keys_are_written_so_that_any_program_can_show_them(app: Flask, cast: Cast) -> None:
    text = json.dumps(exported(app, cast, a_notice(cast)))
    assert "[F7]" in text
    assert "{key:" not in text


def test_what_goes_out_comes_in_again(app: Flask, cast: Cast) -> None:
    mapped = preview_csaf(cast.session, exported(app, cast, a_notice(cast, products=[HIS, SAFE]), "zh_Hans"))
    assert (mapped.words.what, mapped.words.do) == ("Storms cut the power.", "Make a backup.")
    assert [(each.product, each.range) for each in mapped.products] == [("his", "5.0 至 5.6.2")]
