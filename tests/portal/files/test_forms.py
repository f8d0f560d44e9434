"""Every reason for not taking a file has words."""

import pytest
from flask import Flask

from portal.core.i18n import LOCALES
from portal.files.checks import FileProblem
from portal.files.forms import words_for
from portal.ui.languages import reading_as

PROBLEMS = [
    FileProblem("empty", "截图.png"),
    FileProblem("too-large", "截图.png", {"max_bytes": 10 * 1024 * 1024}),
    FileProblem("type-not-taken", "截图.png", {"accept": ("image/png", "image/jpeg")}),
    FileProblem("type-not-taken", "截图.png", {"accept": ("image/png", "text/plain")}),
    FileProblem("not-what-it-says", "截图.png"),
    FileProblem("too-many-pixels", "截图.png"),
    FileProblem("locked", "截图.png"),
    FileProblem("limits", "截图.png"),
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: str(problem.code))
def test_a_problem_names_the_file(app: Flask, locale: str, problem: FileProblem) -> None:
    with app.app_context(), reading_as(locale, "Asia/Shanghai"):
        assert "截图.png" in words_for(problem)


def test_the_limit_is_said_in_megabytes(app: Flask) -> None:
    with app.app_context(), reading_as("en", "Asia/Shanghai"):
        assert "larger than 10 MB" in words_for(PROBLEMS[1])
