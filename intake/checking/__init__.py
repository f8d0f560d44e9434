"""The linter: everything that is wrong with a questionnaire, each finding with its place and a suggestion."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from intake.checking.structure import structural_findings
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
    found: list[Finding] = []
    for name, text in files.items():
        found.extend(check_text(text, name=name, options=options))
    return in_reading_order(found)


def check_text(text: bytes | str, *, name: str, options: CheckOptions | None = None) -> tuple[Finding, ...]:
    """Return every finding about a questionnaire given as YAML, those of the loader first in line."""
    reading = read(text, name=name)
    if reading.questionnaire is None:
        return reading.findings
    found = [*reading.findings, *_static(reading.questionnaire, options or CheckOptions())]
    return in_reading_order(found)


def check(questionnaire: Questionnaire, options: CheckOptions | None = None) -> tuple[Finding, ...]:
    """Return every finding about a questionnaire that has been loaded."""
    return in_reading_order(_static(questionnaire, options or CheckOptions()))


def _static(questionnaire: Questionnaire, options: CheckOptions) -> list[Finding]:
    return [*structural_findings(questionnaire), *wording_findings(questionnaire, options.explained)]
