"""Version ranges: which releases a notice is about, and whether an installed one is among them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake.versions.reading import read_spans
from intake.versions.spans import Span
from intake.versions.version import Version, parse

LONGEST_RANGE: Final = 10_000


class Verdict(StrEnum):
    """What a reader is told: this concerns you, this doesn't, or please look for yourself."""

    AFFECTED = "affected"
    NOT_AFFECTED = "not affected"
    PLEASE_CHECK = "please check"


@dataclass(frozen=True)
class VersionRange:
    """A range as it was published, and the stretches of releases it was understood to mean."""

    text: str
    spans: tuple[Span, ...]

    def contains(self, version: Version) -> bool:
        """Whether this release is certainly one of those meant."""
        return any(span.contains(version) for span in self.spans)

    def verdict(self, version: Version) -> Verdict:
        """What somebody who runs this release is told."""
        if self.contains(version):
            return Verdict.AFFECTED
        unclear = any(span.is_unclear(version) for span in self.spans)
        return Verdict.PLEASE_CHECK if unclear else Verdict.NOT_AFFECTED

    def as_text(self) -> str:
        """How the range was understood, in a form that reads back to the same range."""
        return " or ".join(span.as_text() for span in self.spans)


def parse_range(text: str) -> VersionRange | None:
    """Read a range however it is written; None where any part of it isn't understood."""
    if len(text) > LONGEST_RANGE:
        return None
    spans = read_spans(text)
    return VersionRange(text, tuple(spans)) if spans else None


def check(range_text: str, version_text: str | None) -> Verdict:
    """Whether an installed version is in a published range; what can't be read is for a person to look at."""
    understood = parse_range(range_text)
    version = parse(version_text) if version_text else None
    if understood is None or version is None:
        return Verdict.PLEASE_CHECK
    return understood.verdict(version)
