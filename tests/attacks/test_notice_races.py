"""Two people at the same notice at the same moment: one does it, the other is told, and nothing is half done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from portal.core import clock
from portal.notices import messages, services
from portal.notices.models import (
    ActionNeeded,
    Notice,
    NoticeKind,
    NoticeScope,
    NoticeState,
    NoticeText,
    Receipt,
    ReceiptKind,
    RevisionState,
    Step,
    Words,
)
from portal.notices.queries.workbench import working_revision
from portal.notices.services import Draft, Facts
from portal.outbox.models import OutboxMessage
from tests.postgres import new_database
from tests.racing import together
from tests.world import World, a_world

TODAY = date(2026, 4, 21)
FACTS = Facts(
    kind=NoticeKind.ADVISORY,
    scope=NoticeScope.PUBLIC,
    action=ActionNeeded.REQUIRED,
    act_by=TODAY + timedelta(days=9),
    expires_on=TODAY + timedelta(days=90),
    source_language="en",
)
WORDS = Words(what="Storms cut the power.", do="Make a backup.", steps=(Step("Press it.", "It opens."),))


@dataclass(frozen=True)
class Scene:
    """A notice in the world, and what people send about it."""

    world: World
    code: str

    def send(self, who: str, path: str, **values: str) -> Callable[[], int]:
        """Return what sends a form of the notice, as somebody."""
        return lambda: self.world.ask(who, "POST", path.format(code=self.code), data=values).status_code

    def desk(self, who: str, step: str, **values: str) -> Callable[[], int]:
        """Return what presses a button of the notice's page on the desk, as it was shown now."""
        with self.world.database.read() as session:
            version = session.scalars(select(Notice.version).where(Notice.code == self.code)).one()
        return self.send(who, "/desk/notices/{code}/" + step, version=str(version), **values)

    def state(self) -> tuple[NoticeState, RevisionState, int]:
        """Return where the notice, its newest revision and its version stand."""
        with self.world.database.read() as session:
            notice = session.scalars(select(Notice).where(Notice.code == self.code)).one()
            revision = working_revision(session, notice)
            return NoticeState(notice.state), RevisionState(revision.state), notice.version

    def told(self, kind: str) -> int:
        """Return how many people are told of the notice by a kind of mail."""
        with self.world.database.read() as session:
            notice_id = session.scalars(select(Notice.id).where(Notice.code == self.code)).one()
            is_meant = (OutboxMessage.subject_id == notice_id, OutboxMessage.kind == kind)
            return session.scalars(select(func.count()).select_from(OutboxMessage).where(*is_meant)).one()


def in_review(world: World) -> Scene:
    """Write a notice in one language, and ask a colleague to look at it."""
    at = clock.now()
    with world.database.write() as session:
        author = world.people.actor(session, "agent")
        notice = services.start_notice(session, FACTS, by=author, at=at)
        services.save_text(session, notice, "en", Draft("Rainy season", WORDS), by=author)
        services.send_to_review(session, notice, by=author, today=TODAY)
        for language in ("zh_Hans", "zh_Hant"):
            services.waive(session, notice, language, by=author)
        return Scene(world, notice.code)


def approved(world: World) -> Scene:
    """Have it approved, too."""
    scene = in_review(world)
    assert scene.desk("second", "approve")() == 303
    return scene


def with_a_next_revision(world: World) -> Scene:
    """Publish it, and have another revision of it approved, which changes what readers must do."""
    scene = approved(world)
    assert scene.desk("agent", "publish")() == 303
    assert scene.desk("agent", "revise", weight="material", once="r")() == 303
    with world.database.write() as session:
        notice = session.scalars(select(Notice).where(Notice.code == scene.code)).one()
        draft = NoticeText.revision_id == working_revision(session, notice).id
        session.execute(update(NoticeText).where(draft).values(change="A second disk."))
        services.send_to_review(session, notice, by=world.people.actor(session, "agent"), today=TODAY)
        for language in ("zh_Hans", "zh_Hant"):
            services.waive(session, notice, language, by=world.people.actor(session, "agent"))
    assert scene.desk("second", "approve")() == 303
    return scene


def approve_twice(world: World) -> None:
    scene = in_review(world)
    before = scene.state()[2]
    assert together([scene.desk("second", "approve"), scene.desk("admin", "approve")]) == [303, 303]
    assert scene.state() == (NoticeState.DRAFT, RevisionState.APPROVED, before + 1)


def publish_twice(world: World) -> None:
    scene = approved(world)
    before = scene.state()[2]
    assert together([scene.desk("agent", "publish"), scene.desk("second", "publish")]) == [303, 303]
    assert scene.state() == (NoticeState.ACTIVE, RevisionState.PUBLISHED, before + 1)


def publish_and_withdraw(world: World) -> None:
    scene = with_a_next_revision(world)
    told = scene.told(messages.PUBLISHED)
    before = scene.state()[2]
    together([scene.desk("agent", "publish"), scene.desk("second", "withdraw", reason="Wrong.", once="w")])
    state, revision, version = scene.state()
    # Whoever was first has done it; the other's page was of before, so that nothing was done twice.
    assert version == before + 1
    if state is NoticeState.WITHDRAWN:
        assert (revision, scene.told(messages.PUBLISHED)) == (RevisionState.APPROVED, told)
    else:
        assert (state, revision) == (NoticeState.ACTIVE, RevisionState.PUBLISHED)


def answer_and_publish(world: World) -> None:
    scene = with_a_next_revision(world)
    answer = scene.send("customer", "/notices/{code}/answer", answer="done", once=scene.code, revision="1")
    assert together([answer, scene.desk("agent", "publish")]) == [303, 303]
    with world.database.read() as session:
        notice = session.scalars(select(Notice).where(Notice.code == scene.code)).one()
        is_answer = (Receipt.notice_id == notice.id, Receipt.kind == ReceiptKind.DONE)
        numbers = session.scalars(select(Receipt.revision_number).where(*is_answer)).all()
        assert (notice.material_number, numbers) == (2, [1])


def begin_a_season_twice(world: World) -> None:
    path = f"/desk/notices/series/{world.ids['series:south']}/begin"

    def begin(who: str) -> Callable[[], str]:
        return lambda: world.ask(who, "POST", path).headers["Location"]

    first, second = together([begin("agent"), begin("second")])
    assert first == second


RACES = (approve_twice, publish_twice, publish_and_withdraw, answer_and_publish, begin_a_season_twice)


@pytest.mark.parametrize("race", RACES)
def test_nothing_is_half_done(world: World, race: Callable[[World], None]) -> None:
    race(world)


@contextmanager
def on_postgresql(cluster: Path, folder: Path) -> Iterator[World]:
    """Build the world on a real PostgreSQL, where two really do write at once."""
    with new_database(cluster) as url, a_world(folder, url) as strict:
        yield strict


@pytest.mark.slow
@pytest.mark.postgres
def test_nothing_is_half_done_on_postgresql(postgres_cluster: Path, tmp_path: Path) -> None:
    with on_postgresql(postgres_cluster, tmp_path) as world:
        for race in RACES * 2:
            race(world)
