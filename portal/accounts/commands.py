"""Making people from the command line: the first admin, or somebody without mail."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import passwords, services
from portal.accounts.models import Organisation, Person
from portal.accounts.services import Newcomer, PersonError
from portal.core import clock, web
from portal.core.actor import Role

_AT_AN_ORGANISATION = (Role.CONTACT, Role.MANAGER)
_ROLE = click.Choice([each.value for each in (Role.ADMIN, Role.AGENT, Role.MANAGER, Role.CONTACT)])


@click.group("user")
def user() -> None:
    """Make people who can sign in."""


@user.command("create")
@click.option("--role", type=_ROLE, help="Admins and agents are support's own people.")
@click.option("--name", help="As colleagues and customers see it.")
@click.option("--email", help="May be empty where there is a user name.")
@click.option("--user-name", help="For people without mail.")
@click.option("--organisation", help="For managers and contacts; made where there is none of that name.")
@with_appcontext
def create(**given: str | None) -> None:
    """Make one person; asks for what is not given, and for a password."""
    role = Role(given["role"] or click.prompt("Role", type=_ROLE))
    name = given["name"] or click.prompt("Name")
    organisation = _organisation_name(role, given["organisation"])
    email, user_name = _ways_in(given["email"], given["user_name"])
    newcomer = Newcomer(name, email=email, user_name=user_name, password_hash=_password())
    try:
        with web.changing() as session:
            person = services.add_person(session, newcomer, at=clock.now())
            _give_role(session, person, role, organisation)
    except PersonError as error:
        raise click.ClickException(f"Somebody else has {error.parameters['value']} already.") from error
    click.echo(f"{name} can sign in as {email or user_name}.")


def _organisation_name(role: Role, given: str | None) -> str:
    if role not in _AT_AN_ORGANISATION:
        return ""
    return given or str(click.prompt("Organisation"))


def _ways_in(email: str | None, user_name: str | None) -> tuple[str | None, str | None]:
    """Return an e-mail address, a user name, or both; asks until there is one."""
    if not email and not user_name:
        email = click.prompt("E-mail (empty for somebody without)", default="", show_default=False)
    if not email and not user_name:
        user_name = click.prompt("User name")
    return email or None, user_name or None


def _password() -> str:
    """Return what is kept of a new password."""
    asked = f"Password (at least {passwords.SHORTEST} characters)"
    password: str = click.prompt(asked, hide_input=True, confirmation_prompt=True)
    if not passwords.is_long_enough(password):
        raise click.ClickException(f"Please choose a password of at least {passwords.SHORTEST} characters.")
    return passwords.hashed(password)


def _give_role(session: Session, person: Person, role: Role, organisation: str) -> None:
    if role in _AT_AN_ORGANISATION:
        services.add_contact(session, person, _organisation(session, organisation), role=role)
    else:
        services.add_agent(session, person, role=role)


def _organisation(session: Session, name: str) -> Organisation:
    found = session.execute(select(Organisation).where(Organisation.name == name).limit(1)).scalar()
    if found is None:
        found = Organisation(name=name, created_at=clock.now())
        session.add(found)
        session.flush()
    return found
