"""The problems of the demonstration, lived through from the first report to where they stand now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from intake import snapshot
from intake.interview import Interview as Run
from intake.kinds import kind_of
from intake.plain import Json
from intake.questionnaire import Questionnaire
from intake.triage import triage
from portal.core.actor import Actor
from portal.demo.cast import PHONES
from portal.questionnaires.labels import Labels
from portal.tickets import services
from portal.tickets.models import Priority, Ticket, TicketState

_DAY = timedelta(days=1)


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the stories take place: the questionnaire, who reports, who answers, and now."""

    session: Session
    questionnaire: Questionnaire
    nurse: Actor
    it_head: Actor
    agent: Actor
    at: datetime

    def report(self, title: str, by: Actor, answers: Mapping[str, Json], *, ago: timedelta, error: str = "") -> Ticket:
        """Report a problem some time ago, through the questionnaire."""
        at = self.at - ago
        run = Run.begin(self.questionnaire, today=at.date()).with_answers(answers)
        if error:
            question = self.questionnaire.question("error_text")
            run = run.with_answer("error_text", kind_of(question).read(question, {"q-error_text": [error]}))
        found = triage(self.questionnaire, run)
        labels = Labels(self.questionnaire, "zh_Hans")
        opening = services.Opening(
            title=title,
            severity=Priority(found.priority),
            document=snapshot.build(run, now=at, locale="zh_Hans", channel="portal"),
            organisation_id=by.organisation_id,
            contact_id=by.contact_id,
            product_code=str(answers.get("product", "")),
            module_code=str(answers.get("module", "")),
            because=labels.because(found.rule, found.because).text,
        )
        return services.open_ticket(self.session, opening=opening, by=by, at=at)

    def take(self, ticket: Ticket, *, ago: timedelta) -> None:
        """Have the agent take the ticket on."""
        services.assign(self.session, ticket, agent_id=self.agent.agent_id, by=self.agent, at=self.at - ago)

    def write(self, ticket: Ticket, body: str, by: Actor, *, ago: timedelta) -> None:
        """Have somebody write an update."""
        services.add_update(self.session, ticket, update=services.Update(body), by=by, at=self.at - ago)

    def note(self, ticket: Ticket, body: str, *, ago: timedelta) -> None:
        """Have the agent write a note for colleagues."""
        services.add_note(self.session, ticket, body=body, by=self.agent, at=self.at - ago)


def tell(scene: Scene) -> None:
    """Live through every story."""
    for story in (_typing_in_chinese, _transfer, _insurance, _slow_list):
        story(scene)


def _typing_in_chinese(scene: Scene) -> None:
    ticket = scene.report(
        "医生站开医嘱时打不出中文",
        scene.nurse,
        {
            "product": "his",
            "module": "orders",
            "version": "5.5.1",
            "blocked": "workaround",
            "scope": "me",
            "patient_now": "no",
            "error_text": {"none": True},
            "input_method": "yes",
            "steps": [{"did": "打开医生站，点「开医嘱」", "expected": "能打中文", "saw": "只出来英文字母"}],
            "callback": PHONES["nurse"],
        },
        ago=3 * _DAY,
    )
    scene.take(ticket, ago=3 * _DAY - _minutes(9))
    scene.write(
        ticket, "我在看，先请您按一下键盘最上排的 {key:F7}，再试试打字。", scene.agent, ago=3 * _DAY - _minutes(12)
    )
    scene.write(ticket, "按了 F7 这一个键，能打中文了。", scene.nurse, ago=3 * _DAY - _minutes(25))
    resolution = services.Resolution(
        cause="医生站里按 {key:F7} 会在「中文」和「英文」之间切换，您的电脑停在了「英文」。",
        fix="按一下 {key:F7} 这一个键，就切回「中文」。",
        prevention="下一个版本会在输入框旁边显示现在是「中」还是「英」。",
    )
    services.resolve(scene.session, ticket, resolution=resolution, by=scene.agent, at=scene.at - 2 * _DAY)


