"""A known issue: insurance claims wait too long for an answer, with what to do meanwhile."""

from collections.abc import Callable
from datetime import date

from portal.demo.notices.telling import Edition, Story, in_days
from portal.notices.models import ActionNeeded, NoticeKind, NoticeScope, ProductRange, Step, Words
from portal.notices.services import Draft, Facts

_DRAFTS = {
    "zh_Hans": Draft(
        "医保结算等了太久没有回应（YB-3021）",
        Words(
            what="上午高峰时，医保结算可能等一分钟以上，然后提示 YB-3021。已经登记的数据不会丢。",
            who="使用医保接口 3.2.0 至 3.2.4 的医院。",
            do="恢复前先按自费登记，恢复后补结算。我们会在您的问题页上告诉您进展。",
            steps_title="恢复前这样做",
            steps=(
                Step("在收费窗口选「自费登记」，照常开票。", "票据上有「待补结算」字样。", "停下来，打电话给我们。"),
                Step("恢复后打开「补结算」，按一下 {key:F9} 全部提交。", "每一行都显示「已结算」。"),
            ),
            cause="医保平台高峰时回应慢，接口等待的时间太短。",
            prevention="下一个版本会自动重试，不用人工补结算。",
        ),
    ),
    "zh_Hant": Draft(
        "健保結算等了太久沒有回應（YB-3021）",
        Words(
            what="上午尖峰時，健保結算可能等一分鐘以上，然後提示 YB-3021。已經登記的資料不會遺失。",
            who="使用健保介面 3.2.0 至 3.2.4 的醫院。",
            do="恢復前先依自費登記，恢復後補結算。我們會在您的問題頁上告訴您進展。",
            steps_title="恢復前這樣做",
            steps=(
                Step(
                    "在收費視窗選「自費登記」，照常開立收據。", "收據上有「待補結算」字樣。", "停下來，打電話給我們。"
                ),
                Step("恢復後打開「補結算」，按一下 {key:F9} 全部送出。", "每一列都顯示「已結算」。"),
            ),
            cause="健保平台尖峰時回應慢，介面等待的時間太短。",
            prevention="下一個版本會自動重試，不用人工補結算。",
        ),
    ),
    "en": Draft(
        "Insurance claims wait too long for an answer (YB-3021)",
        Words(
            what="In the morning peak a claim can wait over a minute and show YB-3021. What you entered is safe.",
            who="Hospitals with the insurance interface 3.2.0 to 3.2.4.",
            do="Until then, register as self-paid and submit claims later. Your ticket says how it goes on.",
            steps_title="Until then, do this",
            steps=(
                Step(
                    "Choose “Self-paid” in the charging window and print the receipt as usual.",
                    "The receipt says “claim to follow”.",
                    "Stop and call us.",
                ),
                Step("Then open “Later claims” and press {key:F9} to submit them.", "Every row says “settled”."),
            ),
            cause="The insurance platform answers slowly in the peak, and the interface doesn’t wait long enough.",
            prevention="The next version tries again by itself, so that no claim has to be submitted later.",
        ),
    ),
}


def tell(today: date, named: Callable[..., ProductRange]) -> Story:
    """Tell the known issue."""
    facts = Facts(
        kind=NoticeKind.KNOWN_ISSUE,
        scope=NoticeScope.CUSTOMERS,
        action=ActionNeeded.NONE,
        expires_on=in_days(today, 60),
        products=[named("insurance", "", "3.2.0 至 3.2.4")],
    )
    return Story(number=16, editions=(Edition(1, facts, _DRAFTS),))
