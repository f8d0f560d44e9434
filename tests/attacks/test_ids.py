"""Ids and references of other people's things, in addresses written in other ways and in the bodies of forms."""

import json
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.loading import load_file
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.files.models import StoredFile
from portal.interviews.models import Interview
from portal.notices.models import Notice
from portal.questionnaires import services as questionnaires
from portal.tickets.models import Attachment, Event, Participant, Ticket
from tests.portal.interviews.cast import HIS_FAULT
from tests.world import World, things

WRITTEN = (
    "/tickets/{ticket}/",
    "//tickets/{ticket}",
    "/tickets/{ticket}%00",
    "/tickets/{ticket}%20",
    "/tickets/%20{ticket}",
    "/tickets/{lower}",
    "/tickets/{ticket};x=1",
    "/tickets/{ticket}?reference={mine}&since=0",
    "/tickets/{mine}/../{ticket}",
    "/tickets/{mine}/..%2f{ticket}",
    "/tickets/{ticket}/received",
    "/tickets/{ticket}/sharing",
    "/tickets/{ticket}/escalate",
    "/tickets/{id}",
    "/tickets/{mine}/files/{file}",
    "/interviews/{draft}",
    "/interviews/{draft}/check",
    "/interviews/{mine_draft}/files/{draft_file}",
    "/interviews/{braced}",
    "/emergency/{draft}",
    "/emergency/received/{id}",
    "/notices/{notice}",
    "/notices/{notice}/paper/en",
    "/notices?show={notice}",
    "/organisations/{organisation}/invitations/new",
)
"""What a customer would try to get at another organisation's things."""
SECRETS = ("zz-other-zz", "zz-other-file-zz", "zz-other-draft-zz", "zz-theirs-zz", "zz-stranger-zz", "zz-other-note-zz")


def names(world: World) -> dict[str, str]:
    """Return the other organisation's things, and one's own."""
    ids = world.ids
    return {
        "ticket": ids["ticket:other"],
        "lower": ids["ticket:other"].lower(),
        "id": ids["ticket-id:other"],
        "mine": ids["ticket:mine"],
        "file": ids["file:other"],
        "draft": ids["draft:other"],
        "braced": "{" + ids["draft:other"].upper() + "}",
        "mine_draft": ids["draft:customer"],
        "draft_file": ids["draft-file:other"],
        "notice": ids["notice:theirs"],
        "organisation": ids["organisation:theirs"],
    }


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "piece"])
def test_no_way_to_write_an_address_leads_to_others(
    world: World, written: str, method: str, headers: dict[str, str]
) -> None:
    path = written.format(**names(world))
    with closing(world.ask("customer", method, path, headers=headers)) as answer:
        assert answer.status_code in (200, 303, 308, 404, 405)
        assert not [each for each in SECRETS if each in answer.text + str(answer.headers)]


@pytest.mark.parametrize("name", ["ticket_id", "reference", "contact_id", "organisation_id", "interview_id", "file_id"])
def test_a_second_parameter_is_not_looked_at(world: World, name: str) -> None:
    other = {"reference": "ticket:other", "contact_id": "contact:other", "file_id": "file:other"}.get(
        name, "organisation:theirs" if name == "organisation_id" else "ticket-id:other"
    )
    mine = world.ids["ticket:mine"]
    extra = {name: world.ids[other]}
    sent = {"body": "Only here", "once": "1" * 32, **extra}
    assert world.ask("customer", "POST", f"/tickets/{mine}/replies", data=sent, query_string=extra).status_code == 303
    with world.database.read() as session:
        theirs = select(Event.id).where(Event.ticket_id == UUID(world.ids["ticket-id:other"]), Event.kind == "replied")
        assert len(session.scalars(theirs).all()) == 2


def test_a_ticket_is_shared_with_nobody_elsewhere(world: World) -> None:
    sent = {"contact": world.ids["contact:other"], "once": "1" * 32}
    assert world.ask("manager", "POST", f"/tickets/{world.ids['ticket:mine']}/shares", data=sent).status_code == 422
    with world.database.read() as session:
        assert UUID(world.ids["contact:other"]) not in session.scalars(select(Participant.contact_id)).all()


@pytest.mark.parametrize("identity", ["limited", "by_product"])
def test_a_limited_agent_gives_no_ticket_to_a_contact_out_of_sight(world: World, identity: str) -> None:
    sent = {"verifying-contact": world.ids["contact:customer"], "verifying-once": "1" * 32, "verifying-version": "1"}
    answer = world.ask(identity, "POST", f"/desk/tickets/{world.ids['ticket:call']}/contact", data=sent)
    assert answer.status_code == 404


@pytest.mark.parametrize("follows", ["ticket:other", "ticket:colleagues", "ticket:call"])
def test_no_interview_follows_up_a_ticket_out_of_sight(world: World, follows: str) -> None:
    sent = {"follows": world.ids[follows], "once": "1" * 32}
    assert world.ask("customer", "POST", "/interviews", data=sent).status_code == 404


