"""Finding tickets by their words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, inspect, select, text, update
from sqlalchemy.orm import Session

from portal import schema
from portal.core import clock
from portal.core.actor import ANONYMOUS
from portal.core.db import Database, new_id, open_database
from portal.core.models import TypedText
from portal.privacy.services import finish
from portal.tickets import queries, services
from portal.tickets.models import Priority, Ticket, TicketWords
from portal.tickets.queries import Only, Wanted, Whose
from portal.tickets.queries.finding import COUNTED_UP_TO
from tests.portal.tickets.cast import Cast, a_cast, a_ticket
from tests.portal.tickets.services.acts import SOLVED, reply, resolve
from tests.portal_app import TUESDAY_MORNING


@pytest.fixture
def both(migrated: Database) -> Iterator[Cast]:
    """Return people on each of the two databases."""
    with clock.stopped_at(TUESDAY_MORNING), Session(migrated.reader, expire_on_commit=False) as session:
        yield a_cast(session)


def found(cast: Cast, typed: str, who: object = None, **wanted: object) -> list[str]:
    """Return the titles that somebody finds."""
    actor = cast.actor(who or cast.tang)  # type: ignore[arg-type]  # a contact or an agent
    page = queries.find_tickets(cast.session, actor, Wanted(typed=typed, **wanted)).page  # type: ignore[arg-type]  # by name
    return [each.ticket.title for each in page.rows]


def a_note(cast: Cast, ticket: Ticket, body: str) -> None:
    services.add_note(cast.session, ticket, body=body, by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()


FOUND = ("医保结算", "醫保結算", "结算 超时", "ＹＢ－3021", "yb-3021", "窗", "print", "PRINTING", "T-2026-000001")
NOT_FOUND = ("结超", "printer", "3022", "医保 打印", "¤", "!!!", "problem-snapshot")


def test_a_word_finds_in_either_script_and_any_width(both: Cast) -> None:
    document = {"schema": "problem-snapshot/1", "error": {"text": "YB-3021 Printing"}}
    ticket = a_ticket(both, title="医保结算超时", document=document)
    a_ticket(both, title="Something else", document={"schema": "x", "what": "All is slow"})
    reply(both, ticket, "三個視窗都這樣")
    assert {typed: found(both, typed) for typed in FOUND} == {key: ["医保结算超时"] for key in FOUND}
    assert {typed: found(both, typed) for typed in NOT_FOUND} == {key: [] for key in NOT_FOUND}


def test_a_customer_never_finds_a_note(cast: Cast) -> None:
    ticket = a_ticket(cast, title="Slow")
    a_note(cast, ticket, "canary word")
    assert found(cast, "canary", cast.tang) == []
    assert found(cast, "canary", cast.manager) == []
    assert found(cast, "canary", cast.agent) == ["Slow"]


def test_nobody_finds_another_organisations_words(cast: Cast) -> None:
    a_ticket(cast, title="Ours")
    a_ticket(cast, by=cast.stranger, title="Theirs")
    assert found(cast, "theirs", cast.manager) == []
    assert found(cast, "theirs", cast.stranger) == ["Theirs"]
    assert found(cast, "theirs", cast.agent) == ["Theirs"]
    assert queries.find_tickets(cast.session, ANONYMOUS, Wanted("theirs")).page.rows == []


def test_a_colleague_finds_only_what_is_shared(cast: Cast) -> None:
    ticket = a_ticket(cast, title="Shared")
    a_ticket(cast, title="Shared with nobody")
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    assert found(cast, "shared", cast.colleague) == ["Shared"]


def test_words_may_stand_in_different_texts(cast: Cast) -> None:
    ticket = a_ticket(cast, title="打印很慢")
    reply(cast, ticket, "换了驱动")
    assert found(cast, "打印 驱动") == ["打印很慢"]


def test_what_was_erased_is_found_no_more(both: Cast) -> None:
    ticket = a_ticket(both, title="Slow")
    said = reply(both, ticket, "Call me on the yellow phone")
    assert found(both, "yellow") == ["Slow"]
    both.session.execute(update(TypedText).where(TypedText.id == said.text_id).values(body="", erased_at=clock.now()))
    assert found(both, "yellow") == []
    assert found(both, "slow") == ["Slow"]
    kept = both.session.scalars(select(TicketWords.terms)).all()
    assert not any("yellow" in terms.split() for terms in kept)


def test_what_was_erased_is_gone_from_the_file_too(cast: Cast, database: Database, tmp_path: Path) -> None:
    said = reply(cast, a_ticket(cast), "On the qzyellow phone")
    cast.session.execute(text("VACUUM"))
    assert b"qzyellow" in bytes_of(tmp_path)
    cast.session.execute(update(TypedText).where(TypedText.id == said.text_id).values(body="", erased_at=clock.now()))
    finish(database, [], remove=lambda _key: None)
    assert b"zyellow" not in bytes_of(tmp_path)


def bytes_of(folder: Path) -> bytes:
    """Return all that the database's files hold."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("portal.db*")))


