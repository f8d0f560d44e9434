"""Notes stay inside: words that only colleagues may read appear on no customer's page, mail or paper."""

import io
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from portal.core import clock
from portal.files.models import StoredFile
from portal.files.storage import FolderStorage
from portal.notices import services as notices
from portal.notices.models import NoticeScope
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.worker import Worker
from portal.tickets import services as tickets
from portal.tickets.models import Ticket, TicketState
from tests.bodies import ONCE
from tests.expectations import cases
from tests.journeys.live import Mailbox, receiving
from tests.world import World, a_world
from tests.world.things import a_notice

pytestmark = pytest.mark.slow

CANARY = "zz-canary-zz"
INTERNAL = (CANARY, "zz-mine-note-zz", "zz-other-note-zz", "zz-shared-note-zz", "note-file")
"""What stands in notes, beside notes, in reasons among colleagues, and in what was given up."""
OUTSIDE = ("anonymous", "customer", "colleague", "manager", "other", "disabled")
MOST_TURNS = 400


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Mailbox]]:
    """Return a world full of internal words, after the worker has sent and printed everything."""
    folder = tmp_path_factory.mktemp("canaries")
    with receiving() as (mailbox, port):
        settings = {"mail_delivery": "smtp", "smtp_url": f"smtp://127.0.0.1:{port}"}
        with a_world(folder, "", **settings) as world:
            hide_canaries(world)
            print_everything(world)
            worker = Worker(world.app)
            assert any(not worker.turn() for _ in range(MOST_TURNS)), "the worker never came to an end"
            yield world, mailbox


def hide_canaries(world: World) -> None:
    """Put a word into every field that only colleagues read, after which everything goes on."""
    at = clock.now()
    with world.database.write() as session:
        agent, second = world.people.actor(session, "agent"), world.people.actor(session, "second")
        ticket = session.scalars(select(Ticket).where(Ticket.reference == world.ids["ticket:mine"])).one()
        tickets.add_note(session, ticket, body=f"Note {CANARY}", by=agent, at=at)
        ask = tickets.StateChange(to=TicketState.WAITING_CUSTOMER, words="Which ward?")
        tickets.change_state(session, ticket, change=ask, by=agent, at=at)
        tickets.add_note(session, ticket, body=f"Another {CANARY}", by=second, at=at)
        solution = tickets.Resolution("A setting", "Set right", "Checked at night")
        tickets.resolve(session, ticket, resolution=solution, by=agent, at=at)
        draft = a_notice(session, world.people, "canary", NoticeScope.PUBLIC)
        notices.send_to_review(session, draft, by=agent, today=at.date())
        notices.send_back(session, draft, reason=f"Because {CANARY}", by=second)
        for letter in session.scalars(select(OutboxMessage).where(OutboxMessage.dead_at.is_not(None))):
            letter.last_error = f"TimeoutError: {CANARY}"


def print_everything(world: World) -> None:
    """Ask for every paper that somebody outside can have."""
    for name in ("mine", "shared", "other"):
        identity = "other" if name == "other" else "customer"
        path = f"/tickets/{world.ids[f'ticket:{name}']}/paper/en"
        assert world.ask(identity, "POST", path, data={"once": ONCE}).status_code == 303
    with world.database.write() as session:
        paper = session.scalars(select(Job).where(Job.dedupe_key.contains("N-2026-ours:1:en"))).one()
        paper.done_at, paper.result = None, {}


def test_the_words_are_there_for_colleagues(mailed: tuple[World, Mailbox]) -> None:
    world, _ = mailed
    assert CANARY in world.ask("agent", "GET", f"/desk/tickets/{world.ids['ticket:mine']}").text
    assert CANARY in world.ask("agent", "GET", "/desk/notices/N-2026-canary").text
    assert CANARY in world.ask("agent", "GET", "/desk/outbox").text


@pytest.mark.parametrize("identity", OUTSIDE)
def test_no_page_outside_has_them(mailed: tuple[World, Mailbox], identity: str) -> None:
    world, _ = mailed
    faults: list[str] = []
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for case in cases(world, rule):
            built = rule.build(dict(case.values))
            assert built is not None
            with world.ask(identity, "GET", built[1]) as answer:
                shown = answer.get_data() + repr(answer.headers).encode()
            faults += [f"{built[1]}: {word}" for word in INTERNAL if word.encode() in shown]
    assert faults == []


def test_no_mail_has_them(mailed: tuple[World, Mailbox]) -> None:
    _, mailbox = mailed
    assert len(mailbox.letters) >= 10
    assert [(letter["To"], word) for letter in mailbox.letters for word in INTERNAL if word in read(letter)] == []


def read(letter: EmailMessage) -> str:
    """Return everything that stands in a mail: its head, its text and its HTML."""
    parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in letter.items()), *parts])


def test_no_paper_has_them(mailed: tuple[World, Mailbox]) -> None:
    world, _ = mailed
    papers = printed(world)
    assert len(papers) >= 4
    assert [(name, word) for name, text in papers.items() for word in INTERNAL if word in text] == []


def printed(world: World) -> dict[str, str]:
    """Return the text of every PDF that the worker made."""
    store = FolderStorage(world.files)
    with world.database.read() as session:
        rows = session.scalars(select(StoredFile).where(StoredFile.media_type == "application/pdf")).all()
    return {f"{row.name} {row.id}": text_of(store.path_of(row.storage_key).read_bytes()) for row in rows}


def text_of(pdf: bytes) -> str:
    """Return the text of every page of a PDF."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
