"""Articles are found by question and by answer, in both scripts, and by what they are about."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import Actor, Role
from portal.knowledge import queries, services
from portal.knowledge.models import Article
from portal.knowledge.services import About, Step, Written
from tests import factories

CUSTOMER = Actor(role=Role.CONTACT)
PIECES: Sequence[tuple[str, str, str]] = (
    ("处方打印机打不出来怎么办？", "点打印以后没有反应，打印队列里有一长串。", "重新启动打印服务"),
    ("转科以后看不到病人的医嘱", "病人转到新病区，医嘱列表是空的。", "在转科记录里点「重新发送」"),
    ("医保结算一直转圈", "点结算以后等很久，提示没有回应。", "检查医保前置机的网络"),
    ("登录时提示密码过期", "输入密码以后提示已过期。", "在「我的账号」里换新密码"),
    ("检验报告迟迟不出来", "标本送检两小时，医生站没有报告。", "看接口监控里是否有堆积"),
    ("护士站电脑时间不对", "医嘱执行时间比实际晚八小时。", "把时区改成北京时间"),
    ("挂号窗口叫号屏不动", "叫号屏停在同一个号码。", "拔掉屏幕控制盒的电源，等十秒"),
    ("手术排班表导出是乱码", "导出的表格打开是乱码。", "用「数据」里的导入，选 UTF-8"),
    ("The label printer prints empty labels", "Labels come out blank.", "Turn the roll of labels over"),
    ("The night report is missing", "No report at seven in the morning.", "Start the night job by hand"),
)
QUESTIONS = (
    ("打印不出来处方", 0),
    ("打印機打不出來", 0),
    ("病人轉科後醫囑不見了", 1),
    ("结算转圈", 2),
    ("醫保結算沒有回應", 2),
    ("密码过期登录不了", 3),
    ("化验报告出不来", 4),
    ("时间差八小时", 5),
    ("叫號屏不動", 6),
    ("导出乱码", 7),
    ("printer empty labels", 8),
    ("night report", 9),
)
ANSWERS = (("前置机网络", 2), ("時區 北京時間", 5), ("turn over roll", 8), ("重新启动服务", 0))


@pytest.fixture
def written(session: Session) -> list[Article]:
    """Return ten articles, each published by a second person."""
    factories.a_product(session, "his", orders="Writing orders", printing="Printing")
    writer, second = (factories.as_actor(session, factories.an_agent(session, name)) for name in ("Chen", "Wang"))
    made = []
    for title, problem, answer in PIECES:
        article = services.start(session, About("his", "orders"), by=writer, at=clock.now())
        words = Written(title, problem, [Step(answer, "It works again")])
        language = "zh_Hans" if ord(title[0]) > 255 else "en"
        services.write(session, article, language, words, by=writer, at=clock.now())
        services.publish(session, article, review_on=date(2027, 1, 1), by=second, at=clock.now())
        made.append(article)
    session.flush()
    return made


def test_what_is_asked_for_is_among_the_first_three(session: Session, written: list[Article]) -> None:
    """By question and by answer, in either script, in other words than those that were written."""
    for asked, place in (*QUESTIONS, *ANSWERS):
        found = [each.id for each in queries.search(session, CUSTOMER, asked)]
        assert written[place].id in found[:3], asked


def test_what_has_nothing_to_do_with_it_is_not_found(session: Session, written: list[Article]) -> None:
    assert queries.search(session, CUSTOMER, "窗帘颜色") == []
    assert queries.search(session, CUSTOMER, "???") == []


def test_a_recalled_article_is_not_found_any_more(session: Session, written: list[Article]) -> None:
    services.recall(session, written[0], reason="Wrong", by=CUSTOMER, at=clock.now())
    session.flush()
    assert written[0].id not in [each.id for each in queries.search(session, CUSTOMER, "打印机打不出来")]


def test_what_is_nearest_to_a_fault_comes_first(session: Session, written: list[Article]) -> None:
    chen, wang = (factories.as_actor(session, factories.an_agent(session, name)) for name in ("Chen", "Wang"))
    nearest = services.start(session, About("his", "printing", "blank"), by=chen, at=clock.now())
    services.write(session, nearest, "en", Written("Blank", "", [Step("Turn", "Ink")]), by=chen, at=clock.now())
    services.publish(session, nearest, review_on=date(2027, 1, 1), by=wang, at=clock.now())
    session.flush()
    found = queries.matching(session, CUSTOMER, About("his", "printing", "blank"))
    assert [each.id for each in found] == [nearest.id]
    assert len(queries.matching(session, CUSTOMER, About("his", "orders"))) == 5
    assert queries.matching(session, CUSTOMER, About("emr")) == []


def an_article(session: Session, about: About, title: str) -> Article:
    """Publish an article in English."""
    chen, wang = (factories.as_actor(session, factories.an_agent(session, name)) for name in ("Chen Li", "Wang Min"))
    article = services.start(session, about, by=chen, at=clock.now())
    services.write(
        session, article, "en", Written(title, "", [Step("Turn it on", "It works")]), by=chen, at=clock.now()
    )
    services.publish(session, article, review_on=date(2027, 1, 1), by=wang, at=clock.now())
    session.flush()
    return article


def test_an_article_that_names_the_error_code_comes_before_all_others(session: Session, written: list[Article]) -> None:
    named = an_article(session, About("his", "printing", "blank"), "What to do about ORD-1407")
    about = About("his", "orders")
    first, *_ = queries.matching(session, CUSTOMER, about, error_code="ORD-1407")
    assert first.id == named.id
    assert named.id not in [each.id for each in queries.matching(session, CUSTOMER, about, error_code="ORD-1408")]
    assert [each.id for each in queries.matching(session, CUSTOMER, About(""), error_code="ORD-1407")] == [named.id]
    assert queries.matching(session, CUSTOMER, About("emr"), error_code="ORD-1407") == []


def test_an_error_code_without_a_number_finds_nothing_by_itself(session: Session) -> None:
    an_article(session, About("his", "printing"), "The timeout of the printer")
    assert queries.matching(session, CUSTOMER, About(""), error_code="timeout") == []


def test_where_nobody_said_how_it_goes_wrong_every_fault_of_the_module_fits(session: Session) -> None:
    factories.a_product(session, "his", orders="Writing orders", printing="Printing")
    found = an_article(session, About("his", "printing", "blank"), "Labels come out blank")
    assert [each.id for each in queries.matching(session, CUSTOMER, About("his", "printing"))] == [found.id]
    assert queries.matching(session, CUSTOMER, About("his", "printing", "slow")) == []