def test_only_the_latest_description_is_found(cast: Cast) -> None:
    ticket = a_ticket(cast, title="Slow", document={"schema": "x", "what": "earlier"})
    by = cast.actor(cast.tang)
    services.revise_snapshot(cast.session, ticket, document={"schema": "x", "what": "later"}, by=by, at=clock.now())
    assert (found(cast, "earlier"), found(cast, "later")) == ([], ["Slow"])


def test_a_solution_is_found_by_its_words_and_not_by_their_names(cast: Cast) -> None:
    ticket = a_ticket(cast, title="Slow")
    resolve(cast, ticket)
    assert SOLVED.cause.startswith("A key switched")
    assert (found(cast, "switched"), found(cast, "prevention")) == (["Slow"], [])


def test_a_call_back_is_found_by_its_organisation_once_it_is_theirs(both: Cast) -> None:
    opening = services.Opening(title="All is down", severity=Priority.P1, document={"schema": "call-back/1"})
    ticket = services.open_ticket(both.session, opening=opening, by=ANONYMOUS, at=clock.now())
    assert (found(both, "down", both.manager), found(both, "down", both.agent)) == ([], ["All is down"])
    services.verify_callback(both.session, ticket, contact=both.tang, by=both.actor(both.agent), at=clock.now())
    assert found(both, "down", both.manager) == ["All is down"]
    assert found(both, "down", both.stranger) == []


@pytest.mark.slow
def test_filters_narrow_it_down_and_are_counted(both: Cast) -> None:
    a_ticket(both, title="Slow one")
    a_ticket(both, by=both.colleague, title="Slow two", product_code="")
    done = a_ticket(both, by=both.manager, title="Slow three")
    services.cancel(both.session, done, by=both.actor(both.manager), at=clock.now())
    both.session.commit()
    assert found(both, "slow", both.manager, whose=Whose.MINE) == ["Slow three"]
    assert found(both, "slow", both.manager, product="his", only=Only.OURS) == ["Slow one"]
    assert found(both, "", both.manager, only=Only.CLOSED) == ["Slow three"]
    assert found(both, "slow", both.agent, whose=Whose.NOBODYS, only=Only.OURS) == ["Slow two", "Slow one"]
    counted = queries.find_tickets(both.session, both.actor(both.manager), Wanted("slow")).numbers
    assert counted == {Only.ALL: 3, Only.YOURS: 0, Only.OURS: 2, Only.CLOSED: 1}


def test_pages_follow_each_other_without_a_gap(cast: Cast) -> None:
    for number in range(7):
        a_ticket(cast, title=f"Slow {number}")
    actor, seen, after = cast.actor(cast.manager), [], None
    while True:
        page = queries.find_tickets(cast.session, actor, Wanted("slow"), after=after, limit=3).page
        seen += [each.ticket.title for each in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == [f"Slow {number}" for number in reversed(range(7))]


def test_what_was_written_before_the_index_is_found(both: Cast, migrated: Database) -> None:
    ticket = a_ticket(both, title="医保结算超时")
    reply(both, ticket, "三个窗口")
    resolve(both, ticket)
    a_note(both, ticket, "canary")
    before = sorted(both.session.execute(select(TicketWords.text_id, TicketWords.terms)).all())
    both.session.close()
    schema.downgrade(migrated, "0006")
    schema.upgrade(migrated)
    assert sorted(both.session.execute(select(TicketWords.text_id, TicketWords.terms)).all()) == before
    assert found(both, "窗口") == ["医保结算超时"]
    assert found(both, "canary") == []


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """Return two organisations' tickets and a note, to be searched again and again."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('found') / 'x.db'}")
    schema.upgrade(database)
    with clock.stopped_at(TUESDAY_MORNING), Session(database.reader, expire_on_commit=False) as session:
        cast = a_cast(session)
        a_note(cast, a_ticket(cast, title="Ours 系统"), "zq 內部 canary")
        a_ticket(cast, by=cast.stranger, title="Theirs 系统 zq")
        yield cast
    database.dispose()


PIECES = ["zq", "系统", "canary", "內部", "¤", '"', "AND", "NOT", "*", "'", "\x00", "\ud800", " "]
_TYPED = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=["Cs", "Cc", "Lo", "Nd", "Po"]), max_size=300),
    st.lists(st.sampled_from(PIECES)).map("".join),
    st.text(max_size=3).map(lambda each: each * 4_000),
)


@given(typed=_TYPED)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_whatever_is_typed_nothing_breaks_and_nothing_strange_is_found(crowded: Cast, typed: str) -> None:
    assert set(found(crowded, typed, crowded.manager)) <= {"Ours 系统"}
    assert set(found(crowded, typed, crowded.stranger)) <= {"Theirs 系统 zq"}
    if "zq" in typed.lower() or "canary" in typed.lower():
        assert found(crowded, "zq canary", crowded.manager) == []


def test_counting_stops_at_a_hundred(cast: Cast) -> None:
    ticket = a_ticket(cast)
    names = [column.key for column in inspect(Ticket).column_attrs]
    values = {name: getattr(ticket, name) for name in names}
    rows = [{**values, "id": new_id(), "reference": f"C-{number}"} for number in range(COUNTED_UP_TO + 20)]
    cast.session.execute(insert(Ticket), rows)
    assert queries.find_tickets(cast.session, cast.actor(cast.manager), Wanted()).numbers[Only.ALL] == COUNTED_UP_TO
