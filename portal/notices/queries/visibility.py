"""Which notices somebody may read: the one clause that every read of notices uses."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.models import Installation, Organisation
from portal.core.actor import Actor
from portal.notices.models import AudienceKind, Notice, NoticeAudience, NoticeScope


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause that lets through what an actor may read."""
    if actor.is_agent:
        return _in_agents_scope(actor)
    is_out = Notice.revision_number.is_not(None)
    if actor.organisation_id is None:
        return and_(is_out, Notice.scope == NoticeScope.PUBLIC)
    return and_(is_out, or_(Notice.scope != NoticeScope.TARGETED, _is_meant(actor.organisation_id)))


def _in_agents_scope(actor: Actor) -> ColumnElement[bool]:
    if not actor.is_limited:
        return true()
    products = [*(actor.products or ())]
    organisations = [str(each) for each in actor.organisations or ()]
    return or_(
        and_(Notice.revision_number.is_not(None), Notice.scope != NoticeScope.TARGETED),
        Notice.owner_id == actor.agent_id,
        _has(AudienceKind.PRODUCT, NoticeAudience.value.in_(products)),
        _has(AudienceKind.ORGANISATION, NoticeAudience.value.in_(organisations)),
    )


def _is_meant(organisation_id: UUID) -> ColumnElement[bool]:
    """Whether each part of the audience takes the organisation in; a part that isn't there takes in everyone."""
    runs = select(Installation.product_code).where(Installation.organisation_id == organisation_id)
    me = str(organisation_id)
    return and_(
        or_(~_has(AudienceKind.PRODUCT), _has(AudienceKind.PRODUCT, NoticeAudience.value.in_(runs))),
        or_(~_has(AudienceKind.REGION), _has(AudienceKind.REGION, _is_ours(Organisation.region, organisation_id))),
        or_(~_has(AudienceKind.TIER), _has(AudienceKind.TIER, _is_ours(Organisation.tier, organisation_id))),
        or_(~_has(AudienceKind.ORGANISATION), _has(AudienceKind.ORGANISATION, NoticeAudience.value == me)),
        ~_has(AudienceKind.EXCEPT, NoticeAudience.value == me),
    )


def _is_ours(column: InstrumentedAttribute[str], organisation_id: UUID) -> ColumnElement[bool]:
    return NoticeAudience.value == select(column).where(Organisation.id == organisation_id).scalar_subquery()


def _has(kind: AudienceKind, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(NoticeAudience.notice_id == Notice.id, NoticeAudience.kind == kind, *conditions)
