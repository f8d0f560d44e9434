"""Drafts of one version of a questionnaire meet the next: what changed, and where each answer goes. None is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.answers import Answers, Mark, Retired
from intake.kinds import is_none, is_unknown, kind_of
from intake.kinds.base import texts
from intake.plain import Json
from intake.questionnaire import Dropped, Option, OptionsMapped, Question, Questionnaire, Renamed


class DifferenceKind(StrEnum):
    """How a question differs between two versions; the last three need an entry of `migrate`."""

    TEXT = "text"
    ADDITIVE = "additive"
    OPTION_REMOVED = "option-removed"
    TYPE_CHANGED = "type-changed"
    QUESTION_REMOVED = "question-removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the question's id in the older version (in the newer, where it is new), and what changed.

    `detail` names the option or the piece that changed. `is_settled` says that drafts can be carried over:
    because the difference does no harm, or because `migrate` says what becomes of the answers.
    """

    kind: DifferenceKind
    question_id: str
    detail: str = ""
    is_settled: bool = True

    def as_document(self) -> dict[str, Json]:
        """Return the difference as the command line prints it."""
        return {
            "kind": self.kind.value,
            "question": self.question_id,
            "detail": self.detail,
            "settled": self.is_settled,
        }


@dataclass(frozen=True, slots=True)
class _Plan:
    """What `migrate` says, by id of the older version."""

    renamed: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    notes: Mapping[str, str]

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "_Plan":
        entries = questionnaire.migrate
        return cls(
            {entry.old: entry.new for entry in entries if isinstance(entry, Renamed)},
            {entry.question: entry.options for entry in entries if isinstance(entry, OptionsMapped)},
            {entry.question: entry.note for entry in entries if isinstance(entry, Dropped)},
        )


def differences(old: Questionnaire, new: Questionnaire) -> tuple[Difference, ...]:
    """Return what a draft of the older version would meet in the newer one."""
    plan = _Plan.of(new)
    found: list[Difference] = []
    for question_id, question in old.questions.items():
        follower = new.questions.get(plan.renamed.get(question_id, question_id))
        if follower is None:
            is_settled = question_id in plan.notes
            found.append(Difference(DifferenceKind.QUESTION_REMOVED, question_id, is_settled=is_settled))
        else:
            found.extend(_between(question, follower, plan))
    followed = {plan.renamed.get(question_id, question_id) for question_id in old.questions}
    found.extend(Difference(DifferenceKind.ADDITIVE, key, "question") for key in new.questions if key not in followed)
    return tuple(found)


def can_upgrade(old: Questionnaire, new: Questionnaire) -> bool:
    """Say whether drafts of the older version go on in the newer one; else they stay on their version."""
    return all(difference.is_settled for difference in differences(old, new))


def migrate(answers: Answers, old: Questionnaire, new: Questionnaire) -> Answers:
    """Return the answers for the newer version; what has no place there is retired with its note, never lost."""
    plan = _Plan.of(new)
    given: dict[str, Json] = {}
    marks: dict[str, Mark] = {}
    retired = list(answers.retired)
    for question_id, answer in sorted(answers.items(), key=lambda item: item[0] in plan.renamed):
        target = plan.renamed.get(question_id, question_id)
        kept, left = _carried(answer, old.questions.get(question_id), new.questions.get(target), plan)
        if kept is not None and target in given:
            kept, left = None, answer
        if kept is not None:
            given[target] = kept
            if question_id in answers.marks:
                marks[target] = answers.marks[question_id]
        if left is not None:
            text = old.questions[question_id].text if question_id in old.questions else question_id
            retired.append(Retired(question_id, text, left, plan.notes.get(question_id, "")))
    return Answers(given, marks, tuple(retired))


def _between(old: Question, new: Question, plan: _Plan) -> Iterator[Difference]:
    if old.type != new.type:
        yield Difference(DifferenceKind.TYPE_CHANGED, old.id, f"{old.type} to {new.type}", old.id in plan.notes)
        return
    yield from _between_options(old, new, plan)
    for field in ("text", "hint", "why", "unit", "allow_none", "solved"):
        if getattr(old, field) != getattr(new, field):
            yield Difference(DifferenceKind.TEXT, old.id, field)
    for field in ("required", "allow_unknown", "ask_if", "other", "pattern", "max_length", "min", "max", "columns",
                  "accept", "max_bytes", "max_count", "prefill", "match"):  # fmt: skip
        if getattr(old, field) != getattr(new, field):
            yield Difference(DifferenceKind.ADDITIVE, old.id, field)


def _between_options(old: Question, new: Question, plan: _Plan) -> Iterator[Difference]:
    before, after = _options(old), _options(new)
    mapped = _mapped_options(old.id, new.id, plan)
    for option_id, option in before.items():
        follower = after.get(mapped.get(option_id, option_id))
        if follower is None:
            yield Difference(DifferenceKind.OPTION_REMOVED, old.id, option_id, old.id in plan.notes)
        elif follower.text != option.text:
            yield Difference(DifferenceKind.TEXT, old.id, f"options.{option_id}")
    followed = {mapped.get(option_id, option_id) for option_id in before}
    for option_id in after:
        if option_id not in followed:
            yield Difference(DifferenceKind.ADDITIVE, old.id, f"options.{option_id}")


def _options(question: Question) -> dict[str, Option]:
    options = question.confirm.options if question.confirm is not None else question.options
    return {option.id: option for option in options}


def _mapped_options(old_id: str, new_id: str, plan: _Plan) -> Mapping[str, str]:
    return plan.options.get(new_id, plan.options.get(old_id, {}))


def _carried(answer: Json, old: Question | None, new: Question | None, plan: _Plan) -> tuple[Json, Json]:
    """Return what of an answer goes on and what is left over; together they are the whole answer."""
    if old is None or new is None or old.type != new.type:
        return None, answer
    if is_unknown(answer) or is_none(answer) or not _options(new):
        return answer, None
    mapped = _mapped_options(old.id, new.id, plan)
    if not kind_of(new).fits(answer):
        return None, answer
    if isinstance(answer, list) and new.type == "multi":
        return _carried_list(texts(answer), mapped, new)
    moved = _moved(answer, mapped)
    return (moved, None) if not kind_of(new).check(new, moved) else (None, answer)


def _carried_list(chosen: list[str], mapped: Mapping[str, str], new: Question) -> tuple[Json, Json]:
    kept = [mapped.get(option, option) for option in chosen]
    known = list(dict.fromkeys(option for option in kept if new.option(option) is not None))
    left = [option for option in chosen if new.option(mapped.get(option, option)) is None]
    return known or None, left or None


def _moved(answer: Json, mapped: Mapping[str, str]) -> Json:
    if isinstance(answer, str):
        return mapped.get(answer, answer)
    if isinstance(answer, Mapping) and isinstance(answer.get("pressed"), str):
        return {**answer, "pressed": mapped.get(answer["pressed"], answer["pressed"])}
    return answer
