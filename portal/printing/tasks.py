"""What the press can make, by name; each takes an order and returns bytes. Runs in the press only."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from portal.printing import copies, glyphs, pictures, savings, typesetting
from portal.printing.attachments import Attachment
from portal.printing.copies import About, Label, Place

Task = Callable[[Mapping[str, Any]], bytes]


def typeset(order: Mapping[str, Any]) -> bytes:
    """Make the PDF of a document."""
    return typesetting.typeset(order["html"], **_about(order))


def typeset_one_page(order: Mapping[str, Any]) -> bytes:
    """Make the PDF of a document that must fit on one page."""
    return typesetting.typeset_on_one_page(order["html"], **_about(order))


def _about(order: Mapping[str, Any]) -> dict[str, Any]:
    attachment = Attachment(**order["attachment"]) if order["attachment"] else None
    return {"title": order["title"], "language": order["language"], "attachment": attachment}


def draw(order: Mapping[str, Any]) -> bytes:
    """Draw the pages of a PDF that we have made."""
    return pictures.pictures(b64decode(order["pdf"]))


def lay_base(order: Mapping[str, Any]) -> bytes:
    """Lay out what all copies of a document share."""
    return copies.lay_base(order["html"])


def stamp(order: Mapping[str, Any]) -> bytes:
    """Make copies: in one file, or in an archive with a file for each."""
    labels = [Label(*each) for each in order["labels"]]
    places = {name: Place(*each) for name, each in order["places"].items()}
    about = About(order["title"], order["language"])
    pdf = copies.stamp(b64decode(order["base"]), places, order["labels_html"], labels)
    return copies.one_each(pdf, labels, about) if order["is_separate"] else copies.one_file(pdf, about)


def bind(order: Mapping[str, Any]) -> bytes:
    """Put the copies of several files into one."""
    return copies.bind([b64decode(each) for each in order["parts"]], About(order["title"], order["language"]))


def find_missing(order: Mapping[str, Any]) -> bytes:
    """Return, as JSON, the signs of a text that no font on this machine can show."""
    return json.dumps(glyphs.missing(order["text"])).encode()


TASKS: Mapping[str, Task] = {
    "typeset": typeset,
    "typeset_one_page": typeset_one_page,
    "draw": draw,
    "lay_base": lay_base,
    "stamp": stamp,
    "bind": bind,
    "find_missing": find_missing,
}


def warm_up() -> None:
    """Have everything loaded that any document needs, fonts and all, so that no fork does it again."""
    typesetting.typeset(savings.sample(), title="x", language="zh-Hans")
    glyphs.missing("x")
