"""Each language has an environment that speaks it, whatever the others speak."""

from enum import StrEnum

import pytest
from flask import Flask
from jinja2 import pass_environment
from markupsafe import Markup


class State(StrEnum):
    """A state whose name would be a tag."""

    OPEN = "<open>"


ONE_OR_MORE = (
    "{{ ngettext('One thing is still missing. Everything else is kept.', "
    "'%(num)d things are still missing. Everything else is kept.', 2) }}"
)


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "2 things are"), ("zh_Hans", "还差 2 处"), ("zh_Hant", "還差 2 處")]
)
def test_numbers_are_counted_in_the_environments_own_language(app: Flask, locale: str, said: str) -> None:
    environment = app.extensions["plainport.environments"][locale]
    assert environment.from_string(ONE_OR_MORE).render().startswith(said)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b> & 'c'", "&lt;b&gt; &amp; &#39;c&#39;"),
        (Markup("<b>"), "<b>"),
        (State.OPEN, "&lt;open&gt;"),
        (7, "7"),
        (None, "None"),
    ],
)
def test_everything_but_markup_is_escaped_where_it_is_shown(app: Flask, value: object, shown: str) -> None:
    environment = app.extensions["plainport.environments"]["en"]
    source = "{% macro say(words) %}{{ words }}{% endmacro %}{{ value }}|{{ say(value) }}|{{ [value][0] }}"
    assert environment.from_string(source).render(value=value) == f"{shown}|{shown}|{shown}"


def test_what_was_called_in_a_template_gets_what_it_asks_for(app: Flask) -> None:
    environment = app.extensions["plainport.environments"]["zh_Hant"]
    source = "{% macro twice() %}{{ caller('<') }}{{ caller('>') }}{% endmacro %}"
    assert environment.from_string(source + "{% call(mark) twice() %}{{ mark }}{% endcall %}").render() == "&lt;&gt;"
    locale_of = pass_environment(lambda environment: environment.locale)
    assert environment.from_string("{{ locale_of() }}").render(locale_of=locale_of) == "zh_Hant"


@pytest.mark.parametrize(("locale", "said"), [("en", "One. Two."), ("zh_Hans", "One.Two."), ("zh_Hant", "One.Two.")])
def test_a_gap_stands_between_sentences_where_the_language_has_one(app: Flask, locale: str, said: str) -> None:
    with app.app_context():
        environment = app.extensions["plainport.environments"][locale]
        assert environment.from_string("One.{{ gap }}Two.").render() == said
