"""Finding a published version for its pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort

from intake.questionnaire import Questionnaire
from portal.core import web
from portal.questionnaires import queries
from portal.questionnaires.labels import Labels
from portal.questionnaires.queries import VersionLine
from portal.ui import languages
from portal.ui.forms import clean

NUMBER = "int(max=2147483647)"
"""What stands for a version's number in an address: as large as a database can count."""
_LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A version with its place among the others of its questionnaire."""

    line: VersionLine
    lines: Sequence[VersionLine]
    """Every version of the questionnaire, the newest first."""
    questionnaire: Questionnaire

    @property
    def labels(self) -> Labels:
        """Its words as the reader gets them."""
        return Labels(self.questionnaire, languages.current_locale())

    @property
    def before(self) -> VersionLine | None:
        """The version before this one, if there is any."""
        return next((each for each in self.lines if each.number < self.line.number), None)


def find(key: str, number: int) -> Found:
    """Return a published version, or answer that there is none."""
    lines = versions_of(key)
    line = next((each for each in lines if each.number == number), None)
    if line is None:
        abort(404)
    return Found(line, lines, queries.parsed(web.reading(), line.id))


def versions_of(key: str) -> Sequence[VersionLine]:
    """Return every version of a questionnaire, the newest first, or answer that there is none."""
    named = clean(key)[:_LONGEST_KEY]
    lines = queries.history(web.reading(), named) if named else []
    if not lines:
        abort(404)
    return lines
