"""Reads for whoever reads one notice: its words, its history, what their organisation answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Contact, Installation, Person
from portal.core.actor import Actor
from portal.notices.models import (
    SETTLED,
    ActionNeeded,
    Notice,
    NoticeCheck,
    NoticeKind,
    NoticeRevision,
    NoticeScope,
    NoticeState,
    NoticeText,
    ProductRange,
    Receipt,
    ReceiptKind,
    TextStatus,
    Words,
    product_ranges,
)
from portal.notices.queries.concern import Installed
from portal.notices.queries.visibility import visible_to
from portal.outbox.models import Job

READERS_KEPT = 2000
"""For how many readers a process keeps the statement that it has built."""
USABLE = (TextStatus.SOURCE, TextStatus.REVIEWED)
"""Texts that readers are shown; a language without one reads the source."""


@dataclass(frozen=True, slots=True)
class ReaderNotice:
    """A revision of a notice as one reader sees it."""

    id: UUID
    code: str
    kind: NoticeKind
    state: NoticeState
    scope: NoticeScope
    action: ActionNeeded
    act_by: date | None
    expires_on: date
    number: int
    material_number: int
    published_at: datetime | None
    withdrawn_reason: str
    superseded_by: str | None
    source_language: str
    language: str
    """Of the words: the reader's, or the source's where there is none."""
    title: str
    words: Words
    products: Sequence[ProductRange]
    is_preview: bool = False


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One line of a notice's history."""

    number: int
    published_at: datetime
    is_material: bool
    change: str
    language: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed sheet that can be had."""

    language: str
    file_id: UUID
    pages: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody of the organisation answered."""

    kind: ReceiptKind
    number: int
    at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """What an organisation ticked and answered."""

    ticks: frozenset[str] = frozenset()
    answers: tuple[Answer, ...] = field(default=())
    """In the order they were given, without mere opening."""
    has_opened: bool = False
    read_number: int = 0
    """The newest revision that anyone there has opened or answered; 0 where nobody has."""

    @property
    def latest(self) -> Answer | None:
        """The answer that counts."""
        return self.answers[-1] if self.answers else None


def is_settled(latest: Answer | None, material_number: int, action: ActionNeeded) -> bool:
    """Whether an organisation has answered for good: for what the notice asks now, and nothing changed since."""
    if latest is None or latest.number < material_number:
        return False
    return latest.kind in SETTLED or (action is ActionNeeded.NONE and latest.kind is ReceiptKind.READ)


_own = aliased(NoticeText)
_source = aliased(NoticeText)


def reader_notice(session: Session, actor: Actor, code: str, *, locale: str) -> ReaderNotice | None:
    """Return a published notice that an actor may read, in their language where there is one."""
    row = session.execute(_one(actor), {"code": code, "locale": locale}).first()
    return _reader_notice(row) if row else None


def reader_notices(session: Session, notice_ids: Sequence[UUID], locale: str) -> list[ReaderNotice]:
    """Return published notices that somebody was found to be allowed to read, in their language where there is one."""
    rows = session.execute(_published().where(Notice.id.in_(notice_ids)), {"locale": locale})
    return [_reader_notice(row) for row in rows]


