"""Each language has an environment that speaks it, whatever the others speak."""

import pytest
from flask import Flask

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
