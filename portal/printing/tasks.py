"""What the press can make, by name; each takes an order and returns bytes. Runs in the press only."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from portal.printing import pictures, typesetting
from portal.printing.attachments import Attachment

Task = Callable[[Mapping[str, Any]], bytes]

_EVERY_FONT = """<!DOCTYPE html><html lang="zh-Hans"><link rel="stylesheet" href="css/print/paper.css">
<link rel="stylesheet" href="css/print/notice.css"><p>雨季前备份 <b>需要处理</b> <i lang="en">Act <b>now</b></i></p>
<p lang="zh-Hant">雨季前備份 <b>需要處理</b></p>"""


def typeset(order: Mapping[str, Any]) -> bytes:
    """Make the PDF of a document."""
    attachment = Attachment(**order["attachment"]) if order["attachment"] else None
    return typesetting.typeset(order["html"], title=order["title"], language=order["language"], attachment=attachment)


def draw(order: Mapping[str, Any]) -> bytes:
    """Draw the pages of a PDF that we have made."""
    return pictures.pictures(b64decode(order["pdf"]))


TASKS: Mapping[str, Task] = {"typeset": typeset, "draw": draw}


def warm_up() -> None:
    """Have everything loaded that any document needs, fonts and all, so that no fork does it again."""
    typesetting.typeset(_EVERY_FONT, title="x", language="zh-Hans")
