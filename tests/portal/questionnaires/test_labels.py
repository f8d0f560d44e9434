"""The words of a questionnaire in the reader's language."""

from markupsafe import escape

from intake.loading import load_file
from portal.questionnaires.labels import Label, Labels
from portal.questionnaires.shipped import SHIPPED
from tests.portal.questionnaires.examples import a_questionnaire


def test_a_translated_text_is_in_the_readers_language() -> None:
    shipped = load_file(SHIPPED[0])
    label = Labels(shipped, "zh_Hans").question(shipped.question("blocked"))
    assert label.lang == ""
    assert label.text != shipped.question("blocked").text


def test_a_text_without_a_translation_says_its_language() -> None:
    small = a_questionnaire()
    label = Labels(small, "zh_Hans").option(small.question("bad"), "very")
    assert escape(label) == '<span lang="en">Very</span>'


def test_the_source_language_needs_no_mark() -> None:
    small = a_questionnaire()
    assert escape(Labels(small, "en").option(small.question("bad"), "very")) == "Very"


def test_keys_are_drawn_on_the_page_and_named_where_nothing_can_be_drawn() -> None:
    small = a_questionnaire()
    label = Labels(small, "en").question(small.question("what"))
    assert 'press <kbd class="key">F7</kbd>?' in escape(label)
    assert label.plain == "What happens when you press F7?"


def test_what_was_answered_stands_in_the_text() -> None:
    label = Label("Is {answer:product} slow?").with_answers({"product": "<HIS>"})
    assert escape(label) == "Is &lt;HIS&gt; slow?"


def test_a_text_that_is_not_there_is_nothing() -> None:
    small = a_questionnaire()
    assert not Labels(small, "en").question(small.question("what"), "why")
