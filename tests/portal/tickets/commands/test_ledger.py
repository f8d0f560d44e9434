"""``portal ledger export``."""

import json

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.tickets import services
from portal.tickets.commands import ledger
from portal.tickets.queries import ledger as ledger_lines
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, update


def export(app: Flask, *words: str) -> tuple[int, str]:
    ended = CliRunner().invoke(
        ledger, ["export", *words], obj=ScriptInfo(create_app=lambda: app), catch_exceptions=False
    )
    return ended.exit_code, ended.output


def test_one_event_or_promise_is_one_line(app: Flask, cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket, at=clock.now() + 9 * MINUTE)
    cast.session.commit()
    status, output = export(app)
    lines = [json.loads(line) for line in output.splitlines()]
    assert status == 0
    assert [line["type"] for line in lines] == [
        "calendar", "policy", "policy", "ticket", "event", "event", "promise", "promise",
    ]  # fmt: skip
    assert lines[5] == {
        "type": "event", "ticket": ticket.reference, "seq": 2, "kind": "updated", "by": "agent", "audience": "customer",
        "at": "2026-04-21T02:11:00+00:00", "facts": {"under": "default/1 cn-office/1"},
    }  # fmt: skip
    assert lines[6] == {
        "type": "promise", "ticket": ticket.reference, "kind": "first_reply", "made_at": "2026-04-21T02:02:00+00:00",
        "made_by": 1, "source": "default/1 cn-office/1", "due_at": "2026-04-21T02:17:00+00:00", "outcome": "kept",
        "ended_at": "2026-04-21T02:11:00+00:00", "ended_by": 2,
    }  # fmt: skip


def test_only_one_ticket_is_exported_when_it_is_named(app: Flask, cast: Cast) -> None:
    first, second = a_ticket(cast), a_ticket(cast)
    _, output = export(app, "--ticket", second.reference.lower())
    assert second.reference in output
    assert first.reference not in output


def test_a_ticket_that_is_not_there_is_said(app: Flask, cast: Cast) -> None:
    status, output = export(app, "--ticket", "T-2026-999999")
    assert status != 0
    assert "There is no ticket T-2026-999999." in output


def test_what_is_typed_stays_out(app: Flask, cast: Cast) -> None:
    ticket = a_ticket(cast, title="zz-title-zz")
    services.add_note(cast.session, ticket, body="zz-note-zz", by=cast.actor(cast.agent), at=clock.now())
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    _, output = export(app)
    for secret in (
        "zz-title-zz",
        "zz-note-zz",
        str(cast.colleague.id),
        str(cast.colleague.id.hex),
        cast.organisation.name,
    ):
        assert secret not in output


def test_it_is_the_ledger_of_one_moment(database: Database, cast: Cast) -> None:
    a_ticket(cast)
    with database.snapshot() as session:
        before = count(session)
        a_ticket(cast)
        assert count(session) == before
    with database.snapshot() as session:
        assert count(session) == before + 1


def test_each_ticket_is_there_once_however_many_are_read_at_a_time(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = [a_ticket(cast).reference for _ in range(5)]
    monkeypatch.setattr(ledger_lines, "AT_ONCE", 2)
    found = [line["ticket"] for line in ledger_lines.ledger(session) if line["type"] == "ticket"]
    assert found == references


def count(session: Session) -> int:
    return sum(line["type"] == "ticket" for line in ledger_lines.ledger(session))
