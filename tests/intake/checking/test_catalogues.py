from pathlib import Path

import polib

from intake.checking.catalogues import read_catalogue

TRICKY = """\
msgid ""
msgstr "Language: zh_Hans\\n"

#. a comment
#: x.yaml:1
#, fuzzy, python-format
msgctxt "intake.x.a.text"
msgid ""
"One "
"\\"two\\"\\n"
msgstr ""
"一 "
"\\"二\\""

#~ msgid "gone"
#~ msgstr "没了"

msgctxt "intake.x.b.text"
msgid "B"
msgstr "乙"
"""


def test_it_reads_what_gettext_writes(tmp_path: Path) -> None:
    (tmp_path / "zh_Hans" / "LC_MESSAGES").mkdir(parents=True)
    path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    path.write_text(TRICKY, "utf-8")
    catalogue = read_catalogue(tmp_path, "zh_Hans")
    assert catalogue is not None
    assert {key: (found.text, found.is_fuzzy) for key, found in catalogue.items()} == {
        ("intake.x.a.text", 'One "two"\n'): ('一 "二"', True),
        ("intake.x.b.text", "B"): ("乙", False),
    }


def test_it_reads_our_own_catalogue_like_the_library_does() -> None:
    catalogue = read_catalogue(Path("translations"), "zh_Hant")
    assert catalogue is not None
    known = polib.pofile("translations/zh_Hant/LC_MESSAGES/messages.po")
    for entry in known:
        if not entry.msgid_plural and not entry.obsolete:
            assert catalogue[entry.msgctxt or "", entry.msgid].text == entry.msgstr


def test_a_folder_without_the_locale_has_none(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path, "zh_Hans") is None
