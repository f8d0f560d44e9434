"""What templates may not do: the content security policy forbids it, or the reader would stumble."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.house.tree import files_below, text_of

FORBIDDEN = {
    "a text that is not escaped": r"\|\s*safe\b|autoescape\s+false",
    "a script in the page": r"<script(?![^>]*\ssrc=)",
    "a style in the page": r"<style\b|\sstyle\s*=",
    "an event handler in the page": r"\son[a-z]+\s*=\s*[\"'{]",
    "htmx running script": r"\bhx-on\b|\bhx-(?:vars|eval)\b|[\"']\s*js:|javascript:",
    "a filter on an htmx trigger, which is evaluated": r"hx-trigger\s*=\s*(?:\"[^\"]*\[|'[^']*\[)",
    "a file from elsewhere": r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)\s*=\s*[\"']?(?:https?:)?//",
}
# A mail has no style sheet to link to; its programs read style attributes only. It is sent, never served.
MAIL_MAY = {"a style in the page"}
# A page of paper is as large as what stands on it; it is laid out here, never served.
PAPER_MAY = {"a style in the page"}
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\s*\(")


def templates() -> list[Path]:
    """Every template, of pages, mails and documents."""
    return [path for path in files_below("portal") if "templates" in path.parts]


def is_mail(path: Path) -> bool:
    """Whether a template is sent rather than served."""
    return path.stem.startswith("mail") or "mail" in path.parts or "mails" in path.parts


def is_paper(path: Path) -> bool:
    """Whether a template is printed rather than served."""
    return "print" in path.parts


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = [
        f"{path}: {match.group(0)}"
        for path in templates()
        if not (what in MAIL_MAY and is_mail(path)) and not (what in PAPER_MAY and is_paper(path))
        for match in pattern.finditer(text_of(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a text that is not escaped", "{{ body | safe }}"),
        ("a script in the page", "<script>alert(1)</script>"),
        ("a style in the page", "<p style='color: red'>"),
        ("an event handler in the page", "<a onclick='go()'>"),
        ("htmx running script", "<a hx-vals='js:{a: 1}'>"),
        ("a filter on an htmx trigger, which is evaluated", "<a hx-trigger='click[ctrlKey]'>"),
        ("a file from elsewhere", "<script src='https://example.org/a.js'>"),
    ],
)
def test_the_rule_would_find_it(what: str, sample: str) -> None:
    assert re.search(FORBIDDEN[what], sample, re.IGNORECASE)


def test_a_component_is_one_macro_of_the_same_name() -> None:
    odd = {
        str(path): MACRO.findall(text_of(path))
        for path in templates()
        if "components" in path.parts and MACRO.findall(text_of(path)) != [path.stem.replace("-", "_")]
    }
    assert odd == {}


def test_a_page_of_a_feature_stands_in_a_frame() -> None:
    bare = {
        str(path)
        for path in templates()
        if path.suffix == ".html"
        and path.parts[1] != "ui"
        and not path.name.startswith("_")
        and not is_mail(path)
        and "{% extends" not in text_of(path)
        and "<!doctype" not in text_of(path).lower()
    }
    assert bare == set()


def lost_outputs(source: str) -> list[int]:
    """Return the lines on which a page that extends another would put something out where nothing ever arrives."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.i18n"]).parse(source)
    if not any(isinstance(each, nodes.Extends) for each in tree.body):
        return []
    return [output.lineno for each in tree.body for output in _outputs(each)]


def _outputs(node: nodes.Node) -> Iterator[nodes.Output]:
    if isinstance(node, nodes.Block | nodes.Macro | nodes.CallBlock | nodes.AssignBlock):
        return
    if isinstance(node, nodes.Output) and any(not isinstance(each, nodes.TemplateData) for each in node.nodes):
        yield node
    for child in node.iter_child_nodes():
        yield from _outputs(child)


def test_nothing_is_put_out_where_it_never_arrives() -> None:
    assert lost_outputs('{% extends "a" %}{% for each in () %}{{ found.append(each) }}{% endfor %}') == [1]
    assert lost_outputs('{% extends "a" %}{% for each in () %}{% set _ = found.append(each) %}{% endfor %}') == []
    assert {str(path): lines for path in templates() if (lines := lost_outputs(text_of(path)))} == {}


JOINED = re.compile(r'(?:_|ngettext)\("[^"]*[.:!?]"[^{}]*\) \}\}(?:\{% endif %\})? (?:\{% if [^%]*%\})?\{\{ (?!tag\()')
"""A sentence with a space after it, and then another."""


def test_sentences_follow_each_other_as_their_language_has_it() -> None:
    assert JOINED.search('{{ _("Started.") }} {{ _("Two others are told.") }}')
    assert not JOINED.search('{{ _("Started.") }}{{ gap }}{{ _("Two others are told.") }}')
    assert [str(path) for path in templates() if JOINED.search(text_of(path))] == []
