"""Reads for the customer's home and organisation page."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Agent, Organisation, Person


def service_people(session: Session, organisation_id: UUID) -> tuple[str | None, str | None]:
    """Return the names of an organisation's service manager and named engineer, where it has them."""
    manager, engineer = aliased(Agent), aliased(Agent)
    manager_person, engineer_person = aliased(Person), aliased(Person)
    row = session.execute(
        select(manager_person.name, engineer_person.name)
        .select_from(Organisation)
        .outerjoin(manager, manager.id == Organisation.service_manager_id)
        .outerjoin(manager_person, manager_person.id == manager.person_id)
        .outerjoin(engineer, engineer.id == Organisation.named_agent_id)
        .outerjoin(engineer_person, engineer_person.id == engineer.person_id)
        .where(Organisation.id == organisation_id)
    ).one()
    return row[0], row[1]
