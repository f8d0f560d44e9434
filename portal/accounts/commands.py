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
_ROLES = [each.value for each in (Role.ADMIN, Role.AGENT, Role.MANAGER, Role.CONTACT)]


@click.group("user")
def user() -> None:
    """Make people who can sign in."""


@user.command("create")
@click.option("--role", prompt=True, type=click.Choice(_ROLES), help="Admins and agents are support's own people.")
@click.option("--name", prompt=True, help="As colleagues and customers see it.")
@click.option("--email", help="Asked for where it is not given; may be empty where there is a user name.")
@click.option("--user-name", help="For people without mail.")
@click.option("--organisation", help="For managers and contacts; made where there is none of that name.")
@with_appcontext
def create(role: str, name: str, email: str | None, user_name: str | None, organisation: str | None) -> None:
    """Make one person; asks for what is not given, and for a password."""
    as_role = Role(role)
    if as_role in _AT_AN_ORGANISATION and not organisation:
        organisation = click.prompt("Organisation")
    if not email:
        email = click.prompt("E-mail", default="", show_default=False)
    if not email and not user_name:
        user_name = click.prompt("User name")
    newcomer = Newcomer(name, email=email or None, user_name=user_name, password_hash=_password())
    try:
        with web.changing() as session:
            person = services.add_person(session, newcomer, at=clock.now())
            _give_role(session, person, as_role, organisation or "")
    except PersonError as error:
        raise click.ClickException(f"Somebody else has {error.parameters['value']} already.") from error
    click.echo(f"{name} can sign in as {email or user_name}.")


def _password() -> str:
    """Return what is kept of a new password."""
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
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
