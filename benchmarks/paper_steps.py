"""``python -m benchmarks.paper_steps [ROUNDS]``: which step of printing a notice takes how much of the whole."""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pydyf
import weasyprint
from weasyprint import document, pdf
from weasyprint.images import SVGImage
from weasyprint.layout import inline, preferred

from benchmarks import ours
from benchmarks.printing import season
from portal.notices.documents.sheets import edition_of, printed
from portal.printing import Document, tasks, typesetting
from portal.ui import languages

_STEPS = (
    ("reading the HTML", weasyprint.HTML, "__init__"),
    ("style sheets", document, "get_all_computed_styles"),
    ("boxes", document, "build_formatting_structure"),
    ("laying out", document, "layout_document"),
    ("  of it: lines of text", inline, "split_first_line"),
    ("  of it: measuring columns", preferred, "split_first_line"),
    ("painting", document.Page, "paint"),
    ("  of it: drawings", SVGImage, "draw"),
    ("cutting fonts down", pdf, "build_fonts_dictionary"),
    ("writing the PDF", pydyf.PDF, "write"),
    ("finishing", typesetting, "finish"),
)


def main(rounds: int) -> None:
    """Print each step with its least and median processor time, and its share."""
    tasks.warm_up()
    spent: dict[str, float] = {}
    for name, owner, function in _STEPS:
        setattr(owner, function, _timed(getattr(owner, function), name, spent))
    sheet = _sheet()
    found = [_once(sheet, spent) for _ in range(rounds)]
    whole = median(each["all"] for each in found)
    for name in found[0]:
        times = [each[name] for each in found]
        share = median(times) / whole
        print(f"{name:28} {min(times) * 1000:5.0f} {median(times) * 1000:5.0f} ms {share:5.0%}")


def _timed(work: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **options: Any) -> Any:
        begun = time.process_time()
        done = work(*arguments, **options)
        done = list(done) if name == "laying out" else done  # it lays a page out when it is asked for the page
        spent[name] = spent.get(name, 0) + time.process_time() - begun
        return done

    return timed


def _once(sheet: Document, spent: dict[str, float]) -> dict[str, float]:
    """Print the sheet once, knowing what a press knows, and return what each step took."""
    spent.clear()
    gc.collect()
    gc.disable()
    begun = time.process_time()
    typesetting.typeset(sheet.html, title=sheet.title, language=sheet.language, attachment=sheet.attachment)
    gc.enable()
    return {**spent, "all": time.process_time() - begun}


def _sheet() -> Document:
    with tempfile.TemporaryDirectory() as name:
        portal = ours.make(Path(name))
        with portal.app.app_context(), languages.reading_as("zh_Hans", "Asia/Shanghai"):
            notice = season(portal.notice)
            edition = edition_of(notice, ["zh_Hans", "en"])
            assert edition is not None
            return printed(notice, edition)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