def _transfer(scene: Scene) -> None:
    ticket = scene.report(
        "ICU 转院办理报错 ORD-1407",
        scene.nurse,
        {
            "product": "his",
            "module": "transfer",
            "version": "5.5.1",
            "blocked": "stopped",
            "scope": "dept",
            "patient_now": "yes",
            "data_risk": "no",
            "steps": [
                {"did": "在 ICU 打开病人，点「转科」", "expected": "出现转科单", "saw": "出现转科单"},
                {"did": "选「心内科」，点「确定」", "expected": "转科完成", "saw": "红色提示 ORD-1407"},
            ],
            "callback": PHONES["nurse"],
        },
        ago=_minutes(65),
        error="ORD-1407 存在未停止的长期医嘱\n"
        "at com.example.his.transfer.TransferService.submit(TransferService.java:212)\n"
        "password=Abc12345",
    )
    scene.take(ticket, ago=_minutes(59))
    scene.write(
        ticket, "我接手了，已打您电话说了临时办法：先走纸质转科单，病人可以先转。", scene.agent, ago=_minutes(57)
    )
    scene.note(ticket, "像是 5.5.1 的停医嘱检查漏了已作废的长嘱，找研发看 TransferService。", ago=_minutes(45))
    scene.write(
        ticket,
        "原因找到了：系统把已经作废的长期医嘱也算进去了。正在准备改正程序，先在贵院的测试库试。",
        scene.agent,
        ago=_minutes(38),
    )
    change = services.StateChange(
        to=TicketState.WAITING_CUSTOMER, words="报错的这位病人，有没有还没停止的长期医嘱？请在「长期医嘱」页看一眼。"
    )
    services.change_state(scene.session, ticket, change=change, by=scene.agent, at=scene.at - _minutes(15))


def _insurance(scene: Scene) -> None:
    ticket = scene.report(
        "医保接口结算超时，门诊无法联网结算",
        scene.it_head,
        {
            "product": "insurance",
            "version": "3.2.0",
            "blocked": "stopped",
            "scope": "hospital",
            "patient_now": "yes",
            "data_risk": "maybe",
            "steps": [{"did": "门诊收费点「医保结算」", "expected": "10 秒内结算", "saw": "等 60 秒后报 YB-3021"}],
            "callback": PHONES["it-head"],
        },
        ago=_minutes(80),
        error="YB-3021 等待医保中心应答超时 (60000 ms)",
    )
    scene.take(ticket, ago=_minutes(75))
    scene.write(
        ticket, "我接手了，已打您电话说了临时办法：先按自费登记，恢复后系统自动补结算。", scene.agent, ago=_minutes(73)
    )
    services.settle_due(scene.session, at=scene.at - _minutes(40))
    scene.write(
        ticket,
        "对不起，让您等了：我们在和医保中心通话，没有先写一句。原因是今早发布的接口部件缩短了等待时间，正在退回昨天的版本。",
        scene.agent,
        ago=_minutes(33),
    )
    scene.write(ticket, "3 个窗口都这样，病人排到大厅了。", scene.it_head, ago=_minutes(30))
    scene.write(ticket, "2 家医院试用旧部件已经恢复，正在给贵院换，预计半小时内完成。", scene.agent, ago=_minutes(8))


def _slow_list(scene: Scene) -> None:
    ticket = scene.report(
        "住院日清单打印很慢",
        scene.it_head,
        {
            "product": "his",
            "module": "report",
            "version": "5.5.1",
            "blocked": "slow",
            "scope": "dept",
            "data_risk": "no",
            "error_text": {"none": True},
            "steps": [{"did": "点「日清单」打印", "expected": "几秒打出来", "saw": "等了 3 分钟"}],
            "callback": PHONES["it-head"],
        },
        ago=_minutes(4),
    )
    scene.note(ticket, "青禾上个月也报过一次，见 5.6.3 的索引调整。", ago=_minutes(2))
