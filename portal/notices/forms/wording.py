"""What the phrasebook says about the words in a form, and putting in what it offers."""

from collections.abc import Iterator, Mapping, Sequence

from wtforms.fields import Field

from portal.notices.forms.writing import TextForm
from portal.phrasebook.queries import Finding, Phrasebook, replaced

Found = Mapping[str, Sequence[Finding]]
"""What was found, by the name of the field."""

_PROSE = ("title", "what", "who", "do", "checklist_title", "checklist", "steps_title", "cause", "prevention", "change")
_OF_A_STEP = ("do", "see", "if_not")


def _prose(form: TextForm) -> Iterator[Field]:
    yield from (form[name] for name in _PROSE)
    for row in form.steps:
        yield from (row.form[name] for name in _OF_A_STEP)


def found_in(form: TextForm, book: Phrasebook) -> Found:
    """Return what customers would stumble over, field by field."""
    return {field.name: book.check(field.data) for field in _prose(form) if field.data}


def take(form: TextForm, book: Phrasebook, pressed: str) -> None:
    """Put in what is offered for one finding; ``pressed`` is the field's name and the finding's place in it."""
    name, _, place = pressed.rpartition(":")
    field = next((each for each in _prose(form) if each.name == name), None)
    found = book.check(field.data) if field is not None and field.data else []
    if field is not None and place.isdecimal() and int(place) < len(found) and found[int(place)].instead:
        field.data = replaced(field.data, found[int(place)])
