"""The series that come with the portal: checking backups before the rainy season, region by region."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from portal.notices.models.words import CheckItem, Step, Words

_HANS = Words(
    what="雨季常有雷雨、停电和电压不稳。服务器突然断电，当天还没有备份的数据可能丢失。",
    who="备份只放在同一台服务器上的单位，以及没有接不间断电源的单位。",
    do="按检查表逐项打勾，做一次异地备份，然后回执。大约 40 分钟。",
    checklist_title="雨季前检查表",
    checklist=(
        CheckItem("c1", "昨天的备份文件存在，大小正常"),
        CheckItem("c2", "服务器离地 30 厘米，远离窗户和空调滴水"),
        CheckItem("c3", "备份另存一份在别的楼或移动硬盘"),
        CheckItem("c4", "知道停电时由谁关机、怎么关"),
        CheckItem("c5", "不间断电源能撑 15 分钟以上"),
        CheckItem("c6", "值班电话贴在服务器旁"),
    ),
    steps_title="现在就做一次异地备份",
    steps=(
        Step(
            "找到昨天的备份文件，看它的日期和大小。", "日期是昨天，大小和上周差不多。", "打电话给我们，先不要做下一步。"
        ),
        Step(
            "插入移动硬盘，把备份文件复制过去。", "硬盘上有同样名称、同样大小的文件。", "换一块硬盘，不要删文件腾空间。"
        ),
        Step(
            "从硬盘上打开这份备份，看一位病人或一张单据。", "打开的内容和系统里的一样。", "打电话给我们，请我们一起看。"
        ),
        Step("取下硬盘，写上日期，放到另一栋楼的上锁柜子里。", "柜子上贴有本次备份的日期。"),
    ),
    cause="停电时，没有写完的数据只在内存里。备份如果在同一台服务器上，会和系统一起坏掉。",
    prevention="每周把备份另存一份到别的楼，每季度试着打开一次。",
)
_HANT = Words(
    what="雨季常有雷雨、停電和電壓不穩。伺服器突然斷電，當天還沒備份的資料可能遺失。",
    who="備份只放在同一台伺服器上的單位，以及沒有接不斷電系統的單位。",
    do="依檢查表逐項打勾，做一次異地備份，然後回覆。大約 40 分鐘。",
    checklist_title="雨季前檢查表",
    checklist=(
        CheckItem("c1", "昨天的備份檔存在，大小正常"),
        CheckItem("c2", "伺服器離地 30 公分，遠離窗戶和冷氣滴水"),
        CheckItem("c3", "備份另存一份在別棟大樓或外接硬碟"),
        CheckItem("c4", "知道停電時由誰關機、怎麼關"),
        CheckItem("c5", "不斷電系統能撐 15 分鐘以上"),
        CheckItem("c6", "值班電話貼在伺服器旁"),
    ),
    steps_title="現在就做一次異地備份",
    steps=(
        Step(
            "找到昨天的備份檔，看它的日期和大小。", "日期是昨天，大小和上週差不多。", "打電話給我們，先不要做下一步。"
        ),
        Step(
            "插入外接硬碟，把備份檔複製過去。", "硬碟上有同樣名稱、同樣大小的檔案。", "換一顆硬碟，不要刪檔案騰空間。"
        ),
        Step(
            "從硬碟上打開這份備份，看一位病人或一張單據。", "打開的內容和系統裡的一樣。", "打電話給我們，請我們一起看。"
        ),
        Step("取下硬碟，寫上日期，放到另一棟大樓的上鎖櫃子裡。", "櫃子上貼有這次備份的日期。"),
    ),
    cause="停電時，還沒寫完的資料只在記憶體裡。備份如果在同一台伺服器上，會和系統一起壞掉。",
    prevention="每週把備份另存一份到別棟大樓，每季試著打開一次。",
)
_EN = Words(
    what="The rainy season brings storms and power cuts. A server that stops suddenly can lose what was not backed up.",
    who="Organisations whose only backup is on the same server, and those without a UPS.",
    do="Tick off the checklist, make one off-site backup, then answer this notice. About 40 minutes.",
    checklist_title="Checklist before the rains",
    checklist=(
        CheckItem("c1", "Yesterday’s backup file exists and has a normal size"),
        CheckItem("c2", "The server is 30 cm off the floor, away from windows and drips"),
        CheckItem("c3", "A second copy is in another building or on a removable disk"),
        CheckItem("c4", "Everyone knows who shuts down the server in a power cut, and how"),
        CheckItem("c5", "The UPS lasts at least 15 minutes"),
        CheckItem("c6", "The duty phone number is posted by the server"),
    ),
    steps_title="Make one off-site backup now",
    steps=(
        Step(
            "Find yesterday’s backup file, and look at its date and size.",
            "The date is yesterday’s, and the size is about last week’s.",
            "Call us before you do the next step.",
        ),
        Step(
            "Plug in a removable disk and copy the backup file to it.",
            "The disk holds a file of the same name and size.",
            "Use another disk; don’t delete files to make room.",
        ),
        Step(
            "Open this backup from the disk, and look at one patient or one record.",
            "It shows the same as the system does.",
            "Call us, and we will look at it together.",
        ),
        Step(
            "Remove the disk, write the date on it and lock it away in another building.",
            "The cupboard shows the date of this backup.",
        ),
    ),
    cause="In a power cut, data not yet written is only in memory. A backup on the same server breaks with it.",
    prevention="Copy the backup to another building every week, and try to open it every quarter.",
)


def _in(title: str, words: Words) -> dict[str, Any]:
    return {"title": title, "words": asdict(words)}


_BACKUP = {
    "zh_Hans": _in("雨季来临，请检查数据备份", _HANS),
    "zh_Hant": _in("雨季來臨，請檢查資料備份", _HANT),
    "en": _in("Rainy season: check your data backups", _EN),
}


@dataclass(frozen=True, slots=True)
class ShippedSeries:
    """A series as the portal brings it; the desk changes what doesn't suit."""

    key: str
    names: Mapping[str, str]
    regions: Sequence[str]
    """As organisations may have them written."""
    starts_on: str
    act_by: str
    ends_on: str
    words: Mapping[str, Any]
    lead_days: int = 45


SHIPPED = (
    ShippedSeries(
        "rainy-season-south-china",
        {"en": "Rainy season: South China", "zh_Hans": "雨季：华南", "zh_Hant": "雨季：華南"},
        ("华南", "華南", "South China"),
        "04-01", "04-30", "09-30",
        _BACKUP,
    ),
    ShippedSeries(
        "rainy-season-yangtze",
        {"en": "Rainy season: along the Yangtze", "zh_Hans": "雨季：长江流域", "zh_Hant": "雨季：長江流域"},
        ("华中", "华东", "華中", "華東", "Central China", "East China"),
        "06-01", "06-20", "09-15",
        _BACKUP,
    ),
    ShippedSeries(
        "rainy-season-north-china",
        {"en": "Rainy season: North China", "zh_Hans": "雨季：华北", "zh_Hant": "雨季：華北"},
        ("华北", "东北", "華北", "東北", "North China"),
        "07-01", "07-15", "09-15",
        _BACKUP,
    ),
)  # fmt: skip
