"""What the portal knows about who fills in, so that it needn't ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.answers import Answers
from intake.plain import Json
from intake.questionnaire import Questionnaire
from portal.accounts.models import Contact, Installation, Person

_MOST_RUN = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal knows about who fills in, so that it needn't ask."""

    name: str = ""
    phone: str = ""
    versions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The versions that the organisation runs, by product code."""


def known_about(session: Session, contact_id: UUID) -> Known:
    """Return what we know about a contact and what their organisation runs, in one statement."""
    rows = session.execute(
        select(Person.name, Person.phone, Installation.product_code, Installation.version)
        .select_from(Contact)
        .join(Person, Person.id == Contact.person_id)
        .outerjoin(Installation, Installation.organisation_id == Contact.organisation_id)
        .where(Contact.id == contact_id)
        .limit(_MOST_RUN)
    ).all()
    if not rows:
        return Known()
    codes = {row.product_code for row in rows if row.product_code}
    versions = {
        code: frozenset(row.version for row in rows if row.product_code == code and row.version) for code in codes
    }
    return Known(name=rows[0].name, phone=rows[0].phone or "", versions=versions)


def products_run(session: Session, organisation_id: UUID | None) -> frozenset[str]:
    """Return the codes of the products that an organisation runs."""
    rows = select(Installation.product_code).where(Installation.organisation_id == organisation_id).distinct()
    return frozenset(session.scalars(rows.limit(_MOST_RUN)))


def nearest_first(questionnaires: Iterable[Questionnaire], runs: frozenset[str]) -> list[Questionnaire]:
    """Return questionnaires as somebody looks for them: about what they run, about anything, about other products."""
    return sorted(questionnaires, key=lambda each: _distance(_products_of(each), runs))


def _products_of(questionnaire: Questionnaire) -> frozenset[str]:
    asked = (each for each in questionnaire.questions.values() if each.type == "product")
    return frozenset(option.id for each in asked for option in each.options) - {"other", "unknown"}


def _distance(named: frozenset[str], runs: frozenset[str]) -> int:
    if not named:
        return 1
    return 2 if named.isdisjoint(runs) else 0


def context_for(known: Known, questionnaire: Questionnaire, answers: Answers) -> dict[str, Json]:
    """Return the context values an interview may use; what isn't certain is left out rather than guessed."""
    product = _product(known, questionnaire, answers)
    versions = known.versions.get(product, frozenset())
    context = {
        "installation.product": product if product in known.versions else "",
        "installation.version": next(iter(versions)) if len(versions) == 1 else "",
        "contact.name": known.name,
        "contact.phone": known.phone,
    }
    return {name: value for name, value in context.items() if value}


def _product(known: Known, questionnaire: Questionnaire, answers: Answers) -> str:
    """Return the product that was answered, or the only one that the organisation runs."""
    asked = (question.id for question in questionnaire.questions.values() if question.type == "product")
    answered = next((answers[each] for each in asked if each in answers), None)
    if isinstance(answered, str):
        return answered
    return next(iter(known.versions)) if len(known.versions) == 1 else ""
