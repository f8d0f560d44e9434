"""Moving the steps of a page by its buttons, which work without a script."""

from collections.abc import Sequence

from intake.kinds import field_name
from intake.kinds.steps import rows_of
from intake.plain import Json
from intake.questionnaire import Question

BUTTONS = ("add", "up", "down", "remove")


def steps_question(questions: Sequence[Question]) -> Question | None:
    """Return the question of a page whose steps its buttons move."""
    return next((each for each in questions if each.type == "steps"), None)


def moved(answer: Json, button: str, number: int) -> tuple[Json, int]:
    """Return the steps after a button was pressed, and the step to go to; a number without a step moves nothing."""
    rows = rows_of(answer)
    place = number - 1
    if button == "add":
        return rows or None, len(rows) + 1
    if not 0 <= place < len(rows):
        return rows or None, max(1, min(number, len(rows)))
    if button == "remove":
        del rows[place]
        return rows or None, max(1, min(number, len(rows)))
    other = place - 1 if button == "up" else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        place = other
    return rows or None, place + 1


def number_pressed(value: str) -> int:
    """Return the step that a button named, or 0."""
    return int(value) if value.isdecimal() and len(value) < 4 else 0


def first_field(question: Question, number: int) -> str:
    """Return the id of a step's first field."""
    columns = question.columns or ("did",)
    return f"{field_name(question)}-{number}-{columns[0]}"
