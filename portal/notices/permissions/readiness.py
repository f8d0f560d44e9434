"""What still keeps a notice from its readers."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from portal.core.i18n import LOCALES
from portal.notices.models import ActionNeeded, AudienceKind, NoticeScope, TextStatus, Words, fingerprint

_KEYCAP = re.compile(r"\{key:[^{}\s]{1,20}\}")
_BARE_KEY = re.compile(r"(?<![A-Za-z0-9])(F(?:[1-9]|1[0-2])|Ctrl|Alt|Esc|Fn)(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is still missing; the page finds the words for its code."""

    code: str
    language: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """The words in one language, and how far they can be relied on."""

    title: str
    words: Words
    status: TextStatus
    source_sha256: str = ""
    change: str = ""
    """What is new in this revision."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything a revision would tell its readers."""

    source_language: str
    scope: NoticeScope
    action: ActionNeeded
    act_by: date | None
    expires_on: date
    audience: Mapping[AudienceKind, object]
    texts: Mapping[str, Text]
    waived: Set[str]
    asks_again: bool = False
    """Whether readers who have answered an earlier revision are asked again."""

    @property
    def source(self) -> Text:
        """The text that the others are translations of."""
        return self.texts[self.source_language]


def word_faults(manuscript: Manuscript, *, today: date) -> list[Fault]:
    """Return what the author still has to write before anyone else looks at it."""
    return [
        *_missing_words(manuscript),
        *_date_faults(manuscript, today),
        *_audience_faults(manuscript),
        *_bare_keys(manuscript),
    ]


def language_faults(manuscript: Manuscript) -> list[Fault]:
    """Return the languages that nobody has read against the source, and nobody has waived by name."""
    targets = [each for each in LOCALES if each != manuscript.source_language and each not in manuscript.waived]
    return [fault for language in targets for fault in _translation_faults(manuscript, language)]


def is_stale(manuscript: Manuscript, language: str) -> bool:
    """Whether the source text has moved on since a translation was made from it."""
    source = manuscript.source
    return manuscript.texts[language].source_sha256 != fingerprint(source.title, source.words.as_document())


def _missing_words(manuscript: Manuscript) -> Iterator[Fault]:
    words = manuscript.source.words
    if not manuscript.source.title:
        yield Fault("title-missing")
    if not words.what:
        yield Fault("what-missing")
    if not words.do and manuscript.action is not ActionNeeded.NONE:
        yield Fault("do-missing")
    if not any(step.do and step.see for step in words.steps):
        yield Fault("nothing-to-see")
    if manuscript.asks_again and not manuscript.source.change:
        yield Fault("change-missing")


def _date_faults(manuscript: Manuscript, today: date) -> Iterator[Fault]:
    if manuscript.expires_on <= today:
        yield Fault("expiry-passed")
    if manuscript.act_by is None:
        if manuscript.action is ActionNeeded.REQUIRED:
            yield Fault("act-by-missing")
    elif manuscript.act_by > manuscript.expires_on:
        yield Fault("act-by-after-expiry")


def _audience_faults(manuscript: Manuscript) -> Iterator[Fault]:
    if manuscript.scope is NoticeScope.TARGETED and not any(manuscript.audience.values()):
        yield Fault("audience-empty")


def _bare_keys(manuscript: Manuscript) -> Iterator[Fault]:
    for language, text in manuscript.texts.items():
        found = {key for part in _parts(text) for key in _BARE_KEY.findall(_KEYCAP.sub("", part))}
        for key in sorted(found):
            yield Fault("bare-key", language, key)


def _parts(text: Text) -> Iterator[str]:
    words = text.words
    yield from (text.title, words.what, words.who, words.do, words.cause, words.prevention)
    yield from (item.text for item in words.checklist)
    for step in words.steps:
        yield from (step.do, step.see, step.if_not)


def _translation_faults(manuscript: Manuscript, language: str) -> Iterator[Fault]:
    text = manuscript.texts.get(language)
    if text is None or not text.title:
        yield Fault("text-missing", language)
    elif not _has_same_parts(text.words, manuscript.source.words):
        yield Fault("parts-differ", language)
    elif is_stale(manuscript, language):
        yield Fault("text-stale", language)
    elif text.status is not TextStatus.REVIEWED:
        yield Fault("text-not-reviewed", language)


def _has_same_parts(words: Words, source: Words) -> bool:
    return [each.id for each in words.checklist] == [each.id for each in source.checklist] and [
        (bool(each.see), bool(each.if_not)) for each in words.steps
    ] == [(bool(each.see), bool(each.if_not)) for each in source.steps]
