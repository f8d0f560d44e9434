"""Copies of a notice by name: what they share, whose address is not right, and the finished file."""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar
from uuid import UUID

from portal.core import clock
from portal.core.db import Database
from portal.core.i18n import LANGUAGE_TAGS
from portal.notices.documents.sheets import Edition, sheet_html
from portal.notices.models import NoticeRevision
from portal.notices.queries.copies import Addressee, Problem, Trouble, addressees
from portal.notices.queries.printing import PrintedNotice
from portal.notices.queries.reach import organisations_reached
from portal.notices.services.batches import IN_A_PART
from portal.notices.services.copies import code_on_paper, codes_of_copies, copy_path
from portal.printing.batches import Base, CopiesOrder, Copy, bind_copies, lay_base, print_copies, unprintable
from portal.ui import languages, pages

ShowProgress = Callable[[int], AbstractContextManager[Callable[[int], object]]]
"""Shows how much of so much is done; what it gives is told how much more."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is printed for each organisation, and in what form."""

    notice: PrintedNotice
    locales: tuple[str, ...]
    is_separate: bool

    @property
    def title(self) -> str:
        """What the copies are called."""
        return self.notice.texts[self.locales[0]].title

    @property
    def language(self) -> str:
        """The copies' language, as HTML writes it."""
        return LANGUAGE_TAGS[self.locales[0]]


def lay_base_of(batch: Batch) -> Base:
    """Lay out what all copies share."""
    return lay_base(sheet_html(batch.notice, Edition(batch.locales), is_addressed=True))


def find_troubles(people: Sequence[Addressee]) -> list[Trouble]:
    """Return whose address is missing, too long for its place, or has signs that no font can show."""
    missing = set(unprintable("".join(sorted({sign for each in people for line in each.lines for sign in line}))))
    found = []
    for each in people:
        signs = "".join(sorted(missing.intersection("".join(each.lines))))
        problem = each.problem or (Problem.UNPRINTABLE if signs else None)
        if problem:
            found.append(Trouble(str(each.organisation_id), each.name, problem, signs))
    return found


def print_people(batch: Batch, base: Base, people: Sequence[Addressee], codes: Mapping[UUID, str]) -> bytes:
    """Return the copies of some addressees, as one PDF or as an archive with a PDF for each."""
    address = languages.settings().public_url.rstrip("/")
    number = batch.notice.number
    marked = [(each, codes[each.organisation_id]) for each in people]
    order = CopiesOrder(
        base=base,
        labels_html=pages.render(
            "notices/print/labels.html",
            batch.locales[0],
            people=[(each, code_on_paper(code, number)) for each, code in marked],
        ),
        copies=[
            Copy(f"{address}{copy_path(code_on_paper(code, number))}", f"{batch.notice.code}-{code}.pdf")
            for _, code in marked
        ],
        title=batch.title,
        language=batch.language,
        is_separate=batch.is_separate,
    )
    return print_copies(order)


def bind_parts(batch: Batch, paths: Sequence[Path], file: IO[bytes]) -> None:
    """Write the parts of a batch into one file."""
    if batch.is_separate:
        _join(paths, file)
    else:
        file.write(bind_copies([each.read_bytes() for each in paths], title=batch.title, language=batch.language))


def _join(paths: Sequence[Path], file: IO[bytes]) -> None:
    """Write the files of several archives into one, each read only when it is its turn."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as whole:
        for path in paths:
            with zipfile.ZipFile(path) as part:
                for each in part.infolist():
                    whole.writestr(zipfile.ZipInfo(each.filename), part.read(each))


def print_batch(database: Database, batch: Batch, folder: Path, out: Path, progress: ShowProgress) -> list[Trouble]:
    """Print the copies for everyone whom a notice concerns, without the worker; returns what is wrong with addresses.

    The parts lie in a folder meanwhile, so that thousands of copies take no more memory than some.
    """
    with database.read() as session:
        reached = organisations_reached(session, session.get_one(NoticeRevision, batch.notice.revision_id))
        ids = [each.organisation_id for each in reached]
        people = [each for some in in_parts(ids) for each in addressees(session, some)]
    troubles, base = find_troubles(people), lay_base_of(batch)
    paths: list[Path] = []
    with progress(len(people)) as step:
        for some in in_parts(people):
            right = [each for each in some if each.problem is None]
            if right:
                paths.append(folder / str(len(paths)))
                paths[-1].write_bytes(print_people(batch, base, right, _codes(database, batch, right)))
            step(len(some))
    with out.open("wb") as file:
        bind_parts(batch, paths, file)
    return troubles


def _codes(database: Database, batch: Batch, people: Sequence[Addressee]) -> dict[UUID, str]:
    with database.write() as session:
        return codes_of_copies(session, batch.notice.id, [each.organisation_id for each in people], at=clock.now())


T = TypeVar("T")


def in_parts(everything: Sequence[T], most: int = IN_A_PART) -> Iterator[Sequence[T]]:
    """Yield a long list in parts, each short enough to be worked on in one go."""
    return (everything[place : place + most] for place in range(0, len(everything), most))
