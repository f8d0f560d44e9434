"""The linter: everything that is wrong with a questionnaire, each finding with its place and a suggestion."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from intake.checking.exploring import Budget, Space
from intake.checking.lengths import length_findings
from intake.checking.ranking import ranking_findings
from intake.checking.reaching import Met, Reach, Reaching
from intake.checking.structure import structural_findings
from intake.checking.translations import collision_findings, translation_findings
from intake.checking.versions import version_findings
from intake.checking.wording import wording_findings
from intake.findings import Finding, in_reading_order
from intake.loading import read
from intake.questionnaire import Questionnaire


@dataclass(frozen=True)
class CheckOptions:
    """What a check has to compare with: terms of a phrasebook (small letters), translations, an earlier version."""

    explained: Collection[str] | None = None
    translations: Path | None = None
    against: Questionnaire | None = field(default=None)


def check_files(files: Mapping[str, bytes], options: CheckOptions | None = None) -> tuple[Finding, ...]:
    """Return every finding about several files, given as name and bytes."""
    chosen = options or CheckOptions()
    found: list[Finding] = []
    loaded: list[Questionnaire] = []
    for name, text in files.items():
        reading = read(text, name=name)
        found.extend(reading.findings)
        if reading.questionnaire is not None:
            loaded.append(reading.questionnaire)
            found.extend(_found(reading.questionnaire, chosen, is_sound=not reading.findings))
    if chosen.translations is not None:
        found.extend(collision_findings(loaded))
    return in_reading_order(found)


def check_text(text: bytes | str, *, name: str, options: CheckOptions | None = None) -> tuple[Finding, ...]:
    """Return every finding about a questionnaire given as YAML."""
    return check_files({name: text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")}, options)


def check(questionnaire: Questionnaire, options: CheckOptions | None = None) -> tuple[Finding, ...]:
    """Return every finding about a questionnaire that has been loaded."""
    return in_reading_order(tuple(_found(questionnaire, options or CheckOptions(), is_sound=True)))


def reachability(questionnaire: Questionnaire) -> dict[str, tuple[Met, Met]]:
    """Say of every question whether the normal and the emergency lane reach it, with the shortest answers."""
    reaching = _reaching(questionnaire)
    return {question_id: reaching.question(question_id) for question_id in questionnaire.questions}


def _found(questionnaire: Questionnaire, options: CheckOptions, *, is_sound: bool) -> Iterator[Finding]:
    """Yield the findings; what can be met is only looked at where every reference is sound."""
    yield from structural_findings(questionnaire)
    yield from wording_findings(questionnaire, options.explained)
    if is_sound:
        reaching = _reaching(questionnaire)
        yield from reaching.findings()
        yield from ranking_findings(reaching.normal, reaching.emergency)
        yield from length_findings(reaching.normal)
    if options.translations is not None:
        yield from translation_findings(questionnaire, options.translations)
    if options.against is not None:
        yield from version_findings(options.against, questionnaire)


def _reaching(questionnaire: Questionnaire) -> Reaching:
    budget = Budget()
    emergency = None if questionnaire.emergency is None else Space(questionnaire, emergency=True, budget=budget)
    return Reaching(Space(questionnaire, budget=budget), emergency)


__all__ = [
    "CheckOptions", "Met", "Reach", "Reaching", "check", "check_files", "check_text", "reachability",
]  # fmt: skip
