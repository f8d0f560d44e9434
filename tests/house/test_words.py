"""Words on the screen: complete in three languages, kind, and written as each language is."""

import re

import polib
import pytest

from tests.house.words import LOCALES, Catalogue, Message, extracted, faults, faults_of

pytestmark = pytest.mark.slow

BLAME = re.compile(r"\b(?:invalid|illegal|failed|failure)\b", re.IGNORECASE)
BLAME_IN_CHINESE = re.compile("非法|不合法|无效|無效|失败|失敗")
# What a reader in Taipei or Hong Kong would not say.
MAINLAND_WORDS = re.compile("軟件|硬件|信息|屏幕|登錄|登陸|默認|網絡|打印|數據|程序|用戶|短信|鏈接|視頻|文本框|點擊")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(?:\s|$)|[“”]")
HAN = re.compile(r"[\u4e00-\u9fff]")


def entries(locale: str) -> list[polib.POEntry]:
    """Everything a language says."""
    return list(Catalogue.load(locale).by_message().values())


def translations(entry: polib.POEntry) -> str:
    """All forms of a translation together."""
    return "\n".join([entry.msgstr, *entry.msgstr_plural.values()])


def spoken_to_customers() -> set[tuple[str | None, str]]:
    """What anyone but support gets to read."""
    inside = ("portal/desk/", "portal/api/")
    return {
        (message.context, message.text)
        for message, files in extracted().items()
        if not all(path.startswith(inside) for path in files)
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalogue_is_complete(locale: str) -> None:
    found = list(faults(Catalogue.load(locale), extracted()))
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_customers_are_never_blamed() -> None:
    assert [text for _, text in sorted(spoken_to_customers(), key=str) if BLAME.search(text)] == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.slow
def test_customers_are_never_blamed_in_chinese(locale: str) -> None:
    spoken = spoken_to_customers()
    blaming = [entry for entry in entries(locale) if (entry.msgctxt, entry.msgid) in spoken]
    assert [translations(entry) for entry in blaming if BLAME_IN_CHINESE.search(translations(entry))] == []


def test_traditional_chinese_is_written_and_not_converted() -> None:
    texts = [translations(entry) for entry in entries("zh_Hant")]
    assert [text for text in texts if MAINLAND_WORDS.search(text)] == []


@pytest.mark.parametrize(("locale", "repertoire"), [("zh_Hans", "gb2312"), ("zh_Hant", "cp950")])
def test_each_catalogue_keeps_to_its_script(locale: str, repertoire: str) -> None:
    foreign = {
        character: translations(entry)
        for entry in entries(locale)
        for character in HAN.findall(translations(entry))
        if not character.encode(repertoire, "ignore")
    }
    assert foreign == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_chinese_has_chinese_punctuation(locale: str) -> None:
    assert [translations(entry) for entry in entries(locale) if HALF_WIDTH.search(translations(entry))] == []


def test_a_lost_place_would_be_found() -> None:
    message = Message(None, "Ticket %(reference)s is here", None)
    entry = polib.POEntry(msgid=message.text, msgstr="工单在这里")
    assert list(faults_of(message, entry)) == ["other places than ['%(reference)s']"]


def test_a_missing_and_a_fuzzy_translation_would_be_found() -> None:
    said = {Message(None, "Home", None): {"a.html"}, Message(None, "Search", None): {"a.html"}}
    catalogue = Catalogue("zh_Hans", polib.POFile())
    catalogue.entries.append(polib.POEntry(msgid="Search", msgstr="搜索", flags=["fuzzy"]))
    found = [fault.split(":")[0] for fault in faults(catalogue, said)]
    assert found == ["not translated", "fuzzy"]