@lru_cache(maxsize=READERS_KEPT)
def _one(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return what finds a notice for a reader; what somebody may read is put together once, not for every page."""
    return _published().where(Notice.code == bindparam("code"), visible_to(actor))


def is_current() -> ColumnElement[bool]:
    """Return the clause that joins a notice with the revision its readers see."""
    return (NoticeRevision.notice_id == Notice.id) & (NoticeRevision.number == Notice.revision_number)


def _published() -> Select[*tuple[Any, ...]]:
    language = func.coalesce(_own.language, _source.language)
    return (
        select(
            Notice.id, Notice.code, Notice.kind, Notice.state, Notice.scope, Notice.action, Notice.act_by,
            Notice.expires_on, Notice.material_number, Notice.withdrawn_reason, Notice.superseded_by,
            Notice.source_language, NoticeRevision.number, NoticeRevision.published_at, NoticeRevision.products,
            language.label("language"), _own.title.label("own_title"), _own.document.label("own_document"),
            _source.title, _source.document,
        )
        .join(NoticeRevision, is_current())
        .join(_source, (_source.revision_id == NoticeRevision.id) & (_source.language == Notice.source_language))
        .outerjoin(_own, (_own.revision_id == NoticeRevision.id) & _is_readers(_own))
    )  # fmt: skip


def _is_readers(text: type[NoticeText]) -> ColumnElement[bool]:
    return (text.language == bindparam("locale", type_=String)) & text.status.in_(USABLE)


def _reader_notice(row: Row[Any]) -> ReaderNotice:
    return ReaderNotice(
        id=row.id,
        code=row.code,
        kind=NoticeKind(row.kind),
        state=NoticeState(row.state),
        scope=NoticeScope(row.scope),
        action=ActionNeeded(row.action),
        act_by=row.act_by,
        expires_on=row.expires_on,
        number=row.number,
        material_number=row.material_number,
        published_at=row.published_at,
        withdrawn_reason=row.withdrawn_reason,
        superseded_by=row.superseded_by,
        source_language=row.source_language,
        language=row.language,
        title=row.own_title or row.title,
        words=Words.of(row.own_document or row.document),
        products=product_ranges(row.products),
    )


@dataclass(frozen=True, slots=True)
class History:
    """What became of a notice, and the sheets that are printed of its newest revision."""

    lines: Sequence[RevisionLine]
    papers: Sequence[Paper]

    def material_since(self, number: int) -> list[RevisionLine]:
        """Return what changed for the reader after a revision."""
        return [line for line in self.lines if line.number > number and line.is_material]


def paper_key(code: str, number: int, language: str) -> str:
    """Return the key under which the printed sheet of a revision is made once."""
    return f"notice-paper:{code}:{number}:{language}"


_PAPER_KEY = (
    literal("notice-paper:") + Notice.code + ":" + cast(NoticeRevision.number, String) + ":" + NoticeText.language
)
_HISTORY = (
    select(
        NoticeRevision.number, NoticeRevision.published_at, NoticeRevision.is_material, NoticeText.language,
        NoticeText.change, Job.result,
    )
    .join(Notice, Notice.id == NoticeRevision.notice_id)
    .join(NoticeText, (NoticeText.revision_id == NoticeRevision.id) & NoticeText.status.in_(USABLE))
    .outerjoin(Job, (Job.dedupe_key == _PAPER_KEY) & Job.done_at.is_not(None))
    .where(NoticeRevision.notice_id == bindparam("notice_id"), NoticeRevision.published_at.is_not(None))
    .order_by(NoticeRevision.number.desc(), NoticeText.language)
)  # fmt: skip


def history(session: Session, notice: ReaderNotice, *, locale: str) -> History:
    """Return a notice's published revisions, newest first, with what changed in the reader's language."""
    rows = session.execute(_HISTORY, {"notice_id": notice.id}).all()
    return History(_lines(rows, locale, notice.source_language), _papers(rows, notice.number))


def _lines(rows: Sequence[Row[Any]], locale: str, source_language: str) -> list[RevisionLine]:
    """Keep one line a revision: the reader's language before the source's, and what says something before nothing."""
    best: dict[int, Row[Any]] = {}
    for row in rows:
        if row.language in (locale, source_language):
            other = best.get(row.number, row)
            best[row.number] = max(row, other, key=lambda each: (bool(each.change), each.language == locale))
    return [
        RevisionLine(row.number, row.published_at, row.is_material, row.change, row.language) for row in best.values()
    ]


def _papers(rows: Sequence[Row[Any]], number: int) -> list[Paper]:
    made = [row for row in rows if row.number == number and (row.result or {}).get("file_id")]
    return [Paper(row.language, UUID(row.result["file_id"]), int(row.result.get("pages", 0))) for row in made]


_INSTALLED = select(Installation.product_code, Installation.modules, Installation.version).where(
    Installation.organisation_id == bindparam("organisation_id")
)


def installed_by(session: Session, organisation_id: UUID) -> list[Installed]:
    """Return what an organisation runs."""
    rows = session.execute(_INSTALLED, {"organisation_id": organisation_id})
    return [Installed(row.product_code, frozenset(row.modules), row.version) for row in rows]


def own_answers(session: Session, notice_id: UUID, organisation_id: UUID) -> OwnAnswers:
    """Return what an organisation ticked and answered, in one statement."""
    theirs = {"notice_id": notice_id, "organisation_id": organisation_id}
    rows = sorted(session.execute(_own_statement(), theirs).all(), key=lambda row: row.at)
    given = [Answer(ReceiptKind(row.what), row.number, row.at, row.name) for row in rows if row.sort == "receipt"]
    return OwnAnswers(
        ticks=frozenset(row.what for row in rows if row.sort == "tick"),
        answers=tuple(each for each in given if each.kind is not ReceiptKind.OPENED),
        has_opened=bool(given),
        read_number=max((each.number for each in given), default=0),
    )


@cache
def _own_statement() -> CompoundSelect[*tuple[Any, ...]]:
    notice_id: BindParameter[UUID] = bindparam("notice_id")
    organisation_id: BindParameter[UUID] = bindparam("organisation_id")
    ticks = select(
        literal("tick").label("sort"), NoticeCheck.item_id.label("what"), literal(0).label("number"),
        NoticeCheck.at, literal("").label("name"),
    ).where(NoticeCheck.notice_id == notice_id, NoticeCheck.organisation_id == organisation_id)  # fmt: skip
    receipts = (
        select(literal("receipt"), Receipt.kind, Receipt.revision_number, Receipt.at, func.coalesce(Person.name, ""))
        .outerjoin(Contact, Contact.id == Receipt.contact_id)
        .outerjoin(Person, Person.id == Contact.person_id)
        .where(Receipt.notice_id == notice_id, Receipt.organisation_id == organisation_id)
    )
    return union_all(ticks, receipts)
