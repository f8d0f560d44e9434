"""What is wrong with a questionnaire: a code, a place, and what to write instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.plain import Json


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a questionnaire, where it stands and how to put it right.

    `line` and `column` count from 1; both are 0 where a questionnaire did not come from a file.
    `reproduction` is the shortest set of answers that shows the fault, or None where there is none.
    """

    code: str
    severity: str
    file: str
    line: int
    column: int
    message: str
    suggestion: str = ""
    reproduction: Mapping[str, Json] | None = None

    @property
    def is_error(self) -> bool:
        """Say whether the questionnaire cannot be published with this fault."""
        return self.severity == "error"

    def as_document(self) -> dict[str, Json]:
        """Return the finding as the command line prints it in JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "suggestion": self.suggestion,
            "reproduction": None if self.reproduction is None else dict(self.reproduction),
        }


def severity_of(code: str) -> str:
    """Return `error` for codes that begin with E and `warning` for codes that begin with W."""
    return "error" if code.startswith("E") else "warning"


def in_reading_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order in which a reader of the file meets them."""
    return tuple(sorted(findings, key=lambda found: (found.file, found.line, found.column, found.code, found.message)))


class QuestionnaireError(Exception):
    """A questionnaire that cannot be loaded; `findings` says where and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the findings, in reading order."""
        self.findings = in_reading_order(findings)
        first = self.findings[0]
        super().__init__(f"{first.file}:{first.line}:{first.column}: {first.code} {first.message}")
