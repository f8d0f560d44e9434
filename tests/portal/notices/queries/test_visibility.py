"""Who may read which notice."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import ANONYMOUS, Actor
from portal.notices import queries, services
from portal.notices.models import AudienceKind, Notice, NoticeScope
from tests import factories
from tests.portal.notices.cast import TODAY, Cast, a_draft, a_notice


def sees(cast: Cast, actor: Actor, notice: Notice) -> bool:
    one = queries.reader_notice(cast.session, actor, notice.code, locale="en") is not None
    listed = notice.code in {row.code for row in queries.notices_for(cast.session, actor, locale="en", today=TODAY)}
    assert one == listed, "the list and the page must agree"
    return one


def targeted(cast: Cast, **values: Any) -> Notice:
    return a_notice(cast, scope=NoticeScope.TARGETED, **values)


def test_everyone_reads_a_public_notice(cast: Cast) -> None:
    notice = a_notice(cast)
    assert sees(cast, ANONYMOUS, notice)
    assert sees(cast, cast.actor(cast.stranger), notice)


def test_only_customers_read_what_is_for_customers(cast: Cast) -> None:
    notice = a_notice(cast, scope=NoticeScope.CUSTOMERS)
    assert not sees(cast, ANONYMOUS, notice)
    assert sees(cast, cast.actor(cast.stranger), notice)


def test_nobody_but_agents_reads_a_draft(cast: Cast) -> None:
    draft = a_draft(cast)
    assert not sees(cast, ANONYMOUS, draft)
    assert not sees(cast, cast.actor(cast.tang), draft)
    assert queries.workbench(cast.session, cast.colleague, draft.code) is not None


def test_a_targeted_notice_finds_those_who_run_its_product(cast: Cast) -> None:
    notice = targeted(cast)
    assert sees(cast, cast.actor(cast.tang), notice)
    assert not sees(cast, cast.actor(cast.stranger), notice)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(AudienceKind.REGION, "south-china"), (AudienceKind.TIER, "gold"), (AudienceKind.ORGANISATION, "me")],
)
def test_a_targeted_notice_finds_a_region_a_tier_or_one_organisation(
    cast: Cast, kind: AudienceKind, value: str
) -> None:
    cast.qinghe.tier = "gold"
    cast.session.commit()
    value = str(cast.qinghe.id) if value == "me" else value
    notice = targeted(cast, products=[], audience={kind: [value]})
    assert sees(cast, cast.actor(cast.tang), notice)
    assert not sees(cast, cast.actor(cast.stranger), notice)


def test_every_part_of_the_audience_must_fit(cast: Cast) -> None:
    notice = targeted(cast, audience={AudienceKind.REGION: ["yangtze"]})
    assert not sees(cast, cast.actor(cast.tang), notice)


def test_an_organisation_can_be_left_out(cast: Cast) -> None:
    notice = targeted(cast, audience={AudienceKind.EXCEPT: [str(cast.qinghe.id)]})
    assert not sees(cast, cast.actor(cast.tang), notice)


def test_an_expired_or_withdrawn_notice_leaves_the_lists_but_can_still_be_opened(cast: Cast) -> None:
    notice = a_notice(cast)
    services.withdraw(cast.session, notice, reason="Wrong.", by=cast.author, at=clock.now())
    cast.session.commit()
    assert queries.reader_notice(cast.session, ANONYMOUS, notice.code, locale="en") is not None
    assert queries.notices_for(cast.session, ANONYMOUS, locale="en", today=TODAY) == []
    expired = a_notice(cast)
    late = expired.expires_on.replace(day=2)
    assert queries.notices_for(cast.session, ANONYMOUS, locale="en", today=late) == []


def test_an_agent_limited_to_another_product_sees_neither_drafts_nor_targeted_ones(
    cast: Cast, session: Session
) -> None:
    factories.a_product(session, "pacs")
    limited = factories.an_agent(session, "Li Na")
    factories.limit_agent(session, limited, products=("pacs",))
    actor = Actor(
        person_id=limited.person_id,
        role=cast.colleague.role,
        agent_id=limited.id,
        products=frozenset({"pacs"}),
    )
    draft, meant, public = a_draft(cast), targeted(cast), a_notice(cast)
    codes = {row.code for row in queries.desk_notices(session, actor)}
    assert codes == {public.code}
    assert queries.workbench(session, actor, draft.code) is None
    assert queries.workbench(session, actor, meant.code) is None


def test_an_agent_limited_to_a_product_sees_everything_about_it(cast: Cast, session: Session) -> None:
    actor = Actor(
        person_id=cast.colleague.person_id, role=cast.colleague.role, agent_id=None, products=frozenset({"his"})
    )
    draft = a_draft(cast)
    assert [row.code for row in queries.desk_notices(session, actor)] == [draft.code]
