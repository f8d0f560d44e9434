"""``python -m benchmarks.printing [COPIES]``: what a printed notice costs, cold and warm, alone and by the hundred."""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from sqlalchemy import select

from benchmarks import ours
from portal.core import web
from portal.core.db import new_id
from portal.core.i18n import LOCALES
from portal.notices.documents.batches import Batch, find_troubles, lay_base_of, print_people
from portal.notices.documents.sheets import edition_of, printed
from portal.notices.models import Notice, NoticeRevision
from portal.notices.queries.copies import Addressee
from portal.notices.queries.printing import PrintedNotice, printed_notice
from portal.printing import draw_pages, print_document
from portal.printing.press import press
from portal.ui import languages

_TICKS = 100
"""Ticks of a second in /proc."""


@dataclass(frozen=True)
class Spent:
    """Processor seconds: of the press and all it forked, and of whoever asks it."""

    press: float
    asker: float
    wall: float


def main(copies: int) -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as name:
        portal = ours.make(Path(name))
        with portal.app.app_context():
            notice = season(portal.notice)
            for locale in LOCALES:
                _sheets(notice, locale)
            _copies(notice, copies)
        print(f"press: {_memory('VmRSS')} MB resident, {_memory('VmHWM')} MB at most")
        press.stop()


def season(code: str) -> PrintedNotice:
    """Return the demonstration's rainy-season notice."""
    with web.database().read() as session:
        revision = session.execute(
            select(NoticeRevision.id)
            .join(Notice, NoticeRevision.notice_id == Notice.id)
            .where(Notice.code == code, NoticeRevision.number == Notice.revision_number)
        ).scalar_one()
        found = printed_notice(session, revision)
    assert found is not None
    return found


def _sheets(notice: PrintedNotice, locale: str) -> None:
    edition = edition_of(notice, [locale, "en"])
    assert edition is not None
    with languages.reading_as(locale, "Asia/Shanghai"):
        document = printed(notice, edition)
        is_cold = press.pid is None
        pdf, first = _measured(lambda: print_document(document))
        rest = [_measured(lambda: print_document(document))[1] for _ in range(5)]
        drawn = min(_measured(lambda: draw_pages(pdf))[1].press for _ in range(3))
    pages = _pages(pdf)
    if is_cold:
        print(f"cold, the press started: {first.press:.2f} s CPU, {first.wall:.1f} s on the wall")
    warm = sorted(each.press for each in rest)
    print(
        f"{locale}: {pages} pages, {len(pdf) // 1000} KB; warm {warm[0] * 1000:.0f} to {warm[-1] * 1000:.0f} ms CPU, "
        f"{warm[0] * 1000 / pages:.0f} a page; pictures of them {drawn * 1000:.0f} ms"
    )


def _copies(notice: PrintedNotice, number: int) -> None:
    batch = Batch(notice, ("zh_Hans", "en"), is_separate=False)
    people = [
        Addressee(new_id(), f"杭州第{each}人民医院", "信息科 唐秀英", f"{310000 + each} 杭州市江南大道 {each} 号")
        for each in range(number)
    ]
    codes = {each.organisation_id: f"K7QX{place:06d}" for place, each in enumerate(people)}
    with languages.reading_as("zh_Hans", "Asia/Shanghai"):
        _, alone = _measured(lambda: print_document(printed(notice, edition_of(notice, batch.locales) or _never())))
        base, laid = _measured(lambda: lay_base_of(batch))
        _, checked = _measured(lambda: find_troubles(people))
        made = [
            _measured(lambda part=part: print_people(batch, base, part, codes))[1]
            for part in (people[place : place + 100] for place in range(0, number, 100))
        ]
    each = sum(one.press for one in made) / number
    asked = sum(one.asker for one in made) / number
    print(
        f"{number} copies: {each * 1000:.1f} ms CPU a copy in the press and {asked * 1000:.1f} in the worker; "
        f"once {laid.press * 1000:.0f} ms for the base and {checked.press * 1000:.0f} ms to look at the addresses; "
        f"rendering each would take {alone.press * 1000:.0f} ms: {alone.press / (each + asked):.0f} times as much"
    )


def _never() -> Any:
    raise ValueError("the demonstration's notice is in every language")


def _measured(make: Any) -> tuple[Any, Spent]:
    before, own, at = _press_seconds(), time.process_time(), time.perf_counter()
    made = make()
    return made, Spent(_press_seconds() - before, time.process_time() - own, time.perf_counter() - at)


def _press_seconds() -> float:
    if press.pid is None:
        return 0.0
    fields = Path(f"/proc/{press.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _memory(name: str) -> int:
    lines = Path(f"/proc/{press.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(name))


def _pages(pdf: bytes) -> int:
    from io import BytesIO

    return len(pypdf.PdfReader(BytesIO(pdf)).pages)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
