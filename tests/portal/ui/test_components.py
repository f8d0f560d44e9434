"""The components: the markup that the sheets expect, in every page of the gallery."""

import re
from functools import cache
from pathlib import Path

import html5lib
import pytest
import tinycss2
from html5lib.html5parser import ParseError
from markupsafe import Markup
from playwright.sync_api import Browser

from portal.settings import ROOT
from tests.browser import axe_violations
from tests.portal.ui import gallery

CSS = ROOT / "static" / "css"
COMPONENTS = ROOT / "portal" / "ui" / "templates" / "components"
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
WORN = re.compile(r'\bclass="([^"]*)"')
# Set by scripts or by the reader's browser, so no template wears them.
STATES = {"htmx-request"}
FIELD = '{% from "components/field.html" import field %}'
# Properties and selectors that Chromium 86, the oldest browser on a hospital's desk, does not know.
TOO_NEW_PROPERTY = re.compile(
    r"(?:margin|padding|border|inset)-(?:inline|block)(?:-\w+)*|inset|aspect-ratio|translate|rotate|scale"
)
TOO_NEW_SELECTOR = re.compile(r":(?:is|where)\(|:not\([^)]*,")


def sheets() -> list[Path]:
    """Every sheet of the pages; those of printed documents are for another reader."""
    listed = re.findall(r'@import url\("([^"]+)"\);', (CSS / "plainport.css").read_text(encoding="utf-8"))
    return [CSS / name for name in [*listed, "dark.css"]]


def rules(source: str) -> list[tuple[str, list[str]]]:
    """Each rule's selector and the names of its properties, those within media queries too."""
    found = []
    for node in tinycss2.parse_rule_list(source, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            declared = tinycss2.parse_declaration_list(node.content, skip_comments=True, skip_whitespace=True)
            found.append(
                (tinycss2.serialize(node.prelude), [each.name for each in declared if each.type == "declaration"])
            )
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports") and node.content:
            found += rules(tinycss2.serialize(node.content))
    return found


@cache
def styled() -> frozenset[str]:
    """Every class that a sheet speaks of."""
    return frozenset(
        name
        for sheet in sheets()
        for selector, _ in rules(sheet.read_text(encoding="utf-8"))
        for name in CLASS.findall(selector)
    )


def page_templates() -> list[Path]:
    """Every template of a feature's pages; mails and printed documents have no sheets or sheets of their own."""
    found = (ROOT / "portal").glob("*/templates/**/*.html")
    apart = {"ui", "mail", "mails", "print", "documents", "printing"}
    return sorted(path for path in found if not apart & set(path.parts) and not path.stem.startswith("mail"))


def worn_in(template: Path) -> set[str]:
    """Every class that a template names outright."""
    source = TAG.sub(" ", template.read_text(encoding="utf-8"))
    return {name for classes in WORN.findall(source) for name in classes.split()}


def worn() -> set[str]:
    """Every class that a page of the gallery or an error page wears, or a feature's template names."""
    pages = [gallery.page(name) for name in [*gallery.names(), *error_pages()]]
    shown = {name for page in pages for classes in WORN.findall(page) for name in classes.split()}
    return shown.union(*map(worn_in, page_templates()))


def error_pages() -> list[str]:
    """The error pages there are."""
    return sorted(f"errors/{path.stem}" for path in (COMPONENTS.parent / "errors").glob("*.html"))


def component_names() -> list[str]:
    """Every component there is."""
    return sorted(path.stem for path in COMPONENTS.glob("*.html"))


@pytest.mark.parametrize("name", component_names())
def test_the_gallery_shows_each_component(name: str) -> None:
    everything = "".join(
        path.read_text(encoding="utf-8") for path in [*gallery.LOOK.glob("*.html"), *COMPONENTS.parent.rglob("*.html")]
    )
    assert f'"components/{name}.html" import {name} %}}' in everything


def test_every_class_that_a_page_wears_is_styled() -> None:
    assert worn() - styled() - {"page"} == set()


@pytest.mark.parametrize("template", page_templates(), ids=lambda path: "/".join(path.parts[-2:]))
def test_a_template_of_a_feature_wears_only_what_is_styled(template: Path) -> None:
    assert worn_in(template) - styled() == set()


def test_every_class_that_is_styled_is_worn() -> None:
    assert styled() - worn() == STATES


@pytest.mark.parametrize("sheet", sheets(), ids=lambda path: path.name)
def test_a_sheet_needs_no_newer_browser_than_the_oldest(sheet: Path) -> None:
    source = sheet.read_text(encoding="utf-8")
    too_new = {name for _, names in rules(source) for name in names if TOO_NEW_PROPERTY.fullmatch(name)}
    assert too_new == set()
    assert [selector for selector, _ in rules(source) if TOO_NEW_SELECTOR.search(selector)] == []


def test_only_the_filling_of_stars_asks_for_has() -> None:
    asking = [
        selector
        for sheet in sheets()
        for selector, _ in rules(sheet.read_text(encoding="utf-8"))
        if ":has(" in selector
    ]
    assert asking == [".star:has(~ .star input:checked) svg "]


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("name", [*gallery.names(), *error_pages()])
def test_a_page_is_valid_html(name: str, locale: str) -> None:
    parser = html5lib.HTMLParser(strict=True)
    try:
        parser.parse(gallery.page(name, locale))
    except ParseError as error:
        pytest.fail(f"{error} at {parser.errors}")


@pytest.mark.parametrize("name", [*gallery.names(), *error_pages()])
def test_a_page_has_one_heading_and_its_title_begins_with_it(name: str) -> None:
    page = gallery.page(name)
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
    assert len(headings) == 1
    (title,) = re.findall(r"<title>(.*?)</title>", page)
    assert title.startswith(headings[0])


@pytest.mark.parametrize("name", gallery.names())
def test_no_id_is_given_twice(name: str) -> None:
    ids = re.findall(r'\sid="([^"]*)"', gallery.page(name))
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", error_pages())
def test_an_error_page_names_its_reference_and_the_number_to_call(name: str) -> None:
    page = gallery.page(name)
    assert "E-7Q4M2XAB" in page
    assert 'href="tel:4000000000"' in page


def render(source: str, **values: object) -> str:
    """Render a few lines that use components."""
    return gallery.environment().from_string(source).render(values)


def test_what_a_reader_typed_stays_text() -> None:
    page = render(
        FIELD + '{{ field("body", "Words", kind="textarea", value=typed) }}',
        typed="\n</textarea><script>",
    )
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert "\n\n&lt;" in page, "the reader's own first line break is kept beside the one that HTML drops"


def test_a_password_is_never_sent_back() -> None:
    page = render(FIELD + '{{ field("password", "Password", kind="password", value="secret") }}')
    assert "secret" not in page


def test_a_refused_field_says_so_to_those_who_hear_the_page() -> None:
    page = render(FIELD + '{{ field("version", "Version", hint="Lower right", error="Enter it") }}')
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="version-hint version-error"' in page
    assert 'id="version-error"' in page


def test_the_link_of_an_error_finds_the_first_answer_of_a_group() -> None:
    page = render(
        '{% from "components/choices.html" import choices %}{% from "components/errors.html" import errors %}'
        '{{ errors([("impact", "Choose one")]) }}'
        '{{ choices("impact", "How bad?", [("a", "A"), ("b", "B")], error="Choose one") }}'
    )
    assert 'href="#impact"' in page
    assert '<input type="radio" id="impact" name="impact" value="a">' in page


def test_no_star_is_chosen_beforehand() -> None:
    page = render('{% from "components/stars.html" import stars %}{{ stars("How was it?") }}')
    assert "checked" not in page


@pytest.mark.parametrize(
    ("number", "dialled"),
    [("400-000-0000 转 2", "4000000000"), ("+86 (10) 5555 0000 ext. 2", "+861055550000"), ("95598", "95598")],
)
def test_a_number_is_dialled_without_its_extension(number: str, dialled: str) -> None:
    page = render('{% from "components/tel.html" import tel %}{{ tel(number) }}', number=number)
    assert f'href="tel:{dialled}"' in page
    assert number in page


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13900000007", "139 0000 0007"), ("01055550101", "010 5555 0101"), ("07318455555", "07318455555")],
)
def test_a_number_of_eleven_digits_is_shown_in_groups_where_they_are_known(number: str, shown: str) -> None:
    page = render('{% from "components/tel.html" import tel %}{{ tel(number) }}', number=number)
    assert f'<a class="tel num" href="tel:{number}">{shown}</a>' in page


