"""Who is in the demonstration, and what their hospitals run."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Agent, Contact, Installation, Organisation
from portal.catalogue.models import Module, Product
from portal.core.actor import Actor, Role, SeeScope

PRODUCTS = {
    "his": {"en": "HIS outpatient and inpatient", "zh_Hans": "HIS 门诊住院系统", "zh_Hant": "HIS 門診住院系統"},
    "emr": {"en": "Doctors’ orders and records", "zh_Hans": "医嘱与病历", "zh_Hant": "醫囑與病歷"},
    "insurance": {"en": "Insurance interface", "zh_Hans": "医保接口", "zh_Hant": "醫保介面"},
    "pacs": {"en": "Cloud PACS", "zh_Hans": "云影像 PACS", "zh_Hant": "雲端影像 PACS"},
}
MODULES = {
    "orders": {"en": "Writing orders", "zh_Hans": "开医嘱", "zh_Hant": "開立醫囑"},
    "transfer": {"en": "Patient transfer or discharge", "zh_Hans": "转科与出院", "zh_Hant": "轉科與出院"},
    "charge": {"en": "Charging and receipts", "zh_Hans": "收费与发票", "zh_Hant": "收費與收據"},
    "report": {"en": "Reports", "zh_Hans": "报表", "zh_Hant": "報表"},
}
PHONES = {"nurse": "010-5555-0101", "it-head": "010-5555-0102", "neighbour": "010-5555-0103"}
"""Nobody has a number that begins like these: whoever calls one disturbs no one."""
_MODULES_OF = {"his": ("orders", "transfer", "charge", "report"), "emr": ("orders", "transfer", "report")}


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, to build the rest of the demonstration with."""

    qinghe: Organisation
    changsha: Organisation
    nurse: Contact
    it_head: Contact
    neighbour: Contact
    chen: Agent
    wang: Agent

    def actor(self, who: Contact | Agent, name: str) -> Actor:
        """Return one of them as the person acting."""
        if isinstance(who, Agent):
            return Actor(person_id=who.person_id, role=Role(who.role), name=name, agent_id=who.id)
        return Actor(
            person_id=who.person_id,
            role=Role(who.role),
            name=name,
            contact_id=who.id,
            organisation_id=who.organisation_id,
            see_scope=SeeScope(who.see_scope),
        )


def enter(session: Session, *, at: datetime) -> Cast:
    """Make the vendor's products, the hospitals and their people."""
    _make_catalogue(session)
    qinghe = _hospital(session, "青禾市人民医院", region="华南", address="青禾市人民路 12 号", at=at)
    changsha = _hospital(session, "长沙市中医院", region="华中", address="长沙市人民南路 597 号", at=at)
    nurse = _contact(session, qinghe, "林小燕", "nurse", at=at)
    it_head = _contact(session, qinghe, "唐秀英", "it-head", at=at, role=Role.MANAGER)
    it_head.see_scope = SeeScope.ORGANISATION
    neighbour = _contact(session, changsha, "周海涛", "neighbour", at=at, role=Role.MANAGER)
    neighbour.see_scope = SeeScope.ORGANISATION
    chen = _agent(session, "陈立", "chen", at=at)
    wang = _agent(session, "王敏", "wang", at=at)
    _agent(session, "李娜", "admin", at=at, role=Role.ADMIN)
    qinghe.service_manager_id = changsha.service_manager_id = wang.id
    qinghe.named_agent_id = chen.id
    _install(session, qinghe, his="5.5.1", emr="5.2.0", insurance="3.2.0", pacs="4.1.1", at=at)
    _install(session, changsha, his="5.6.3", insurance="", at=at)
    session.flush()
    return Cast(qinghe, changsha, nurse, it_head, neighbour, chen, wang)


def _make_catalogue(session: Session) -> None:
    session.add_all([Product(code=code, names=names) for code, names in PRODUCTS.items()])
    session.flush()
    for product, modules in _MODULES_OF.items():
        session.add_all([Module(product_code=product, code=each, names=MODULES[each]) for each in modules])


def _hospital(session: Session, name: str, *, region: str, address: str, at: datetime) -> Organisation:
    row = Organisation(name=name, region=region, address=address, locale="zh_Hans", created_at=at)
    session.add(row)
    session.flush()
    return row


def _contact(
    session: Session, hospital: Organisation, name: str, user_name: str, *, role: Role = Role.CONTACT, at: datetime
) -> Contact:
    email = f"{user_name}@hospital.example"
    newcomer = accounts.Newcomer(name, email=email, phone=PHONES[user_name], user_name=user_name)
    person = accounts.add_person(session, newcomer, at=at)
    return accounts.add_contact(session, person, hospital, role=role)


def _agent(session: Session, name: str, user_name: str, *, at: datetime, role: Role = Role.AGENT) -> Agent:
    newcomer = accounts.Newcomer(name, email=f"{user_name}@vendor.example", user_name=user_name)
    return accounts.add_agent(session, accounts.add_person(session, newcomer, at=at), role=role)


def _install(session: Session, hospital: Organisation, *, at: datetime, **versions: str) -> None:
    session.add_all(
        [
            Installation(
                organisation_id=hospital.id,
                product_code=product,
                version=version,
                site="信息科机房",
                modules=list(_MODULES_OF.get(product, ())),
                changed_at=at,
            )
            for product, version in versions.items()
        ]
    )
