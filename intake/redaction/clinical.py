"""Names, addresses and telephones where the message formats of hospitals put them: HL7 segments and FHIR fields."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page

CLINICAL_STEMS: Final = ("pid|", "nk1|", "given", "family")
_SEGMENT: Final = re.compile(r"(?<![A-Z0-9])(PID|NK1)\|[^\n\r]{1,2000}")
# Which field of a segment says what; the first behind the segment's name is number 1.
_FIELDS: Final = {
    "PID": {5: "name", 6: "name", 9: "name", 11: "address", 13: "phone", 14: "phone"},
    "NK1": {2: "name", 4: "address", 5: "phone", 6: "phone"},
}
_LEAST: Final = {"name": 2, "address": 4, "phone": 7}
_PART: Final = re.compile(
    r"(?:<(?:\w{1,20}:)?(?:given|family)>|\"(?:given|family)\"\s{0,3}:\s{0,3}\[?\s{0,3}\")"
    r"(?P<name>[A-Z\u4e00-\u9fff][\w\u4e00-\u9fff' .-]{0,40})(?=[<\"])"
)


def clinical_details(page: Page) -> Iterator[Found]:
    """What HL7 and FHIR messages say about a person."""
    for match in _SEGMENT.finditer(page.text):
        yield from _fields(match)
    for match in _PART.finditer(page.text):
        yield Found("name", match.start("name"), match.end("name"))


def _fields(segment: re.Match[str]) -> Iterator[Found]:
    kinds = _FIELDS[segment[1]]
    at = segment.start()
    for number, field in enumerate(segment[0].split("|")):
        kind = kinds.get(number)
        if kind and sum(letter.isalnum() for letter in field) >= _LEAST[kind]:
            yield Found(kind, at, at + len(field))
        at += len(field) + 1
