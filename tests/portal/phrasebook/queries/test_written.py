"""In which language each line of a text is written."""

import pytest

from portal.phrasebook.queries.written import language_written, lines_of


@pytest.mark.parametrize(
    ("text", "reader", "language"),
    [
        ("We are looking at it.", "zh_Hans", "en"),
        ("接口超时，正在处理。", "en", "zh_Hans"),
        ("介面逾時，處理中。", "zh_Hans", "zh_Hant"),
        ("接口timeout了", "en", "zh_Hans"),
        ("Dear 王芳, we went back to the version of yesterday", "zh_Hans", "en"),
        ("部署", "zh_Hant", "zh_Hant"),
        ("部署", "en", "zh_Hans"),
        ("12:30", "zh_Hant", "zh_Hant"),
        ("", "en", "en"),
    ],
)
def test_the_words_themselves_say_it_and_else_the_reader(text: str, reader: str, language: str) -> None:
    assert language_written(text, reader) == language


def test_each_line_has_its_own_and_lies_where_it_lay() -> None:
    text = "Hello\n接口超时\r\n12:30"
    found = list(lines_of(text, "zh_Hant"))
    assert [each.language for each in found] == ["en", "zh_Hans", "zh_Hant"]
    assert all(text[each.start :].startswith(each.words) for each in found)


def test_what_fits_both_scripts_is_read_with_the_rest_of_the_text() -> None:
    assert [each.language for each in lines_of("部署\n介面逾時", "zh_Hans")] == ["zh_Hant", "zh_Hant"]
