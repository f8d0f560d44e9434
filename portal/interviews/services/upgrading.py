"""Drafts meet a newer version of their questionnaire: they go on in it where no answer loses its place by accident."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from intake.migration import Difference, can_upgrade, differences, migrate
from intake.questionnaire import Questionnaire
from portal.interviews.queries import Draft
from portal.questionnaires.queries import Published


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A draft as it goes on in a newer version, and what has changed since it was begun."""

    draft: Draft
    old: Questionnaire
    new: Questionnaire
    differences: tuple[Difference, ...]

    @property
    def count(self) -> int:
        """How many questions have changed."""
        return len({each.question_id for each in self.differences})


def goes_on(old: Questionnaire, newer: Sequence[Questionnaire]) -> bool:
    """Whether drafts of a version go on in the last of those that followed it."""
    return _way(old, newer) is not None


def upgraded(draft: Draft, old: Questionnaire, newer: Sequence[Published]) -> Upgrade | None:
    """Return a draft as it goes on in the last of the versions that followed its own; None where it stays.

    Nothing is written: the next page that is sent keeps it so. What has no place any more is retired, never lost.
    """
    way = _way(old, [each.questionnaire for each in newer])
    if not way:
        return None
    answers = draft.answers
    for before, after in pairwise([old, *way]):
        answers = migrate(answers, before, after)
    moved = replace(draft, answers=answers, version_id=newer[-1].id)
    return Upgrade(moved, old, way[-1], _noticed(old, way))


def _way(old: Questionnaire, newer: Sequence[Questionnaire]) -> list[Questionnaire] | None:
    """Return the versions through which answers are carried: each in turn, or the last at once; None where neither."""
    if all(can_upgrade(one, next_one) for one, next_one in pairwise([old, *newer])):
        return list(newer)
    return [newer[-1]] if can_upgrade(old, newer[-1]) else None


def _noticed(old: Questionnaire, way: Sequence[Questionnaire]) -> tuple[Difference, ...]:
    """Return what somebody notices who answered the older version; a question renamed on the way is the same one."""
    if len(way) == 1:
        return differences(old, way[0])
    steps = [each for one, next_one in pairwise([old, *way]) for each in differences(one, next_one)]
    return tuple(dict.fromkeys(steps))
