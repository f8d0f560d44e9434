"""Tests of text that people wrote, made safe to show."""

from portal.ui import prose


def test_a_key_is_drawn_as_a_keycap() -> None:
    assert prose.keys("Press {key:F7} & go") == 'Press <kbd class="key">F7</kbd> &amp; go'


def test_a_key_stands_in_brackets_where_nothing_can_be_drawn() -> None:
    assert prose.plain_keys("Press {key:F7}, not {F} and 7") == "Press [F7], not {F} and 7"


def test_lines_and_keys_of_plain_text_are_kept() -> None:
    assert prose.lines("<b>\n{key:F7}") == '&lt;b&gt;<br><kbd class="key">F7</kbd>'


def test_what_was_covered_stands_apart_from_the_rest() -> None:
    found = list(prose.pieces("password=[password 1]\nend"))
    assert found == [("text", "password="), ("mask", "password"), ("text", "\nend")]


def test_in_a_list_markdown_is_one_line_of_its_words() -> None:
    text = "**Storms** cut [the power](https://x.example).\n\n- rain\n- <b>wind</b>, press {key:F7}\nnow `x`"
    said = 'Storms cut the power. rain &lt;b&gt;wind&lt;/b&gt;, press <kbd class="key">F7</kbd> now x'
    assert prose.one_line(text) == said
    assert prose.one_line("") == ""


def test_in_a_list_chinese_sentences_follow_each_other_without_a_space() -> None:
    assert prose.one_line("雷雨多。\n\n请备份「资料」。\n按 F7 键") == "雷雨多。请备份「资料」。按 F7 键"
