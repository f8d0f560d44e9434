"""What the demonstration has learnt: a quarter of solved problems, articles, a fault on its way, a month's report."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Organisation
from portal.board import services as board
from portal.board.models import MonthlyReport
from portal.catalogue.models import FaultType, Release
from portal.core.actor import Actor, Role
from portal.core.db import new_id
from portal.demo.cast import Cast
from portal.demo.describing import describe
from portal.demo.desk import TEAMS
from portal.desk.services.learning import kept_typing
from portal.faults import services as faults
from portal.faults.models import FaultState
from portal.faults.services import Move
from portal.interviews.models import Deflection
from portal.knowledge import services as knowledge
from portal.knowledge.models import Article, ArticleState
from portal.knowledge.services import About, Step, Written
from portal.lessons import services as lessons
from portal.lessons.models import LessonOutcome, LessonTask
from portal.lessons.services import Settled
from portal.notices.models import Notice, NoticeKind
from portal.phrasebook.services import keep_repeated
from portal.ratings.models import Rating, RatingKind, RatingSource
from portal.tickets import services as tickets
from portal.tickets.models import Priority, Ticket
from portal.tickets.services import Resolution, Update

_BEIJING = ZoneInfo("Asia/Shanghai")
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_MODULES = (("transfer", "slow"), ("orders", "empty"), ("charge", "printing"), ("report", "slow"))
_TITLES = {"orders": "开医嘱时列表打不开", "charge": "发票打印不出来", "report": "日报表打印很慢"}
_TRANSFERS = ("转科时看不到空床位", "出院结算要等很久", "转科单的床号是旧的")
_COMPLICATED = ("转科步骤太复杂", "转科界面复杂，不知道点哪里", "办出院手续太复杂")
"""What the ward transfer is reported for; lately, that it is complicated stands out."""
_FAULT_TYPES = {
    "slow": {"en": "Slow", "zh_Hans": "很慢", "zh_Hant": "很慢"},
    "empty": {"en": "Empty list", "zh_Hans": "列表是空的", "zh_Hant": "清單是空的"},
    "printing": {"en": "Does not print", "zh_Hans": "打印不出来", "zh_Hant": "列印不出來"},
}
_WEEKS, _A_WEEK = 10, 6
_LATELY, _ONCE_BEFORE = 4, 5
"""In the weeks since then it is called complicated each week, and before that once."""
_F7: Sequence[tuple[str, Written]] = (
    (
        "zh_Hans",
        Written(
            "开医嘱时打不出中文怎么办？",
            "在医生站开医嘱，只能打出英文字母。",
            [Step("按一下键盘最上排的 {key:F7}", "输入框旁边显示「中」", "换到屏幕右下角，点「英」字")],
            "是 {key:F7} 一个键，不是先按 F 再按 7。",
        ),
    ),
    (
        "zh_Hant",
        Written(
            "開立醫囑時打不出中文怎麼辦？",
            "在醫生站開立醫囑，只能打出英文字母。",
            [Step("按一下鍵盤最上排的 {key:F7}", "輸入框旁邊顯示「中」", "到螢幕右下角，點「英」字")],
            "是 {key:F7} 一個鍵，不是先按 F 再按 7。",
        ),
    ),
    (
        "en",
        Written(
            "How do I type Chinese when writing orders?",
            "In the doctor’s workplace only Latin letters appear.",
            [Step("Press {key:F7} in the top row", "“中” stands beside the field", "Choose “英” at the bottom right")],
            "It is the one key {key:F7}, not F and then 7.",
        ),
    ),
)


def tell(session: Session, people: Cast, *, at: datetime) -> None:
    """Live through a quarter, write down what was learnt, and count it."""
    session.add_all(
        [
            FaultType(product_code="his", module_code=module, code=code, names=_FAULT_TYPES[code])
            for module, code in _MODULES
        ]
    )
    chen, wang = people.actor(people.chen, "陈立"), people.actor(people.wang, "王敏")
    _live_through(session, (chen, wang), at=at)
    _write_articles(session, chen, wang, at=at)
    _plan_a_fault(session, chen, at=at)
    _help_without_a_ticket(session, at=at)
    session.flush()
    _write_up(session, chen, at=at)
    keep_repeated(session, kept_typing(session, at=at), at=at)
    while board.count_changes(session, zone=_BEIJING):
        session.flush()
    while found := board.find_words(session, zone=_BEIJING, at=at):
        board.keep_words(session, found)
        session.flush()
    board.count_deflected(session, zone=_BEIJING, at=at)
    board.make_due_reports(session, zone=_BEIJING, at=at)
    for report in session.scalars(select(MonthlyReport).where(MonthlyReport.product_code == "his")):
        board.read_along(session, report, by=wang, wants=True, at=at)


def _live_through(session: Session, agents: Sequence[Actor], *, at: datetime) -> None:
    hospital = Organisation(
        name="榆林第一医院", code="K-1007", region="西北", tier="gold", locale="zh_Hans", created_at=at - 90 * _DAY
    )
    session.add(hospital)
    session.flush()
    newcomer = accounts.Newcomer("马建国", email="ma.jianguo@hospital.example", phone="010-5555-0104")
    person = accounts.add_person(session, newcomer, at=at - 90 * _DAY)
    contact = accounts.add_contact(session, person, hospital, role=Role.MANAGER)
    by = Actor(person_id=person.id, role=Role.MANAGER, contact_id=contact.id, organisation_id=hospital.id)
    for week in range(_WEEKS, 0, -1):
        for number in range(_A_WEEK):
            begun_at = at - week * 7 * _DAY + number * _HOUR
            _solve_one(session, by, agents[week % 2], number=number, week=week, at=begun_at)
    for number, hours in ((3, 26), (1, 9)):
        _solve_one(session, by, agents[0], number=number, week=0, at=at - hours * _HOUR)


def _solve_one(session: Session, by: Actor, agent: Actor, *, number: int, week: int, at: datetime) -> None:
    """Report one problem, answer it, solve it, and be rated; some were late, some quick, some are opened again."""
    module, title, fault_type = _problem(number, week)
    opening = tickets.Opening(
        title=title,
        severity=Priority.P3,
        document=describe("his", "5.5.1", at=at),
        organisation_id=by.organisation_id,
        contact_id=by.contact_id,
        product_code="his",
        module_code=module,
        fault_type=fault_type,
    )
    ticket = tickets.open_ticket(session, opening=opening, by=by, at=at)
    is_late, is_quick = week in (2, 3) and number % 2 == 0, week % 2 == 1 and number == 1
    if is_late:
        tickets.settle_due(session, at=at + 2 * _HOUR)
    taker = tickets.Taker(agent.agent_id, team=TEAMS[module == "charge"])
    tickets.give_to(session, ticket, taker=taker, by=agent, at=at + 8 * _MINUTE)
    if not is_quick:
        # One word that both agents like, and that no customer knows: the phrasebook will propose it.
        done = "" if number % 2 else "中间件已经重启过一次，"
        words = Update(f"我在看「{title}」，{done}查到原因就告诉您。")
        tickets.add_update(session, ticket, update=words, by=agent, at=at + (150 if is_late else 9) * _MINUTE)
    _resolve(session, ticket, agent, at=at + (9 * _MINUTE if is_quick else 5 * _HOUR))
    if week in (1, 6) and number == 5:
        tickets.reopen(session, ticket, by=by, at=at + 5.5 * _HOUR, words="护士站的电脑上还是这样。")
        _resolve(session, ticket, agent, at=at + 5.8 * _HOUR)
    tickets.confirm(session, ticket, by=by, at=at + 6 * _HOUR)
    _rate(session, ticket, by, {RatingKind.MOOD: 1 if is_late else 3 - number % 2}, at=at + _HOUR)
    score = 3 if is_late else 5 - number % 2
    _rate(session, ticket, by, {RatingKind.STARS: score, RatingKind.RECOMMEND: 2 * score}, at=at + 7 * _HOUR)


def _resolve(session: Session, ticket: Ticket, agent: Actor, *, at: datetime) -> None:
    solution = Resolution(
        cause="一个设置在升级时被改掉了。", fix="已经改回来，请再试一次。", prevention="升级后自动核对这个设置。"
    )
    tickets.resolve(session, ticket, resolution=solution, by=agent, at=at)


def _problem(number: int, week: int) -> tuple[str, str, str]:
    """Return what is reported: each module once a week, and the ward transfer twice more."""
    is_more = number >= len(_MODULES)
    module, fault_type = _MODULES[0 if is_more else (number + (0 if week < _LATELY else week)) % len(_MODULES)]
    if module != "transfer":
        return module, _TITLES[module], fault_type
    is_complicated = not is_more and (week < _LATELY or week == _ONCE_BEFORE)
    titles = _COMPLICATED if is_complicated else _TRANSFERS
    return module, titles[(week + number) % len(titles)], fault_type


def _help_without_a_ticket(session: Session, *, at: datetime) -> None:
    """Let the article about the key, and now and then a known issue, save somebody a ticket."""
    article = session.scalars(select(Article).where(Article.module_code == "orders")).one()
    issue = session.scalars(select(Notice).where(Notice.kind == NoticeKind.KNOWN_ISSUE)).first()
    hospital = session.scalars(select(Organisation).where(Organisation.code == "K-1007")).one()
    for number, days in enumerate((1, 3, 4, 8, 11, 12, 20, 24, 33, 40)):
        is_known = issue is not None and number % 3 == 2
        session.add(
            Deflection(
                interview_id=new_id(),
                organisation_id=hospital.id,
                product_code="insurance" if is_known else "his",
                module_code="" if is_known else "orders",
                notice_id=issue.id if issue is not None and is_known else None,
                article_id=None if is_known else article.id,
                at=at - days * _DAY,
            )
        )


def _write_up(session: Session, chen: Actor, *, at: datetime) -> None:
    """Settle what was to be written up by now; one is late, and being written, and the newest are still to come."""
    lessons.ask_for_articles(session, at=at)
    by_module = {each.module_code: each for each in session.scalars(select(Article).order_by(Article.created_at))}
    due = select(LessonTask, Ticket.module_code).join(Ticket, Ticket.id == LessonTask.ticket_id)
    for task, module in session.execute(due.where(LessonTask.due_at <= at)).all():
        article = by_module.get(module)
        if article is not None and article.state == ArticleState.PUBLISHED:
            lessons.settle(task, Settled(LessonOutcome.COVERED, article), by=chen, at=at - _HOUR)
        elif article is not None and article.state == ArticleState.DRAFT:
            task.article_id, task.settled_by = article.id, chen.person_id
        else:
            reason = "只有这一家改过这个设置，已经改回来，升级核对单里也加上了。"
            lessons.settle(task, Settled(LessonOutcome.NOTHING, None, reason), by=chen, at=at - _HOUR)


def _rate(session: Session, ticket: Ticket, by: Actor, scores: Mapping[RatingKind, int], *, at: datetime) -> None:
    for kind, points in scores.items():
        session.add(
            Rating(
                ticket_id=ticket.id,
                organisation_id=by.organisation_id,
                person_id=by.person_id,
                kind=kind,
                score=points,
                source=RatingSource.MAIL,
                occasion=f"{kind}:{ticket.id}",
                at=at,
            )
        )


def _write_articles(session: Session, chen: Actor, wang: Actor, *, at: datetime) -> None:
    """One article that is good, one that should be looked over, one that was wrong, one that is being written."""
    today = at.astimezone(_BEIJING).date()
    article = knowledge.start(session, About("his", "orders"), by=chen, at=at - 2 * _DAY)
    for language, written in _F7:
        knowledge.write(session, article, language, written, by=chen, at=at - 2 * _DAY)
    knowledge.publish(session, article, review_on=today + 180 * _DAY, by=wang, at=at - _DAY)
    old = _write(session, chen, "charge", "发票打印不出来怎么办？", "打开打印机前盖，取出卡住的纸", at=at - 200 * _DAY)
    knowledge.publish(session, old, review_on=today - 10 * _DAY, by=wang, at=at - 190 * _DAY)
    wrong = _write(session, chen, "transfer", "转科时提示有长期医嘱怎么办？", "把长期医嘱全部作废", at=at - 30 * _DAY)
    knowledge.publish(session, wrong, review_on=today + 90 * _DAY, by=wang, at=at - 29 * _DAY)
    knowledge.recall(
        session, wrong, reason="作废会连带影响费用。请改为逐条停止，并先问护士长。", by=wang, at=at - 5 * _DAY
    )
    _write(session, chen, "report", "日报表打印很慢怎么办？", "先只打印本科室", at=at - _HOUR)


def _write(session: Session, chen: Actor, module: str, title: str, step: str, *, at: datetime) -> Article:
    article = knowledge.start(session, About("his", module), by=chen, at=at)
    written = Written(title, "", [Step(step, "又能用了", "打我们的电话")])
    knowledge.write(session, article, "zh_Hans", written, by=chen, at=at)
    return article


def _plan_a_fault(session: Session, chen: Actor, *, at: datetime) -> None:
    """Plan the fault of the transfer for the next version; one before it is out already."""
    ticket = session.scalars(
        select(Ticket).where(Ticket.module_code == "transfer").order_by(Ticket.opened_at.desc())
    ).first()
    if ticket is None:
        return
    fault = faults.open_fault(session, ticket, title="作废的长期医嘱仍被算作未停止", by=chen, at=at - 50 * _MINUTE)
    for state in (FaultState.VERIFYING, FaultState.IN_REVIEW):
        faults.move(session, fault, Move(state), by=chen, at=at - 45 * _MINUTE)
    solution = Resolution(
        cause="系统把已经作废的长期医嘱也算进去了。",
        fix="新版本不再计算作废的医嘱。",
        prevention="发布前会核对作废医嘱。",
    )
    plan = Move(FaultState.PLANNED, "先给青禾的测试库", "5.6.4", solution)
    faults.move(session, fault, plan, by=chen, at=at - 40 * _MINUTE)
    for version, days in (("5.6.3", -20), ("5.6.4", 14)):
        session.add(Release(product_code="his", version=version, published_at=at + days * _DAY))
