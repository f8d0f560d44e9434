"""The rainy-season advisory: check your backups before the storms, in three languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from portal.demo.notices.telling import EVERYONE, Edition, Story, in_days
from portal.notices.models import ActionNeeded, CheckItem, NoticeKind, ProductRange, Step, Words
from portal.notices.services import Draft, Facts


def _items(*texts: str) -> tuple[CheckItem, ...]:
    return tuple(CheckItem("", text) for text in texts)


_HANS = Words(
    what="雷雨常引起停电和电压不稳。服务器突然断电时，当天的挂号、医嘱、收费数据可能丢失。",
    who="备份只放在同一台服务器上的医院，以及没有接不间断电源的医院。",
    do="按下面的检查表逐项打勾，做一次异地备份，然后回执。大约 40 分钟。",
    checklist_title="雨季前检查表",
    checklist=_items(
        "昨天的备份文件存在，大小正常",
        "服务器离地 30 厘米，远离窗户和空调滴水",
        "备份另存一份在别的楼或移动硬盘",
        "知道停电时由谁关机、怎么关",
        "做过一次恢复演练，能打开数据",
        "手工登记单已打印 50 份备用",
        "不间断电源能撑 15 分钟以上",
        "值班电话贴在服务器旁",
    ),
    steps_title="现在就做一次异地备份",
    steps=(
        Step(
            "打开「数据管理」窗口，按一下键盘最上面一排的 {key:F7} 键。",
            "弹出「备份向导」窗口。",
            "看下面的键盘图。",
            "F7",
        ),
        Step(
            "插入移动硬盘，在「保存位置」里选它。", "右侧显示剩余空间，大于 20 GB。", "换一块硬盘，不要删文件腾空间。"
        ),
        Step("按 {key:Ctrl} + {key:B} 开始备份。大约 20 分钟，请不要关机。", "进度条走到 100%，提示「备份完成」。"),
        Step("按 {key:F8} 核对备份。", "每一行都是绿色「一致」。", "有红色就停下来，打电话给我们。"),
        Step("取下硬盘，写上日期，放到另一栋楼的上锁柜子里。", "柜子上贴有本次备份的日期。"),
    ),
    cause="停电时，没有写完的数据只在内存里。备份如果在同一台服务器上，会和系统一起坏掉。",
    prevention="每周把备份另存一份到别的楼，每季度试着恢复一次。不间断电源每两年换一次电池。",
)

_HANT = Words(
    what="雷雨常引起停電和電壓不穩。伺服器突然斷電時，當天的掛號、醫囑、收費資料可能遺失。",
    who="備份只放在同一台伺服器上的醫院，以及沒有接不斷電系統的醫院。",
    do="依下面的檢查表逐項打勾，做一次異地備份，然後回覆。大約 40 分鐘。",
    checklist_title="雨季前檢查表",
    checklist=_items(
        "昨天的備份檔存在，大小正常",
        "伺服器離地 30 公分，遠離窗戶和冷氣滴水",
        "備份另存一份在別棟大樓或外接硬碟",
        "知道停電時由誰關機、怎麼關",
        "做過一次還原演練，能打開資料",
        "手寫登記單已列印 50 份備用",
        "不斷電系統能撐 15 分鐘以上",
        "值班電話貼在伺服器旁",
    ),
    steps_title="現在就做一次異地備份",
    steps=(
        Step(
            "打開「資料管理」視窗，按一下鍵盤最上面一排的 {key:F7} 鍵。",
            "跳出「備份精靈」視窗。",
            "看下面的鍵盤圖。",
            "F7",
        ),
        Step(
            "插入外接硬碟，在「儲存位置」裡選它。", "右側顯示剩餘空間，大於 20 GB。", "換一顆硬碟，不要刪檔案騰空間。"
        ),
        Step("按 {key:Ctrl} + {key:B} 開始備份。大約 20 分鐘，請不要關機。", "進度列走到 100%，提示「備份完成」。"),
        Step("按 {key:F8} 核對備份。", "每一列都是綠色「一致」。", "有紅色就停下來，打電話給我們。"),
        Step("取下硬碟，寫上日期，放到另一棟大樓的上鎖櫃子裡。", "櫃子上貼有這次備份的日期。"),
    ),
    cause="停電時，還沒寫完的資料只在記憶體裡。備份如果在同一台伺服器上，會和系統一起壞掉。",
    prevention="每週把備份另存一份到別棟大樓，每季試著還原一次。不斷電系統每兩年換一次電池。",
)

_EN = Words(
    what="Storms cut the power. A server that stops suddenly can lose that day’s registrations, orders and charges.",
    who="Hospitals whose only backup is on the same server, and hospitals without a UPS.",
    do="Tick off the checklist, make one off-site backup, then answer this notice. About 40 minutes.",
    checklist_title="Checklist before the rains",
    checklist=_items(
        "Yesterday’s backup file exists and has a normal size",
        "The server is 30 cm off the floor, away from windows and drips",
        "A second copy is in another building or on a removable disk",
        "Everyone knows who shuts down the server in a power cut, and how",
        "A test restore has been made and the data opened",
        "50 paper registration forms are printed",
        "The UPS lasts at least 15 minutes",
        "The duty phone number is posted by the server",
    ),
    steps_title="Make one off-site backup now",
    steps=(
        Step(
            "Open “Data management” and press {key:F7} once, in the top row.",
            "The “Backup wizard” opens.",
            "See below.",
            "F7",
        ),
        Step(
            "Plug in a removable disk and choose it under “Save location”.",
            "More than 20 GB free.",
            "Use another disk.",
        ),
        Step(
            "Press {key:Ctrl} + {key:B} to start. Don’t switch off for about 20 minutes.",
            "100%, “Backup complete”.",
        ),
        Step(
            "Press {key:F8} to verify the backup.",
            "Every row is green and says “match”.",
            "If any row is red, stop and call us.",
        ),
        Step(
            "Remove the disk, write the date on it and lock it away in another building.",
            "The cupboard shows the date.",
        ),
    ),
    cause="In a power cut, data not yet written is only in memory. A backup on the same server breaks with it.",
    prevention="Copy the backup off site every week, test a restore every quarter, renew UPS batteries in two years.",
)

_TITLES = {
    "zh_Hans": "雨季来临，请检查数据备份",
    "zh_Hant": "雨季來臨，請檢查資料備份",
    "en": "Rainy season: check your data backups",
}
_WORDS = {"zh_Hans": _HANS, "zh_Hant": _HANT, "en": _EN}
_CHANGES = (
    {"zh_Hans": "首次发布。", "zh_Hant": "首次發布。", "en": "First issue."},
    {
        "zh_Hans": "医保接口加入受影响的产品。",
        "zh_Hant": "健保介面加入受影響的產品。",
        "en": "Added the insurance interface.",
    },
    {
        "zh_Hans": "补充 {key:F7} 键的图，3 家医院反映按成了两个键。",
        "zh_Hant": "補充 {key:F7} 鍵的圖，3 家醫院反映按成了兩個鍵。",
        "en": "Added a drawing of {key:F7}, after three hospitals pressed two keys.",
    },
)


def tell(today: date, named: Callable[..., ProductRange]) -> Story:
    """Tell the advisory with its three revisions."""
    products = [
        named("his", "charge", "5.0 至 5.6.2", fixed_in="5.6.3"),
        named("his", "orders", "5.2 至 5.6.2", fixed_in="5.6.3"),
        named("insurance", "", "全部版本"),
        named("pacs", "", "全部版本", is_affected=False),
    ]
    facts = Facts(
        kind=NoticeKind.ADVISORY,
        scope=EVERYONE,
        action=ActionNeeded.REQUIRED,
        act_by=in_days(today, 9),
        expires_on=in_days(today, 180),
        products=products,
    )
    without_insurance = replace(facts, products=[each for each in products if each.product != "insurance"])
    return Story(
        number=14,
        editions=(
            Edition(19, without_insurance, _drafts(0, is_drawn=False)),
            Edition(16, facts, _drafts(1, is_drawn=False)),
            Edition(12, facts, _drafts(2, is_drawn=True), is_material=False),
        ),
    )


def _drafts(change: int, *, is_drawn: bool) -> dict[str, Draft]:
    return {
        language: Draft(_TITLES[language], words if is_drawn else _undrawn(words), _CHANGES[change][language])
        for language, words in _WORDS.items()
    }


def _undrawn(words: Words) -> Words:
    """Return the words as they were before the keyboard was drawn."""
    return replace(words, steps=tuple(replace(step, key="") for step in words.steps))