def test_a_finished_step_is_closed_and_keeps_its_answers_in_the_form() -> None:
    step = {
        "did": "Opened it",
        "expected": "A form",
        "saw": "A form",
        "is_different": False,
        "is_open": False,
        "problems": {},
    }
    page = render('{% from "components/step_builder.html" import step_builder %}{{ step_builder([step]) }}', step=step)
    assert "<details" in page
    assert "<details open" not in page
    assert 'name="steps-1-did"' in page


def test_a_step_with_something_missing_is_open() -> None:
    step = {
        "did": "",
        "expected": "",
        "saw": "",
        "is_different": False,
        "is_open": False,
        "problems": {"did": "Write what you did"},
    }
    page = render('{% from "components/step_builder.html" import step_builder %}{{ step_builder([step]) }}', step=step)
    assert "<details" not in page


def test_a_keyboard_for_phones_shows_the_marked_keys_large() -> None:
    page = render(
        '{% from "components/keyboard.html" import keyboard %}{{ keyboard(["F7"], ["F", "7"], "F7 is one key") }}'
    )
    near = page[page.index("kb--near") :]
    (width,) = re.findall(r'viewBox="\d+ \d+ (\d+) \d+"', near)
    assert int(width) <= 170, "at 320 px the letters are then 15 px tall"
    assert near.count('class="yes"') == 1
    assert near.count('class="no"') == 2


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the gallery in it."""
    folder = tmp_path_factory.mktemp("gallery")
    list(gallery.write(folder))
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("name", gallery.names())
def test_nothing_scrolls_sideways_on_a_small_phone(chromium: Browser, written: Path, name: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 600})
    for locale in ("en", "zh_Hans"):
        page.goto((written / f"{name}.{locale}.light.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", gallery.names())
def test_nothing_keeps_anybody_from_using_a_page(chromium: Browser, written: Path, name: str, theme: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto((written / f"{name}.zh_Hans.{theme}.html").as_uri())
    assert axe_violations(page, only=["color-contrast", "color-contrast-enhanced"] if theme == "dark" else None) == []
    page.close()


def test_what_is_made_once_is_made_again_for_words_that_are_not_safe() -> None:
    said = "{% macro said(words) %}{{ words }}{% endmacro %}"
    page = render(said + "{{ made_once(said, words) }}{{ made_once(said, safe) }}", words="<b>", safe=Markup("<b>"))
    assert page == "&lt;b&gt;<b>"
