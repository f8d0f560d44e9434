"""How the demonstration's desk works: its teams, who knows what, who is on duty, and what is often written."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.demo.cast import Cast
from portal.desk import services as desk
from portal.replies import services as replies
from portal.teams import services as teams

TEAMS = ("住院组", "医保接口组")
_REPLIES = {
    "已收到，正在看": {
        "zh_Hans": "{contact}，您好：{reference} 我们已经在看了，有进展马上写给您。急的话请打 {hotline}。{agent}",
        "zh_Hant": "{contact}，您好：{reference} 我們已經在看了，有進展馬上寫給您。急的話請打 {hotline}。{agent}",
        "en": "Dear {contact}, we are looking at {reference}, and write when we know more. Call {hotline}. {agent}",
    },
    "请试一试": {
        "zh_Hans": "{contact}，您好：{product} 已经改好，请您再试一次，看看还会不会出现。谢谢！{agent}",
        "zh_Hant": "{contact}，您好：{product} 已經改好，請您再試一次，看看還會不會出現。謝謝！{agent}",
        "en": "Dear {contact}, {product} is put right. Please try once more and tell us whether it comes back. {agent}",
    },
}


def tell(session: Session, people: Cast, *, at: datetime) -> None:
    """Make teams and skills, plan the duty, save replies, keep a view of the queue."""
    chen, wang = people.actor(people.chen, "陈立"), people.actor(people.wang, "王敏")
    for name, members in zip(TEAMS, ([people.chen.id, people.wang.id], [people.wang.id]), strict=True):
        team = teams.make_team(session, name=name, by=wang, at=at)
        teams.change_team(session, team, name=name, members=members, by=wang, at=at)
    teams.set_skills(
        session, people.chen.id, skills=[("his", "orders"), ("his", "transfer"), ("emr", "")], by=wang, at=at
    )
    teams.set_skills(session, people.wang.id, skills=[("insurance", ""), ("his", "")], by=wang, at=at)
    _plan_duty(session, chen, wang, at=at)
    for name, texts in _REPLIES.items():
        replies.keep_reply(session, None, name=name, texts=texts, by=chen, at=at)
    if chen.person_id is not None:
        desk.keep_filter(session, person_id=chen.person_id, name="我的紧急工单", asked="lane=mine&priority=P1", at=at)


def _plan_duty(session: Session, chen: Actor, wang: Actor, *, at: datetime) -> None:
    note = "青禾医保接口在盯着，16:00 前要给唐秀英回话。"
    if chen.agent_id is not None and wang.agent_id is not None:
        teams.plan_turn(session, agent_id=chen.agent_id, from_at=None, note=note, by=wang, at=at)
        later = at + timedelta(hours=12)
        teams.plan_turn(session, agent_id=wang.agent_id, from_at=later, note="", by=chen, at=at)
