"""How long the longest path is."""

from collections.abc import Iterator

from intake.checking.domains import TooManyError
from intake.checking.exploring import Space, State
from intake.checking.places import finding
from intake.conditions import Condition
from intake.findings import Finding
from intake.lanes import Stage

MOST_PAGES = 12


def length_findings(space: Space) -> Iterator[Finding]:
    """Yield a warning where a path has too many pages; the answers that lead along it stand with it."""
    questionnaire = space.questionnaire
    if len(space.stages) <= MOST_PAGES:
        return
    suggestion = "Join pages, or ask less."
    try:
        pages, state = longest_path(space)
    except TooManyError:
        text = f"Not proven within the budget: whether a path has more than {MOST_PAGES} pages."
        yield finding(questionnaire, "W999", ("pages",), text, suggestion)
        return
    if pages > MOST_PAGES:
        text = f"A path has {pages} pages; people stay for about {MOST_PAGES}."
        yield finding(questionnaire, "W901", ("pages",), text, suggestion, reproduction=dict(state.answers))


def longest_path(space: Space) -> tuple[int, State]:
    """Return how many pages the longest path has, and the fewest answers that walk it.

    Pages that are asked of everybody are counted without looking further; where they alone are too many, the
    others are not looked at. Raises TooManyError.
    """
    sometimes = [stage for stage in space.stages if not _is_always_shown(stage)]
    always = len(space.stages) - len(sometimes)
    if always > MOST_PAGES or not sometimes:
        return always, State({})
    states = space.explore([guard for stage in sometimes for guard in _guards(stage)])
    longest = max(states, key=lambda state: (_shown(sometimes, state), -state.cost))
    return always + _shown(sometimes, longest), longest


def _is_always_shown(stage: Stage) -> bool:
    return stage.is_asked is None and any(step.is_asked is None for step in stage.steps)


def _guards(stage: Stage) -> list[Condition]:
    found = [stage.page.ask_if, *(question.ask_if for question in stage.page.questions)]
    return [guard for guard in found if guard is not None]


def _shown(stages: list[Stage], state: State) -> int:
    return sum(
        (stage.is_asked is None or stage.is_asked(state.facts))
        and any(step.is_asked is None or step.is_asked(state.facts) for step in stage.steps)
        for stage in stages
    )
