"""The kinds of answers, one file each, and the one list of them."""

from collections.abc import Mapping

from intake.answers import AnswerProblem
from intake.kinds.base import Form, Kind, Part, PartRole, Read, field_name, is_none, is_unknown
from intake.kinds.choice import Choice
from intake.kinds.date import Date
from intake.kinds.date_time import DateTime
from intake.kinds.email import Email
from intake.kinds.error_text import ErrorText
from intake.kinds.files import Files
from intake.kinds.guidance import Guidance
from intake.kinds.known_issues import KnownIssues, was_shown
from intake.kinds.longtext import LongText
from intake.kinds.module import Module
from intake.kinds.multi import Multi
from intake.kinds.number import Number
from intake.kinds.phone import Phone
from intake.kinds.product import Product
from intake.kinds.steps import Steps
from intake.kinds.text import Text
from intake.kinds.version import Version
from intake.questionnaire import Question

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Text(), LongText(), Choice(), Multi(), Number(), Date(), DateTime(), Phone(), Email(), Product(), Module(),
        Version(), ErrorText(), Steps(), Files(), Guidance(), KnownIssues(),
    )
}  # fmt: skip


def kind_of(question: Question) -> Kind:
    """Return the answer kind of a question."""
    return KINDS[question.type]


def problems_in(read: Read) -> tuple[AnswerProblem, ...]:
    """Return the problems that reading a form found; empty where it found an answer or nothing."""
    return read if isinstance(read, tuple) else ()


__all__ = [
    "KINDS", "Form", "Kind", "Part", "PartRole", "Read", "field_name", "is_none", "is_unknown", "kind_of",
    "problems_in", "was_shown",
]  # fmt: skip
