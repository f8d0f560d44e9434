"""Invitations that somebody would use twice, use for more than they say, or use after they were taken back."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.accounts import services
from portal.accounts.models import Contact, Invitation, Organisation, Person
from portal.core import clock
from portal.core.actor import Role
from portal.outbox.models import OutboxMessage
from portal.outbox.sealing import unseal
from tests.postgres import new_database
from tests.racing import together
from tests.world import World, a_world
from tests.world.things import SECRET_KEY

pytestmark = pytest.mark.slow

JOINING = {"name": "Gu Ming", "password": "four words put together", "again": "four words put together"}
GUEST = "gu.ming@hospital.example"


def invite(world: World, identity: str = "manager", **changed: str) -> int:
    data = {"name": "Gu Ming", "email": GUEST, "role": "contact", **changed}
    path = f"/organisations/{world.ids['organisation:ours']}/invitations"
    return world.ask(identity, "POST", path, data=data).status_code


def joined(world: World) -> list[tuple[str, UUID]]:
    with world.database.read() as session:
        rows = select(Contact.role, Contact.organisation_id).join(Person, Person.id == Contact.person_id)
        return [(role, organisation) for role, organisation in session.execute(rows.where(Person.name == "Gu Ming"))]


@pytest.mark.parametrize("role", ["admin", "agent", "MANAGER", "", "manager,admin"])
def test_no_invitation_makes_an_agent(world: World, role: str) -> None:
    assert invite(world, role=role) == 422


@pytest.mark.parametrize("extra", ["organisation_id", "role", "email", "is_admin", "invitation_id", "person_id"])
def test_the_guest_gets_what_was_written_and_nothing_else(world: World, extra: str) -> None:
    more = {extra: {"organisation_id": world.ids["organisation:theirs"]}.get(extra, "admin")}
    link = f"/invitations/{world.ids['token:open']}"
    assert world.ask("anonymous", "POST", link, data={**JOINING, **more}).status_code == 303
    assert joined(world) == [("contact", UUID(world.ids["organisation:ours"]))]


@pytest.mark.parametrize("identity", ["customer", "colleague", "by_product"])
def test_whoever_may_not_invite_does_not(world: World, identity: str) -> None:
    assert invite(world, identity) == 403


def test_it_works_once(world: World) -> None:
    link = f"/invitations/{world.ids['token:open']}"
    answers = [world.ask("anonymous", "POST", link, data=JOINING).status_code for _ in range(3)]
    assert answers == [303, 404, 404]


def test_one_that_was_taken_back_lets_nobody_in(world: World) -> None:
    assert invite(world) == 303
    row, token = newest(world)
    assert world.ask("manager", "POST", f"/invitations/{row}/revoke").status_code == 303
    assert world.ask("anonymous", "POST", f"/invitations/{token}", data=JOINING).status_code == 404


def test_one_that_was_used_can_not_be_taken_back(world: World) -> None:
    assert invite(world) == 303
    row, token = newest(world)
    assert world.ask("anonymous", "POST", f"/invitations/{token}", data=JOINING).status_code == 303
    assert world.ask("manager", "POST", f"/invitations/{row}/revoke").status_code == 404


def test_the_second_of_two_invitations_to_one_address_is_over(world: World) -> None:
    tokens = []
    for _ in range(2):
        assert invite(world) == 303
        tokens.append(newest(world)[1])
    answers = [world.ask("anonymous", "POST", f"/invitations/{each}", data=JOINING).status_code for each in tokens]
    assert answers == [303, 404]


def test_nobody_floods_others_with_invitations(world: World) -> None:
    known = "person1@hospital.example"
    assert invite(world, email=known) in (303, 422)
    answers = [invite(world, email=f"guest{number}@hospital.example") for number in range(204)]
    assert answers.count(303) == 199
    assert set(answers[199:]) == {429}


@pytest.mark.parametrize("name", ["Gu\r\nBcc: all@evil.example", "<script>alert(1)</script>", "\u202egnp.exe"])
def test_no_name_adds_to_the_mails_head(world: World, name: str) -> None:
    invite(world, name=name)
    row, _ = newest(world)
    with world.database.read() as session:
        assert "\r" not in session.get_one(Invitation, UUID(row)).name


def newest(world: World) -> tuple[str, str]:
    """Return the id of the newest invitation, and the secret of its link."""
    with world.database.read() as session:
        row = session.scalars(
            select(Invitation).where(Invitation.email == GUEST).order_by(Invitation.id.desc())
        ).first()
        assert row is not None
        sealed = session.scalars(select(OutboxMessage.secret).where(OutboxMessage.subject_id == row.id)).one()
        return str(row.id), unseal(sealed or b"", SECRET_KEY)


def come_in_at_once(world: World) -> None:
    """Accept one invitation from several browsers at the same moment; one comes in, the others hear that it is over."""
    link = f"/invitations/{world.ids['token:open']}"
    answers = together([lambda: world.ask("anonymous", "POST", link, data=JOINING).status_code] * 6)
    assert sorted(answers) == [303] + [404] * 5
    assert len(joined(world)) == 1


def test_of_several_who_come_at_once_one_gets_in(world: World) -> None:
    come_in_at_once(world)


@pytest.mark.slow
@pytest.mark.postgres
def test_of_several_who_come_at_once_one_gets_in_on_postgresql(postgres_cluster: Path, tmp_path: Path) -> None:
    with new_database(postgres_cluster) as url, a_world(tmp_path, url) as strict:
        come_in_at_once(strict)


@pytest.mark.slow
@pytest.mark.postgres
def test_a_code_that_several_try_at_once_lets_one_in_on_postgresql(postgres_cluster: Path, tmp_path: Path) -> None:
    with new_database(postgres_cluster) as url, a_world(tmp_path, url) as strict:
        who = strict.people.contacts["customer"].person_id
        with strict.database.write() as session:
            services.send_code(session, person_id=who, secret_key=SECRET_KEY, at=clock.now())
        with strict.database.read() as session:
            of_codes = select(OutboxMessage.secret).where(OutboxMessage.kind == "accounts.sign_in_code")
            code = unseal(session.scalars(of_codes).one() or b"", SECRET_KEY)

        def use() -> bool:
            with strict.database.write() as session:
                return services.use_code(session, person_id=who, code=code, secret_key=SECRET_KEY, at=clock.now())

        assert sorted(together([use] * 6)) == [False] * 5 + [True]


def test_managers_are_made_only_by_those_who_may(world: World) -> None:
    with world.database.read() as session:
        before = session.execute(
            select(func.count()).select_from(Contact).where(Contact.role == Role.MANAGER)
        ).scalar_one()
        assert session.execute(select(func.count()).select_from(Organisation)).scalar_one() == 2
    assert invite(world, "customer", role="manager") == 403
    with world.database.read() as session:
        after = select(func.count()).select_from(Contact).where(Contact.role == Role.MANAGER)
        assert session.execute(after).scalar_one() == before
