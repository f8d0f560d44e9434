"""One process stands ready to print; what it is asked for is made in a fork that reaches nothing."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from portal.core.children import ChildError, Limits
from portal.printing import render_pdf
from portal.printing.engine import draw_pages
from portal.printing.press import Press

PLAIN = '<!DOCTYPE html><html lang="en"><title>x</title><p style="break-after: page">One<p>Two'
LIMITS = Limits(seconds=5, megabytes=512)


@pytest.fixture
def press() -> Iterator[Press]:
    """A press of our own."""
    press = Press()
    yield press
    press.stop()


def typeset(press: Press, html: str = PLAIN) -> bytes:
    return press.ask("typeset", limits=LIMITS, html=html, title="x", language="en", attachment=None)


@pytest.mark.slow
def test_it_is_started_once_and_works_on(press: Press) -> None:
    first = typeset(press)
    started = press.pid
    assert first.startswith(b"%PDF-")
    assert (typeset(press), press.pid) == (first, started)


@pytest.mark.slow
def test_it_is_started_again_once_it_is_gone(press: Press) -> None:
    typeset(press)
    before = press.pid
    press.stop()
    assert typeset(press).startswith(b"%PDF-")
    assert press.pid != before


@pytest.mark.slow
def test_what_takes_too_much_ends_and_the_next_is_made(press: Press) -> None:
    with pytest.raises(ChildError, match="limits"):
        press.ask(
            "typeset",
            limits=Limits(seconds=1, megabytes=512),
            html="<p>" + "word " * 300_000,
            title="x",
            language="en",
            attachment=None,
        )
    assert typeset(press).startswith(b"%PDF-")


@pytest.mark.slow
def test_what_it_does_not_know_is_said(press: Press) -> None:
    with pytest.raises(ChildError, match="broken: KeyError"):
        press.ask("fold", limits=LIMITS)


@pytest.mark.slow
def test_each_page_has_a_picture() -> None:
    pages = [Image.open(io.BytesIO(each)) for each in draw_pages(render_pdf(PLAIN, title="x", language="en"))]
    assert [page.format for page in pages] == ["PNG", "PNG"]
    assert all(page.height > page.width > 800 for page in pages)
