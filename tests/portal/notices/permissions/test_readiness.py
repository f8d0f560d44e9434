"""What keeps a notice from its readers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.notices.models import (
    ActionNeeded,
    AudienceKind,
    CheckItem,
    NoticeScope,
    Step,
    TextStatus,
    Words,
    fingerprint,
)
from portal.notices.permissions import Fault, Manuscript, Text, language_faults, word_faults

TODAY = date(2026, 4, 21)
WORDS = Words(what="Rain.", do="Back up.", checklist=(CheckItem("c1", "Done"),), steps=(Step("Press.", "It opens."),))
SOURCE = Text("雨季", WORDS, TextStatus.SOURCE)


def a_translation(words: Words = WORDS, status: TextStatus = TextStatus.REVIEWED, source: Text = SOURCE) -> Text:
    return Text("Rain", words, status, fingerprint(source.title, source.words.as_document()))


def a_manuscript(**values: Any) -> Manuscript:
    usual = Manuscript(
        source_language="zh_Hans",
        scope=NoticeScope.PUBLIC,
        action=ActionNeeded.REQUIRED,
        act_by=date(2026, 4, 30),
        expires_on=date(2026, 10, 1),
        audience={},
        texts={"zh_Hans": SOURCE, "zh_Hant": a_translation(), "en": a_translation()},
        waived=frozenset(),
    )
    return replace(usual, **values)


def with_source(words: Words, title: str = "雨季") -> Manuscript:
    return a_manuscript(texts={"zh_Hans": Text(title, words, TextStatus.SOURCE)})


def codes(manuscript: Manuscript) -> list[str]:
    return [fault.code for fault in word_faults(manuscript, today=TODAY)]


def test_a_whole_notice_lacks_nothing() -> None:
    whole = a_manuscript()
    assert [*word_faults(whole, today=TODAY), *language_faults(whole)] == []


@pytest.mark.parametrize("expires_on", [TODAY, date(2026, 4, 20)])
def test_it_needs_an_expiry_that_lies_ahead(expires_on: date) -> None:
    assert "expiry-passed" in codes(a_manuscript(act_by=None, expires_on=expires_on))


def test_it_needs_a_step_that_says_what_one_should_see() -> None:
    assert codes(with_source(replace(WORDS, steps=(Step("Press."),)))) == ["nothing-to-see"]
    assert codes(with_source(replace(WORDS, steps=()))) == ["nothing-to-see"]


def test_it_needs_a_title_and_what_happens_and_what_to_do() -> None:
    bare = with_source(replace(WORDS, what="", do=""), title="")
    assert codes(bare) == ["title-missing", "what-missing", "do-missing"]


def test_what_asks_readers_again_says_what_is_new() -> None:
    again = a_manuscript(asks_again=True)
    assert codes(again) == ["change-missing"]
    said = {**again.texts, "zh_Hans": replace(SOURCE, change="多一块硬盘。")}
    assert codes(replace(again, texts=said)) == []


def test_what_asks_for_nothing_needs_no_what_to_do() -> None:
    assert codes(replace(with_source(replace(WORDS, do="")), action=ActionNeeded.NONE, act_by=None)) == []


def test_what_is_required_needs_a_day() -> None:
    assert codes(a_manuscript(act_by=None)) == ["act-by-missing"]
    assert codes(a_manuscript(act_by=None, action=ActionNeeded.CHECK)) == []


def test_the_day_to_act_by_does_not_come_after_the_expiry() -> None:
    assert codes(a_manuscript(act_by=date(2026, 10, 2))) == ["act-by-after-expiry"]


def test_a_targeted_notice_names_somebody() -> None:
    targeted = a_manuscript(scope=NoticeScope.TARGETED)
    assert codes(targeted) == ["audience-empty"]
    assert codes(replace(targeted, audience={AudienceKind.REGION: ["south-china"]})) == []


@pytest.mark.parametrize(
    ("words", "key"), [("Press F7 now.", "F7"), ("按F12键", "F12"), ("Hold Ctrl and {key:B}.", "Ctrl")]
)
def test_a_bare_key_is_found(words: str, key: str) -> None:
    found = word_faults(with_source(replace(WORDS, do=words)), today=TODAY)
    assert found == [Fault("bare-key", "zh_Hans", key)]


@pytest.mark.parametrize("words", ["Press {key:F7}.", "Room F71", "UTF8", "Alternative"])
def test_a_drawn_key_and_an_ordinary_word_are_no_fault(words: str) -> None:
    assert codes(with_source(replace(WORDS, do=words))) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "text-missing"),
        (a_translation(status=TextStatus.DRAFT), "text-not-reviewed"),
        (replace(a_translation(), source_sha256="another"), "text-stale"),
        (a_translation(replace(WORDS, steps=())), "parts-differ"),
        (a_translation(replace(WORDS, steps=(Step("Press."),))), "parts-differ"),
        (a_translation(replace(WORDS, checklist=())), "parts-differ"),
    ],
)
def test_every_language_is_read_against_the_source(text: Text | None, code: str) -> None:
    texts = {"zh_Hans": SOURCE, "zh_Hant": a_translation(), **({"en": text} if text else {})}
    assert language_faults(a_manuscript(texts=texts)) == [Fault(code, "en")]


def test_a_waived_language_is_not_asked_for() -> None:
    texts = {"zh_Hans": SOURCE, "zh_Hant": a_translation()}
    assert language_faults(a_manuscript(texts=texts, waived=frozenset({"en"}))) == []
