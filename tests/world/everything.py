"""The whole world: an application, everybody's browser, and every thing by its name."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts.doorman import TOKEN
from portal.core import clock, web
from portal.core.db import Database
from portal.files.storage import FolderStorage
from portal.notices.models import NoticeScope
from portal.ratings.views.landing import link_for
from portal.tickets import services as tickets
from portal.tickets.models import Audience, Ticket
from portal.ui.assets import load_assets
from tests.world import dangers, desk, following, paper, seasons, things
from tests.world import people as cast
from tests.world.people import People


@dataclass
class World:
    """Where requests are made as anybody; ``restore`` brings everything back to how it was built."""

    app: Flask
    people: People
    ids: dict[str, str] = field(default_factory=dict)
    """What stands in an address, by the thing's name."""

    @property
    def database(self) -> Database:
        """Return the portal's database."""
        with self.app.app_context():
            return web.database()

    @property
    def files(self) -> Path:
        """Return the folder in which files are stored."""
        return Path(self.app.extensions["plainport.settings"].files_folder).absolute()

    def browser(self, identity: str) -> FlaskClient:
        """Return a browser of somebody's own, as it was when they had signed in."""
        browser = FlaskClient(self.app, self.app.response_class)
        token = self.people.tokens.get(identity)
        if token:
            serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
            assert serializer is not None
            browser.set_cookie(self.app.config["SESSION_COOKIE_NAME"], serializer.dumps({TOKEN: token}))
        return browser

    def ask(self, identity: str, method: str, path: str, **values: Any) -> TestResponse:
        """Make one request as somebody."""
        return self.browser(identity).open(path, method=method, **values)

    def keep(self) -> None:
        """Remember everything as it is now."""
        self._copy(self._file, self._file.with_suffix(".kept"))

    def restore(self) -> None:
        """Bring the database back to how it was kept."""
        self._copy(self._file.with_suffix(".kept"), self._file)

    @cached_property
    def watching(self) -> Any:
        """Return a connection that only looks."""
        return self._open(self._file)

    @property
    def _file(self) -> Path:
        return Path(self.database.writer.url.database or "")

    def _open(self, path: Path) -> Any:
        """Open a database with the library that the portal uses; two of them would undo each other's locks."""
        return self.database.writer.dialect.loaded_dbapi.connect(path)

    def _copy(self, source: Path, target: Path) -> None:
        """Copy a database as SQLite does it, under the connections that are open."""
        read, written = self._open(source), self._open(target)
        written.execute("PRAGMA synchronous=OFF")
        read.backup(written)
        read.close()
        written.close()


def build(app: Flask) -> World:
    """Fill an empty portal."""
    with app.app_context():
        database = web.database()
    with database.write() as session:
        world = World(app, cast.enter(session))
        store = FolderStorage(world.files)
        _add_tickets(session, store, world)
        _add_drafts(session, store, world)
        _add_notices(session, store, world)
        world.ids |= seasons.enter(session, world.people)
        world.ids |= paper.enter(session, store, world.people)
        world.ids |= following.enter(session, world.people)
        _add_accounts(session, world)
        _add_set_up(session, store, world)
        world.ids |= dangers.enter(session, world.people)
    return world


def _add_tickets(session: Session, store: FolderStorage, world: World) -> None:
    people = world.people
    mine = things.a_ticket(session, people, "mine", "customer")
    other = things.a_ticket(session, people, "other", "other", product_code="emr")
    rows = {
        "mine": mine,
        "colleagues": things.a_ticket(session, people, "colleagues", "colleague"),
        "shared": things.a_ticket(session, people, "shared", "colleague"),
        "unshared": things.a_ticket(session, people, "unshared", "colleague"),
        "other": other,
    }
    by, who, at = people.actor(session, "colleague"), people.contacts["customer"].id, clock.now()
    for name in ("shared", "unshared"):
        tickets.share(session, rows[name], contact_id=who, by=by, at=at)
    tickets.unshare(session, rows["unshared"], contact_id=who, by=by, at=at)
    world.ids |= {f"ticket:{name}": row.reference for name, row in rows.items()}
    world.ids |= {f"ticket-id:{name}": str(row.id) for name, row in rows.items()}
    for name, ticket, by_whom in (("mine", mine, "customer"), ("other", other, "other")):
        files = things.attach(session, store, people, ticket, by_whom)
        world.ids[f"file:{name}"] = str(files[Audience.CUSTOMER].id)
        world.ids[f"file:{name}-note"] = str(files[Audience.INTERNAL].id)
        world.ids[f"action:{name}"] = things.a_visit(session, people, ticket, f"{name}-visit")
    world.ids |= {f"version:{row.reference}": str(row.version) for row in rows.values()}
    with world.app.app_context():
        link = link_for(mine.id, people.contacts["customer"].person_id)
    world.ids["rating:mine"] = link.rpartition("/")[2]
    call = things.a_call_back(session)
    world.ids["ticket-id:call"] = call
    world.ids["ticket:call"] = session.get_one(Ticket, UUID(call)).reference


