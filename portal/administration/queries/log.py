"""The audit log: who did what, and when, the newest first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, cast, join, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Agent, Contact, Installation, Organisation, Person
from portal.administration.models import ListImport
from portal.chat.models import ChatGroup
from portal.core.models import AuditEntry
from portal.knowledge.models import Article, ArticleText
from portal.teams.queries import names_of

AT_ONCE = 50
_MOST_NAMED = 200
_Line = aliased(AuditEntry)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that somebody did."""

    id: UUID
    at: datetime
    who: str
    """Empty where nobody in particular did it."""
    action: str
    subject_kind: str
    subject_id: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for in the log."""

    who: str = ""
    what: str = ""
    words: str = ""
    actions: Sequence[str] = ()
    """What is done in a sentence that has these words."""
    begin: datetime | None = None
    end: datetime | None = None
    before: UUID | None = None
    """The last line of the page before."""


def audit_lines(session: Session, sought: Sought, *, most: int = AT_ONCE + 1) -> Sequence[AuditLine]:
    """Return some lines of the log, one more than a page has where there are more."""
    rows = (
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(most)
    )
    if sought.who:
        rows = rows.where(Person.name.contains(sought.who, autoescape=True))
    if sought.what:
        rows = rows.where(or_(_is_about(sought.what), _is_list_of(sought.what)))
    if sought.words:
        rows = rows.where(_says(session, sought))
    if sought.begin:
        rows = rows.where(AuditEntry.at >= sought.begin)
    if sought.end:
        rows = rows.where(AuditEntry.at < sought.end)
    if sought.before:
        rows = rows.where(_is_older(sought.before))
    return [
        AuditLine(row.id, row.at, name or "", row.action, row.subject_kind, row.subject_id, row.facts)
        for row, name in session.execute(rows)
    ]


def _is_about(what: str) -> ColumnElement[bool]:
    named = (AuditEntry.action, AuditEntry.subject_kind, AuditEntry.subject_id)
    return or_(*(each.contains(what, autoescape=True) for each in named))


def _is_list_of(what: str) -> ColumnElement[bool]:
    """Tell whether a list of such things was taken in."""
    kind = AuditEntry.facts["kind"].as_string()
    return and_(AuditEntry.subject_kind == ListImport.__tablename__, kind == f"{what.replace('_', '-')}s")


def _is_older(line: UUID) -> ColumnElement[bool]:
    at = select(_Line.at).where(_Line.id == line).scalar_subquery()
    return or_(AuditEntry.at < at, and_(AuditEntry.at == at, AuditEntry.id < line))


def _says(session: Session, sought: Sought) -> ColumnElement[bool]:
    """Tell whether words stand in what was done, in what was changed, or in the name of what it was done to."""
    facts = cast(AuditEntry.facts, Text)
    kept = {sought.words, json.dumps(sought.words)[1:-1]}  # the database keeps letters or their numbers
    return or_(
        AuditEntry.action.in_(sought.actions),
        AuditEntry.action.contains(sought.words, autoescape=True),
        AuditEntry.subject_id.in_(_called_so(session, sought.words)),
        AuditEntry.subject_id.contains(sought.words, autoescape=True),
        *(facts.icontains(each, autoescape=True) for each in sorted(kept)),
    )


def _called_so(session: Session, words: str) -> list[str]:
    """Return the ids of what has these words in its name now."""
    named = (
        select(table.id).select_from(source).where(name.icontains(words, autoescape=True)).limit(_MOST_NAMED).subquery()
        for table, name, source in _NAMES.values()
    )
    return [str(each) for each in session.scalars(union_all(*(select(each.c.id) for each in named)))]


def names_of_members(session: Session, lines: Sequence[AuditLine]) -> Mapping[str, str]:
    """Return what the agents are called who joined or left a team, or look after an organisation."""
    listed = [each.facts.get(name) or () for each in lines for name in ("joined", "left")]
    listed += [pair for each in lines for pair in (each.facts.get("appointed") or {}).values()]
    agents = {found for some in listed for each in some if (found := _uuid(str(each)))}
    return {str(agent): name for agent, name in names_of(session, sorted(agents)).items()}


def names_of_subjects(session: Session, lines: Sequence[AuditLine]) -> Mapping[tuple[str, str], str]:
    """Return what was changed by its name, for what is still there and has one."""
    found = {(each.subject_kind, each.subject_id): _called(each.facts) for each in lines}
    rows = session.execute(union_all(*(_named(kind, lines) for kind in _NAMES)))
    return {**found, **{(row.kind, str(row.id)): row.name for row in rows}}


def _called(facts: Mapping[str, Any]) -> str:
    """Return what something was called when it was changed, as far as that was written down."""
    return " ".join(str(facts[each]) for each in ("name", "key", "code", "version", "number") if each in facts)


def _named(kind: str, lines: Sequence[AuditLine]) -> Select[str, UUID, str]:
    table, name, source = _NAMES[kind]
    wanted = [id_ for each in lines if each.subject_kind == kind and (id_ := _uuid(each.subject_id))]
    return (
        select(literal(kind).label("kind"), table.id.label("id"), name.label("name"))
        .select_from(source)
        .where(table.id.in_(wanted))
    )


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


_TITLE = (
    select(ArticleText.title)
    .where(ArticleText.article_id == Article.id)
    .order_by(ArticleText.revision.desc(), ArticleText.language)
    .limit(1)
    .correlate(Article)
    .scalar_subquery()
)
_NAMES: Mapping[str, tuple[Any, Any, Any]] = {
    "organisation": (Organisation, Organisation.name, Organisation),
    "contact": (Contact, Person.name, join(Contact, Person, Person.id == Contact.person_id)),
    "agent": (Agent, Person.name, join(Agent, Person, Person.id == Agent.person_id)),
    "installation": (
        Installation,
        Organisation.name,
        join(Installation, Organisation, Organisation.id == Installation.organisation_id),
    ),
    "person": (Person, Person.name, Person),
    "article": (Article, _TITLE, Article),
    "chat_group": (
        ChatGroup,
        Organisation.name,
        join(ChatGroup, Organisation, Organisation.id == ChatGroup.organisation_id),
    ),
}
