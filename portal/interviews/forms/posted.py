"""A posted page as the engine reads it: cleaned, choices of our own pages translated, nothing huge."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from intake.interview import KNOWN_ISSUES
from intake.kinds import field_name
from intake.plain import Json
from intake.questionnaire import Question
from intake.redaction import redact
from portal.ui.forms import clean

UNKNOWN = "~unknown"
NONE = "~none"
OTHER = "~other"
SAME = "="
"""Values of radio buttons that no option can have as its id; the last is followed by what we have on record."""
HUGE = 100_000
"""Characters that nobody types; what is longer is cut, and the page says so."""
KEPT_OF_HUGE = 10_000
MOST_KEPT = 400_000
"""Characters of a whole page that are read, because each of them is looked through for secrets."""
MOST_VALUES = 400
_NOT_MASKED = {"phone", "email", "choice", "multi", "product", "module", "version", "number", "date", "datetime"}


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted for questions, field by field, and the lengths of what had to be cut."""

    values: Mapping[str, list[str]] = field(default_factory=dict)
    cut: Mapping[str, int] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the first value of a field, or an empty text."""
        values = self.values.get(name)
        return values[0] if values else ""

    def masked(self, questions: Iterable[Question]) -> dict[str, list[str]]:
        """Return everything as it was typed, secrets masked, to fill the page again."""
        kinds = {field_name(question): question.type for question in questions}
        return {name: [_masked(name, value, kinds) for value in values] for name, values in self.values.items()}

    def for_engine(self, questions: Iterable[Question], offered: Mapping[str, Json]) -> dict[str, list[str]]:
        """Return the values as the engine reads them: "still the same" becomes the answer that was offered."""
        values = {name: list(each) for name, each in self.values.items()}
        for question in questions:
            _translate(question, values, offered.get(question.id))
        return values


def posted_form(form: MultiDict[str, str]) -> Posted:
    """Read the questions' fields of a posted form; whatever was posted, this never fails."""
    values: dict[str, list[str]] = {}
    cut: dict[str, int] = {}
    left = MOST_KEPT
    for name in list(form)[:MOST_VALUES]:
        if name.startswith("q-") and len(name) < 200:
            for value in form.getlist(name)[:MOST_VALUES]:
                kept = value if len(value) <= min(HUGE, left) else value[: min(KEPT_OF_HUGE, left)]
                if len(kept) < len(value):
                    cut[name] = len(value)
                left -= len(kept)
                values.setdefault(name, []).append(clean(kept))
    return Posted(values, cut)


def _masked(name: str, value: str, kinds: Mapping[str, str]) -> str:
    kind = kinds.get(name) or kinds.get(name.rsplit("-", 1)[0], "text")
    if kind in _NOT_MASKED and not name.endswith("-other"):
        return value
    return redact(value).text


def _translate(question: Question, values: dict[str, list[str]], offered: Json) -> None:
    name = field_name(question)
    if question.type == KNOWN_ISSUES:
        values[name], values[f"{name}-issue"] = _about_issue(values.get(name) or [""], offered)
        return
    chosen = values.get(f"{name}-confirm") or values.get(name) or [""]
    if chosen[0] == UNKNOWN:
        values[f"{name}-unknown"] = ["1"]
    elif chosen[0] == NONE:
        values[f"{name}-none"] = ["1"]
    elif chosen[0].startswith(SAME):
        values[name] = [offered] if chosen[0] == f"{SAME}{offered}" and isinstance(offered, str) else []


def _about_issue(sent: list[str], offered: Json) -> tuple[list[str], list[str]]:
    """Return what was said, and about which known issue; nothing where that one was not offered."""
    outcome, _, issue = sent[0].partition(" ")
    if outcome == "none":
        return [outcome], []
    return ([outcome], [issue]) if isinstance(offered, list) and issue in offered else ([], [])
