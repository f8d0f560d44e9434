"""Every setting says what it is for, in the code and on the page that an operator reads."""

from dataclasses import fields

from portal.cli.settings_page import page
from portal.settings import Settings
from tests.house.tree import ROOT


def test_every_setting_says_what_it_is_for() -> None:
    silent = [each.name for each in fields(Settings) if not str(each.metadata.get("doc", "")).strip().endswith(".")]
    assert silent == []


def test_the_page_of_settings_is_up_to_date() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page(), "Run `make settings`."
