"""Style sheets: each listed, small, and readable by the oldest browser on a hospital's desk."""

import re

import pytest
import rcssmin

from tests.house.tree import ROOT, files_below, text_of

CSS = ROOT / "static" / "css"
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
MOST_BYTES = 40 * 1024
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Chromium 86 drops all of these.
TOO_NEW = {
    "cascade layers": r"@layer\b",
    "nested rules": r"&\s*[:.\[>{ ]",
    "container queries": r"@container\b",
    "colour mixing": r"color-mix\(|oklch\(",
    "dynamic viewport units": r"\d(?:dvh|svh|lvh|dvw)\b",
}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")


def listed() -> list[str]:
    """The sheets that plainport.css brings in."""
    return IMPORT.findall(text_of((CSS / "plainport.css").relative_to(ROOT)))


def rules_of(path: str) -> str:
    """A sheet without its comments."""
    return COMMENT.sub("", (CSS / path).read_text(encoding="utf-8"))


def test_every_component_is_listed_once() -> None:
    components = {
        f"components/{path.name}" for path in files_below("static", suffix=".css") if "components" in path.parts
    }
    assert components == {name for name in listed() if name.startswith("components/")}
    assert len(listed()) == len(set(listed()))


def test_all_sheets_together_are_small() -> None:
    joined = "".join(rcssmin.cssmin(rules_of(name)) for name in [*listed(), "dark.css"])
    assert len(joined.encode()) <= MOST_BYTES


@pytest.mark.parametrize("feature", TOO_NEW)
def test_no_sheet_uses_what_old_browsers_drop(feature: str) -> None:
    pattern = re.compile(TOO_NEW[feature])
    assert [name for name in [*listed(), "dark.css"] if pattern.search(rules_of(name))] == []


def test_colours_are_tokens() -> None:
    own = [name for name in listed() if name != "tokens.css" and COLOUR.search(rules_of(name))]
    assert own == []


def test_our_own_scripts_are_small() -> None:
    scripts = [ROOT / path for path in files_below("static", suffix=".js")]
    assert sum(script.stat().st_size for script in scripts) <= 10 * 1024