@pytest.mark.parametrize("notice", ["theirs", "draft"])
def test_no_interview_is_about_a_notice_out_of_sight(world: World, notice: str) -> None:
    with world.database.read() as session:
        notice_id = session.scalars(select(Notice.id).where(Notice.code == world.ids[f"notice:{notice}"])).one()
    sent = {"questionnaire": "his-fault", "notice": str(notice_id), "once": "1" * 32}
    assert world.ask("customer", "POST", "/interviews", data=sent).status_code == 303
    with world.database.read() as session:
        assert notice_id not in session.scalars(select(Interview.notice_id)).all()


@pytest.mark.parametrize("field", ["q-files", "q-files-add", "q-files-kept"])
@pytest.mark.parametrize("where", ["/interviews/{draft}/show", "/interviews/{draft}/message", "/emergency/{draft}"])
def test_no_file_of_somebody_else_is_put_into_an_own_draft(world: World, field: str, where: str) -> None:
    stolen = world.ids["file:other"]
    named = json.dumps({"id": stolen, "name": "x.txt", "type": "text/plain", "size": 4, "sha256": "0" * 64})
    draft = world.ids["draft:customer"]
    sent = {field: named, "shown": "files steps error_text", "once": "1" * 32, "remove-file": stolen}
    world.ask("customer", "POST", where.format(draft=draft), data=sent)
    world.ask("customer", "POST", f"/interviews/{draft}/submit", data={"once": "2" * 32})
    with world.database.read() as session:
        row = session.get_one(Interview, UUID(draft))
        assert stolen not in json.dumps(row.answers)
        owner = session.get_one(StoredFile, UUID(stolen)).organisation_id
        of_file = select(Ticket.organisation_id).join(Event, Event.ticket_id == Ticket.id).join(Attachment)
        assert set(session.scalars(of_file.where(Attachment.file_id == UUID(stolen)))) == {owner}


def test_nobody_ends_a_session_of_somebody_else(world: World) -> None:
    other = world.ids["session:other"]
    assert world.ask("customer", "POST", f"/account/sessions/{other}/end").status_code == 303
    ended = world.watching.execute("SELECT ended_at FROM sign_in_session WHERE id = ?", (UUID(other).hex,)).fetchone()
    assert ended == (None,)


@pytest.mark.parametrize("identity", ["anonymous", "customer", "other"])
@pytest.mark.parametrize("path", ["/desk", "/desk/outbox", "/desk/organisations", "/desk/notices", "/desk/tickets/{t}"])
def test_the_desk_is_shut(world: World, identity: str, path: str) -> None:
    answer = world.ask(identity, "GET", path.format(t=world.ids["ticket:other"]), headers={"HX-Request": "true"})
    assert answer.status_code in (303, 403)
    assert not [each for each in ("zz-other-zz", "zz-mine-zz", "zz-call-zz", "zz-draft-zz") if each in answer.text]


def test_a_key_of_somebody_elses_form_shows_nothing_of_theirs(world: World) -> None:
    once = {"once": "1" * 32, "questionnaire": "his-fault"}
    theirs = world.ask("other", "POST", "/interviews", data=once).headers["Location"]
    own = world.ask("customer", "POST", "/interviews", data=once).headers["Location"]
    assert theirs != own
    assert world.ask("customer", "GET", theirs).status_code == 404


def test_an_emergency_lane_that_asks_for_files_takes_none_by_their_ids(world: World, tmp_path: Path) -> None:
    lane = "ask: [emg_reason, emg_what, callback"
    written = HIS_FAULT.read_text("utf-8").replace(lane, lane.replace("callback", "files"))
    written = written.replace("his-fault\n", "his-lane\n", 1)
    (tmp_path / "lane.yaml").write_text(written, "utf-8")
    with world.database.write() as session:
        version = questionnaires.publish(session, load_file(tmp_path / "lane.yaml"), by=SYSTEM, at=clock.now())
        draft = things.a_draft(session, world.people, version.id, "customer").id
    stolen = world.ids["file:other"]
    named = json.dumps({"id": stolen, "name": "x.txt", "type": "text/plain", "size": 4, "sha256": "0" * 64})
    sent = {"q-emg_reason": "stopped", "q-emg_what": "All is down", "q-callback": "010-5555-0199", "q-files": named}
    assert world.ask("customer", "POST", f"/emergency/{draft}", data={**sent, "once": "1" * 32}).status_code == 303
    with world.database.read() as session:
        row = session.get_one(Interview, draft)
        assert row.ticket_id is not None
        assert stolen not in json.dumps(row.answers)
        of_file = select(Attachment.ticket_id).where(Attachment.file_id == UUID(stolen))
        assert row.ticket_id not in session.scalars(of_file).all()
