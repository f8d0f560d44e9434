"""What the demonstration practises for: ten hospitals that report the same at once, and an emergency plan."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Agent, Installation, Organisation
from portal.catalogue.models import Release
from portal.core.actor import Actor, Role
from portal.demo.cast import Cast
from portal.demo.describing import describe
from portal.plans import services as plans
from portal.plans.models import IncidentClass, PlanContact
from portal.plans.services import Plan, Step
from portal.tickets import services as tickets
from portal.tickets.models import Priority

_MINUTE = timedelta(minutes=1)
_HOSPITALS = ("松林", "清溪", "云岭", "安平", "和泰", "长丰", "新港", "白鹭", "青石", "东湖")
_ERROR = "YB-3021 医保结算超时"
_FINGERPRINT = "demo-yb-3021"


def tell(session: Session, people: Cast, *, at: datetime) -> None:
    """Let ten hospitals report within ten minutes that the insurance doesn't settle, two hours after a release."""
    session.add(Release(product_code="insurance", version="3.2.1", published_at=at - timedelta(hours=2)))
    for number, name in enumerate(_HOSPITALS):
        head = accounts.Newcomer(f"{name}医院信息科", phone=f"010-5555-02{number:02d}", user_name=f"it-{name}")
        _report(session, people, head, at=at - (14 - number) * _MINUTE, joined_at=at)
    _write_plan(session, people, at=at)


def _report(session: Session, people: Cast, head: accounts.Newcomer, *, at: datetime, joined_at: datetime) -> None:
    name = head.name.removesuffix("信息科")
    address = f"{name.removesuffix('医院')}市健康路 1 号"
    hospital = Organisation(name=name, address=address, region="华东", locale="zh_Hans", created_at=joined_at)
    session.add(hospital)
    session.flush()
    hospital.service_manager_id = people.wang.id
    session.add(
        Installation(organisation_id=hospital.id, product_code="insurance", version="3.2.1", changed_at=joined_at)
    )
    person = accounts.add_person(session, head, at=joined_at)
    contact = accounts.add_contact(session, person, hospital, role=Role.MANAGER)
    by = Actor(person_id=person.id, role=Role.MANAGER, contact_id=contact.id, organisation_id=hospital.id)
    opening = tickets.Opening(
        title=_ERROR,
        severity=Priority.P3,
        document=describe("insurance", "3.2.1", at=at),
        organisation_id=hospital.id,
        contact_id=contact.id,
        product_code="insurance",
        questionnaire="his-fault",
        fingerprint=_FINGERPRINT,
    )
    tickets.open_ticket(session, opening=opening, by=by, at=at)


def _admin(session: Session) -> UUID:
    """Return who sets the portal up; they are called where the one who leads doesn't answer."""
    return session.scalars(select(Agent.id).where(Agent.role == Role.ADMIN)).one()


def _write_plan(session: Session, people: Cast, *, at: datetime) -> None:
    """Agree on a plan with Qinghe; its IT head takes part in drills."""
    plan = Plan(
        name="青禾市人民医院：全院用不了",
        incident_class=IncidentClass.OUTAGE,
        organisation_id=people.qinghe.id,
        roles=[
            plans.Role("", people.wang.id, tells_customers=True),
            plans.Role("总指挥", people.chen.id, _admin(session)),
        ],
        steps=[
            Step("致电信息科主任，确认影响范围", 5),
            Step("请医院启用纸质单据", 10),
            Step("切换到备用数据库", 30),
            Step("各科室试用一遍，确认恢复", 60),
        ],
        contacts=[people.it_head.id, people.nurse.id],
    )
    row = plans.write_plan(session, None, plan=plan, by=people.actor(people.chen, "陈立"), at=at)
    plans.join_drills(session, session.get_one(PlanContact, (row.id, people.it_head.id)), wants=True, at=at)
