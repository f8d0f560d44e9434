"""Where people stop in a questionnaire: figures of each question as bars, as a table and as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from intake.questionnaire import Page, Question
from portal.core import clock, web
from portal.desk.views.blueprint import blueprint
from portal.desk.views.questionnaires.finding import Found, versions_of
from portal.interviews import queries as interviews
from portal.interviews.queries import QuestionFigures
from portal.questionnaires import queries
from portal.questionnaires.labels import Label
from portal.ui import access, pages
from portal.ui.tables import table_file

_COLUMNS = (
    "page", "question", "text", "seen", "answered", "unknown", "left_open", "errors", "seconds", "left"
)  # fmt: skip
_MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its figures."""

    page: Page
    question: Question
    label: Label
    figures: QuestionFigures

    def share(self, count: int) -> int:
        """Return how many of a hundred who saw it."""
        return count * 100 // self.figures.seen if self.figures.seen else 0


@blueprint.get("/questionnaires/<key>/stops")
@access.agent
def show_stops(key: str) -> ResponseReturnValue:
    """Show at which questions of a version people stop, do not know, or are asked again."""
    found, at = _version(key), clock.now()
    lines = _lines(found)
    return pages.page(
        "desk/questionnaire_stops.html",
        found=found,
        lines=lines,
        runs=interviews.runs_of(web.reading(), found.line.id, at=at),
        most_left=_worst(lines, "left"),
        most_unknown=_worst(lines, "unknown"),
        most_errors=_worst(lines, "errors"),
        days=interviews.LOOKED_AT.days,
        quiet_days=interviews.QUIET.days,
    )


@blueprint.get("/questionnaires/<key>/stops.csv")
@access.agent
def download_stops(key: str) -> ResponseReturnValue:
    """Send the same figures as a table that other programs read."""
    found = _version(key)
    name = f"{found.line.key}-{found.line.number}-stops"
    return table_file(name, [_COLUMNS, *(_cells(each) for each in _lines(found))])


def _version(key: str) -> Found:
    """Return the version that the address asks for; the newest where it asks for none."""
    lines = versions_of(key)
    asked = request.args.get("version", "")
    line = next((each for each in lines if not asked or str(each.number) == asked), None)
    if line is None:
        abort(404)
    return Found(line, lines, queries.parsed(web.reading(), line.id))


def _lines(found: Found) -> list[Line]:
    figures = interviews.figures_of(web.reading(), found.line.id, at=clock.now())
    known = {each.question_id: each for each in figures}
    labels = found.labels
    return [
        Line(page, question, labels.question(question), known[question.id])
        for _, _, page, question in found.questionnaire.walk()
        if question.id in known
    ]


def _worst(lines: Sequence[Line], name: str) -> list[tuple[Line, int]]:
    """Return the questions with the largest share of one figure, the worst first."""
    counted = [(each, int(getattr(each.figures, name))) for each in lines]
    worst = sorted(counted, key=lambda pair: (-pair[0].share(pair[1]), -pair[1]))
    return [pair for pair in worst[:_MOST_BARS] if pair[1]]


def _cells(line: Line) -> list[object]:
    counts = [getattr(line.figures, each) for each in _COLUMNS[3:]]
    return [
        line.page.id,
        line.question.id,
        line.label.plain,
        *("" if each is None else each for each in counts),
    ]
