"""Bringing a notice into its other languages: by a machine as a first draft, by people for good."""

from dataclasses import replace
from functools import lru_cache

from opencc import OpenCC
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.notices.models import CheckItem, Notice, NoticeText, Step, TextStatus, Words, fingerprint
from portal.notices.permissions import Action, NoticeRuleError
from portal.notices.queries.workbench import texts_of
from portal.notices.services.loading import begin
from portal.notices.services.writing import Draft, save_text

_CONVERSIONS = {("zh_Hans", "zh_Hant"): "s2twp", ("zh_Hant", "zh_Hans"): "tw2sp"}


def can_convert(source_language: str, language: str) -> bool:
    """Whether a machine can make a first draft in a language."""
    return (source_language, language) in _CONVERSIONS


def convert_text(session: Session, notice: Notice, language: str, *, by: Actor) -> NoticeText:
    """Make a first draft in the other Chinese script; it says that a machine made it until a person has read it."""
    revision = begin(session, notice, Action.EDIT, by=by)
    source = texts_of(session, revision.id).get(notice.source_language)
    if source is None or not can_convert(notice.source_language, language):
        raise NoticeRuleError("nothing-to-convert")
    draft = _converted(source, _CONVERSIONS[notice.source_language, language])
    row = save_text(session, notice, language, draft, by=by)
    row.is_converted = True
    return row


@lru_cache(maxsize=2)
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def _converted(source: NoticeText, conversion: str) -> Draft:
    say = _converter(conversion).convert
    words = Words.of(source.document)
    return Draft(
        title=say(source.title),
        change=say(source.change),
        words=Words(
            what=say(words.what),
            who=say(words.who),
            do=say(words.do),
            checklist_title=say(words.checklist_title),
            checklist=tuple(CheckItem(each.id, say(each.text)) for each in words.checklist),
            steps_title=say(words.steps_title),
            steps=tuple(Step(say(each.do), say(each.see), say(each.if_not), each.key) for each in words.steps),
            cause=say(words.cause),
            prevention=say(words.prevention),
            links=tuple(replace(each, words=say(each.words)) for each in words.links),
        ),
    )


def review_text(session: Session, notice: Notice, language: str, *, by: Actor) -> None:
    """Say that somebody who didn't write them has read the words of a language against the source."""
    revision = begin(session, notice, Action.REVIEW_TEXT, by=by)
    texts = texts_of(session, revision.id)
    row, source = texts.get(language), texts.get(notice.source_language)
    if row is None or source is None or language == notice.source_language:
        raise NoticeRuleError("text-missing", language=language)
    if row.source_sha256 != fingerprint(source.title, source.document):
        raise NoticeRuleError("text-stale", language=language)
    row.status, row.reviewed_by, row.is_converted = TextStatus.REVIEWED, by.person_id, False


def waive(session: Session, notice: Notice, language: str, *, by: Actor) -> None:
    """Let a notice go out without a language, in somebody's name."""
    revision = begin(session, notice, Action.WAIVE, by=by)
    if language == notice.source_language:
        raise NoticeRuleError("source-needed")
    revision.waivers = {**revision.waivers, language: str(by.person_id)}
