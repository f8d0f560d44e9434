"""What to do about a file that wasn't taken, in the reader's language."""

from collections.abc import Callable

from flask_babel import gettext as _

from portal.files.checks import MEGABYTE, FileProblem


def words_for(problem: FileProblem) -> str:
    """Return what the reader can do about a file, by its name."""
    return _WORDS[problem.code](problem)


def _too_large(problem: FileProblem) -> str:
    most = int(str(problem.parameters["max_bytes"])) // MEGABYTE
    return str(
        _(
            "“%(name)s” is larger than %(megabytes)s MB. Please add a smaller part of it.",
            name=problem.name,
            megabytes=most,
        )
    )


def _type_not_taken(problem: FileProblem) -> str:
    accepted = problem.parameters["accept"]
    if isinstance(accepted, tuple) and all(str(each).startswith("image/") for each in accepted):
        return str(_("“%(name)s” is not a picture. Please add a PNG or JPEG.", name=problem.name))
    return str(
        _(
            "We can't take “%(name)s”. Please add a picture (PNG, JPEG), a PDF or a text file (TXT, LOG).",
            name=problem.name,
        )
    )


_WORDS: dict[str, Callable[[FileProblem], str]] = {
    "empty": lambda problem: str(_("“%(name)s” has nothing in it. Please choose it once more.", name=problem.name)),
    "too-large": _too_large,
    "type-not-taken": _type_not_taken,
    "not-what-it-says": lambda problem: str(
        _(
            "“%(name)s” is not what its name says. Save it once more as a picture, a PDF or a text file.",
            name=problem.name,
        )
    ),
    "too-many-pixels": lambda problem: str(
        _("“%(name)s” has more than 40 million pixels. Please add a screenshot, or a part of it.", name=problem.name)
    ),
    "too-many": lambda problem: str(
        _(
            "“%(name)s” is one file too many: at most %(most)s come along at once. Please add it afterwards.",
            name=problem.name,
            most=problem.parameters["most"],
        )
    ),
    "locked": lambda problem: str(
        _("“%(name)s” opens with a password only. Please save it without one.", name=problem.name)
    ),
    "limits": lambda problem: str(
        _("“%(name)s” takes too long to check. Please add the part of it that matters.", name=problem.name)
    ),
}