def _add_drafts(session: Session, store: FolderStorage, world: World) -> None:
    version = things.publish_questionnaires(session)
    for name in ("customer", "colleague", "other"):
        draft = things.a_draft(session, world.people, version, name)
        world.ids[f"draft:{name}"] = str(draft.id)
        world.ids[f"draft-file:{name}"] = str(things.a_draft_file(session, store, world.people, draft, name).id)
    phone = things.a_draft(session, world.people, version, "phone")
    world.ids["draft:phone"] = str(phone.id)
    over = things.a_draft(session, world.people, version, "customer")
    over.expires_at = clock.now()
    world.ids["draft:over"] = str(over.id)
    session.flush()


def _add_notices(session: Session, store: FolderStorage, world: World) -> None:
    people = world.people
    published = {
        "open": (NoticeScope.PUBLIC, None),
        "customers": (NoticeScope.CUSTOMERS, None),
        "ours": (NoticeScope.TARGETED, people.ours),
        "theirs": (NoticeScope.TARGETED, people.theirs),
    }
    for name, (scope, only) in published.items():
        things.publish(session, people, things.a_notice(session, people, name, scope, only))
    things.print_papers(session, store, people)
    things.a_notice(session, people, "draft", NoticeScope.PUBLIC)
    world.ids |= {f"notice:{name}": f"N-2026-{name}" for name in (*published, "draft")}


def _add_set_up(session: Session, store: FolderStorage, world: World) -> None:
    """Add what the desk writes down and sets up: articles, a fault, a report, a release, a list."""
    people = world.people
    for name in ("published", "draft"):
        world.ids[f"article:{name}"] = things.an_article(session, people, name)
    mine = session.get_one(Ticket, UUID(world.ids["ticket-id:mine"]))
    world.ids["fault:any"] = things.a_fault(session, people, mine)
    world.ids["report:ours"] = things.a_report(session, people)
    world.ids["release:any"] = things.a_release(session)
    world.ids["import:any"] = things.a_list(session, store, people)
    world.ids |= {f"agent:{name}": str(each.id) for name, each in people.agents.items()}


def _add_accounts(session: Session, world: World) -> None:
    people = world.people
    for name, organisation in (("ours", people.ours), ("theirs", people.theirs)):
        world.ids[f"summary:{name}"] = things.a_summary(session, organisation)
        world.ids[f"organisation:{name}"] = str(organisation.id)
        world.ids[f"invitation:{name}"] = things.an_invitation(session, people, name, organisation)[0]
    world.ids["group:ours"] = things.a_chat_group(session, people.ours)
    world.ids["token:open"] = things.an_invitation(session, people, "token", people.ours)[1]
    world.ids |= {"policy:default": "default", "calendar:office": "cn-office"}
    world.ids |= desk.fill_desk(session, people)
    world.ids["feed:customer"] = things.a_feed(session, people, "customer")
    world.ids["asset:any"] = next(iter(load_assets().values())).file_name
    world.ids["call:call"], world.ids["call:mine"] = world.ids["ticket-id:call"], world.ids["ticket-id:mine"]
    for name in ("customer", "other"):
        world.ids[f"letter:{name}"] = things.a_dead_letter(session, people.contacts[name].person_id)
    world.ids |= {f"session:{name}": each for name, each in people.session_ids.items()}
    world.ids |= {f"installation:{name}": str(each.id) for name, each in people.installations.items()}
    world.ids |= {f"contact:{name}": str(each.id) for name, each in people.contacts.items()}
    world.ids |= {f"person:{name}": str(each.person_id) for name, each in people.contacts.items()}
