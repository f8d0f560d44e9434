"""Once a minute: what was reported is counted, and what is suspected or quiet again is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.accounts.queries import agent_actor
from portal.core.actor import Role
from portal.incidents import messages
from portal.incidents.models import Surge, SurgeLook
from portal.incidents.queries.reports import Reported, alike, releases, reported
from portal.incidents.services.ending import end_with_notices
from portal.incidents.services.linking import link
from portal.incidents.surge import DEFAULT, Change, Key, Rule, SurgeState, Watch
from portal.outbox import services as outbox

MOST_LEADS = 20
_TICKETS = "tickets"
_LONGEST_STRETCH = timedelta(hours=2)
"""A worker that was down for longer begins anew: what was many then is past."""


def key_of(surge: Surge) -> Key:
    """Return what the reports of a surge are alike by."""
    return Key(surge.product_code, surge.module_code, surge.fault_type, surge.fingerprint)


@dataclass(frozen=True, slots=True)
class Watching:
    """The clock pass that counts reports by a rule."""

    rule: Rule = DEFAULT

    def __call__(self, session: Session, *, at: datetime) -> int:
        """Write down what has changed since the last look, and join new tickets to what was declared."""
        since = _last_look(session, self.rule, at)
        end_with_notices(session, at=at)
        surges = {key_of(each): each for each in session.scalars(select(Surge).where(Surge.quiet_at.is_(None)))}
        watch = Watch(self.rule, surges)
        list(watch.advance(since))  # nothing is counted yet, so nothing can change
        found = reported(session, after=since - self.rule.window, until=at)
        changes = _changes(session, watch, found, since, at)
        for change in changes:
            _write_down(session, surges, change)
        _note_most(surges, watch)
        _join_new_tickets(session, after=at - self.rule.window, at=at)
        return len(changes)


def _last_look(session: Session, rule: Rule, at: datetime) -> datetime:
    """Return until when was looked, and note that it is until now from here on."""
    look = session.get(SurgeLook, _TICKETS, with_for_update=True)
    if look is None:
        look = SurgeLook(name=_TICKETS, looked_at=at - rule.window)
        session.add(look)
    since = max(look.looked_at, at - _LONGEST_STRETCH)
    look.looked_at = at
    return min(since, at)


def _changes(session: Session, watch: Watch, found: Sequence[Reported], since: datetime, at: datetime) -> list[Change]:
    new = [each.report for each in found if each.report.at > since]
    for each in found:
        if each.report.at <= since:
            watch.recall(each.report)
    if not (found or watch.has_suspected):
        return []
    out = releases(session, after=since - watch.rule.release_within, until=at)
    watch.note_releases(out)
    return [*watch.judge_all(), *watch.see(new), *watch.advance(at)]


def _write_down(session: Session, surges: dict[Key, Surge], change: Change) -> None:
    if change.state is SurgeState.QUIET:
        surges.pop(change.key).quiet_at = change.at
    else:
        surges[change.key] = surge = Surge(
            product_code=change.key.product,
            module_code=change.key.module,
            fault_type=change.key.fault,
            fingerprint=change.key.fingerprint,
            organisations=change.organisations,
            release_version=change.release.version if change.release else "",
            raised_at=change.at,
        )
        _take_over(session, surge)
        session.add(surge)
        _tell_leads(session, surge)
    session.flush()  # one of a key at a time: the earlier one must be quiet before the next is there


def _tell_leads(session: Session, surge: Surge) -> None:
    """Tell those who may declare it; what takes over from something declared needs nobody."""
    if surge.notice_id is not None:
        return
    session.flush()
    leads = (
        select(Person.id)
        .join(Agent, Agent.person_id == Person.id)
        .where(Person.active, Agent.role == Role.ADMIN)
        .order_by(Person.id)
        .limit(MOST_LEADS)
    )
    told = (messages.suspected(surge.id, person_id) for person_id in session.scalars(leads).all())
    outbox.queue_all(session, told, at=surge.raised_at)


def _take_over(session: Session, surge: Surge) -> None:
    """Let what was declared stay declared where the error text takes over, or where the rest is left."""
    declared = session.scalars(
        select(Surge)
        .where(
            Surge.notice_id.is_not(None),
            Surge.ended_at.is_(None),
            Surge.product_code == surge.product_code,
            Surge.module_code == surge.module_code,
            Surge.fault_type == surge.fault_type,
        )
        .order_by(Surge.declared_at.desc())
    ).first()
    is_same = declared and (not declared.fingerprint or declared.fingerprint == surge.fingerprint)
    if declared and is_same:
        surge.notice_id, surge.declared_by = declared.notice_id, declared.declared_by
        surge.declared_at, surge.next_update_at = declared.declared_at, declared.next_update_at


def _note_most(surges: dict[Key, Surge], watch: Watch) -> None:
    for key, organisations, _stopped in watch.counting():
        if key in surges and organisations > surges[key].organisations:
            surges[key].organisations = organisations


def _join_new_tickets(session: Session, *, after: datetime, at: datetime) -> None:
    """Join what goes on being reported to the incident that it was declared to be."""
    declared = session.scalars(select(Surge).where(Surge.notice_id.is_not(None), Surge.ended_at.is_(None)))
    for surge in declared.all():
        by = agent_actor(session, surge.declared_by) if surge.declared_by else None
        if by is not None and surge.notice_id is not None:
            new = [ticket_id for ticket_id, _ in alike(session, [key_of(surge)], after=after)]
            link(session, surge.notice_id, new, by=by, at=at)
