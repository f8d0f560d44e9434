"""Descriptions of the demonstration's problems that nobody filled in page by page."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from intake import snapshot
from intake.interview import Interview
from intake.loading import load_file
from intake.plain import Json
from intake.questionnaire import Questionnaire
from portal.questionnaires.shipped import SHIPPED


def describe(product: str, version: str, *, at: datetime) -> Mapping[str, Json]:
    """Return the snapshot of a problem of which only the product and its version were told."""
    run = Interview.begin(_questionnaire(), today=at.date()).with_answers({"product": product, "version": version})
    return snapshot.build(run, now=at, locale="zh_Hans", channel="portal")


@cache
def _questionnaire() -> Questionnaire:
    return load_file(SHIPPED[0])
