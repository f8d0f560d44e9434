"""Agents who serve only some organisations, against what is done for all of them at once; and who is served no more."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Organisation
from portal.core import clock
from portal.incidents.models import TicketTold
from portal.notices.models import Notice, PrintBatch, PrintPart
from portal.notices.queries.workbench import working_revision
from portal.notices.services import batches
from portal.tickets.models import Ticket
from tests.world import World


def _notice(world: World, name: str) -> Notice:
    with world.database.read() as session:
        return session.scalars(select(Notice).where(Notice.code == world.ids[f"notice:{name}"])).one()


def _print(world: World, *names: str) -> str:
    wanted = batches.Wanted(["en"], is_separate=False, time_zone="Asia/Shanghai")
    with world.database.write() as session:
        notice = session.scalars(select(Notice).where(Notice.code == world.ids["notice:open"])).one()
        revision, by = working_revision(session, notice), world.people.actor(session, "agent")
        reached = [UUID(world.ids[f"organisation:{name}"]) for name in names]
        batch: PrintBatch = batches.begin_batch(session, revision, wanted, reached, by=by, at=clock.now())
        return str(batch.id)


@pytest.mark.parametrize("end", ["", "/file"])
def test_copies_with_addresses_of_others_are_nothing_for_whoever_serves_only_some(world: World, end: str) -> None:
    path = f"/desk/notices/{world.ids['notice:open']}/batches/{_print(world, 'ours', 'theirs')}{end}"
    assert world.ask("limited", "GET", path).status_code == 404
    assert world.ask("limited", "POST", path).status_code in (404, 405)
    if not end:
        assert world.ask("agent", "GET", path).status_code == 200


def test_copies_for_the_served_are_seen(world: World) -> None:
    path = f"/desk/notices/{world.ids['notice:open']}/batches/{_print(world, 'theirs')}"
    assert world.ask("limited", "GET", path).status_code == 200


def test_whoever_serves_only_some_has_copies_printed_for_these(world: World) -> None:
    code = world.ids["notice:open"]
    sent = {"languages": "en", "shape": "one", "once": "1" * 32}
    answer = world.ask("limited", "POST", f"/desk/notices/{code}/batches/new", data=sent)
    assert answer.status_code == 303
    batch_id = UUID(answer.headers["Location"].rpartition("/")[2])
    with world.database.read() as session:
        parts = session.scalars(select(PrintPart.organisations).where(PrintPart.batch_id == batch_id)).all()
    assert world.ids["organisation:ours"] not in [each for part in parts for each in part]


def test_one_update_for_all_tickets_reaches_none_out_of_sight(world: World) -> None:
    notice = _notice(world, "open")
    with world.database.write() as session:
        tickets = (UUID(world.ids["ticket-id:mine"]), UUID(world.ids["ticket-id:other"]))
        session.execute(update(Ticket).where(Ticket.id.in_(tickets)).values(notice_id=notice.id))
    sent = {"body_en": "We work on it.", "body_zh_Hans": "我们在处理。", "body_zh_Hant": "", "once": "1" * 32}
    path = f"/desk/notices/{notice.code}/tickets/update"
    assert world.ask("limited", "POST", path, data=sent).status_code == 303
    with world.database.read() as session:
        told = set(session.scalars(select(TicketTold.ticket_id)))
    assert told == {UUID(world.ids["ticket-id:other"])}


def test_a_draft_that_a_ticket_joins_is_nothing_for_its_customer(world: World) -> None:
    mine, draft = world.ids["ticket:mine"], world.ids["notice:draft"]
    sent = {"t": mine, "joining-code": draft, "joining-once": "1" * 32}
    assert world.ask("agent", "POST", "/desk/chosen/notice", data=sent).status_code == 303
    with world.database.read() as session:
        assert session.get_one(Ticket, UUID(world.ids["ticket-id:mine"])).notice_id == _notice(world, "draft").id
    assert draft not in world.ask("customer", "GET", f"/tickets/{mine}").text
    assert world.ask("customer", "GET", f"/notices/{draft}").status_code == 404


@pytest.mark.parametrize("form", ["atom", "ics", "json"])
def test_the_feed_of_an_organisation_that_is_closed_ends(world: World, form: str) -> None:
    path = f"/feeds/{world.ids['notice-feed:ours']}/notices.{form}"
    assert world.ask("anonymous", "GET", path).status_code == 200
    with world.database.write() as session:
        session.get_one(Organisation, UUID(world.ids["organisation:ours"])).closed_at = clock.now()
    assert world.ask("anonymous", "GET", path).status_code == 404
