"""Making what readers see of a notice findable, in the transaction in which they come to see it."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.terms import terms_of
from portal.notices.models import Notice, NoticeRevision, NoticeText, NoticeWords, Words
from portal.notices.queries.reading import USABLE
from portal.notices.queries.workbench import texts_of


def make_found(session: Session, notice: Notice, revision: NoticeRevision) -> None:
    """Let a notice be found by the words of the revision that is out, in every language, and by no earlier ones."""
    texts = [text for text in texts_of(session, revision.id).values() if text.status in USABLE]
    said = " ".join([notice.code, *(_said(text) for text in texts)])
    session.execute(delete(NoticeWords).where(NoticeWords.notice_id == notice.id))
    session.add(NoticeWords(notice_id=notice.id, terms=" ".join(terms_of(said))))
    session.flush()


def _said(text: NoticeText) -> str:
    words = Words.of(text.document)
    items = [item.text for item in words.checklist]
    steps = [part for step in words.steps for part in (step.do, step.see, step.if_not)]
    parts = [text.title, words.what, words.who, words.do, words.cause, words.prevention, words.steps_title]
    return " ".join([*parts, words.checklist_title, *items, *steps])
