"""What changed from one description of a problem to the next, in the words of its questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from intake.snapshot import diff
from portal.questionnaires.labels import Label
from portal.tickets import documents
from portal.tickets.documents import Said
from portal.tickets.models import EventKind
from portal.tickets.queries import TicketPage, documents_of


@dataclass(frozen=True, slots=True)
class Changed:
    """One question whose answer is another now; nothing where there was none, or is none."""

    asked: Label
    was: str
    now: str


def changes_of(session: Session, found: TicketPage, locale: str) -> dict[int, list[Changed]]:
    """Return what changed with each revision that the page's entries speak of."""
    numbers = [int(each.facts.get("revision", 0)) for each in found.entries if each.kind is EventKind.DESCRIBED]
    if not numbers:
        return {}
    kept = documents_of(session, found.ticket.id, {each for number in numbers for each in (number - 1, number)})
    return {
        number: _between(session, kept[number - 1], kept[number], locale)
        for number in numbers
        if number in kept and number - 1 in kept
    }


def _between(session: Session, old: Mapping[str, Any], new: Mapping[str, Any], locale: str) -> list[Changed]:
    if not diff(old, new):
        return []
    return list(_changed(documents.described(session, old, locale), documents.described(session, new, locale)))


def _changed(old: Sequence[Said], new: Sequence[Said]) -> Iterator[Changed]:
    before = {each.question_id: each.in_one_line for each in old}
    for each in new:
        was = before.pop(each.question_id, "")
        if was != each.in_one_line:
            yield Changed(each.asked, was, each.in_one_line)
    yield from (Changed(each.asked, each.in_one_line, "") for each in old if each.question_id in before)
