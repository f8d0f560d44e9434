"""What a new version of a questionnaire breaks for drafts of the one before."""

from collections.abc import Iterator

from intake.checking.places import finding
from intake.findings import Finding
from intake.migration import Difference, DifferenceKind, differences
from intake.plain import Json
from intake.questionnaire import Questionnaire
from intake.words import Path

_TEXTS = {
    DifferenceKind.QUESTION_REMOVED: "Drafts may hold an answer to `{id}`, which is asked no more.",
    DifferenceKind.TYPE_CHANGED: "Drafts may hold an answer to `{id}`, whose kind has changed from {detail}.",
    DifferenceKind.OPTION_REMOVED: "Drafts may have chosen `{detail}` in `{id}`, which is no option any more.",
}
_ENTRIES = {
    DifferenceKind.QUESTION_REMOVED: "{{rename: {id}, to: ...}}` or `{{drop: {id}, note: ...}}",
    DifferenceKind.TYPE_CHANGED: "{{drop: {id}, note: ...}}",
    DifferenceKind.OPTION_REMOVED: "{{question: {id}, options: {{{detail}: ...}}}}",
}


def version_findings(old: Questionnaire, new: Questionnaire) -> Iterator[Finding]:
    """Yield every difference that drafts cannot follow because `migrate` does not say how."""
    for difference in differences(old, new):
        if not difference.is_settled:
            text = _TEXTS[difference.kind].format(id=difference.question_id, detail=difference.detail)
            entry = _ENTRIES[difference.kind].format(id=difference.question_id, detail=difference.detail)
            suggestion = f"Add to `migrate`: `{entry}`."
            reproduction = _reproduction(difference)
            yield finding(new, "E801", _path(new, difference), text, suggestion, reproduction=reproduction)


def _path(new: Questionnaire, difference: Difference) -> Path:
    for number, position, _, question in new.walk():
        if question.id == difference.question_id:
            return ("pages", number, "questions", position)
    return ("pages",)


def _reproduction(difference: Difference) -> dict[str, Json] | None:
    if difference.kind is not DifferenceKind.OPTION_REMOVED:
        return None
    return {difference.question_id: difference.detail}
