"""A night of maintenance: when, what stops, and how one sees that it is over."""

from collections.abc import Callable
from datetime import date

from portal.demo.notices.telling import Edition, Story, day_in_words, in_days
from portal.notices.models import ActionNeeded, NoticeKind, NoticeScope, ProductRange, Step, Words
from portal.notices.services import Draft, Facts


def _hans(day: str) -> Draft:
    return Draft(
        f"云影像 PACS {day}夜间维护",
        Words(
            what=f"{day} 20:00 到 22:00，云影像不能调阅。拍片照常，片子会在维护后自动上传。",
            who="使用云影像 PACS 的医院。",
            do="请在 20:00 前打印当晚要用的片子。",
            steps_title="维护结束后",
            steps=(Step("22:00 后重新打开云影像。", "右下角的版本号是 4.1.2。", "等十分钟再开一次，还不行请来电。"),),
        ),
    )


def _hant(day: str) -> Draft:
    return Draft(
        f"雲端影像 PACS {day}夜間維護",
        Words(
            what=f"{day} 20:00 到 22:00，雲端影像不能調閱。拍片照常，片子會在維護後自動上傳。",
            who="使用雲端影像 PACS 的醫院。",
            do="請在 20:00 前印出當晚要用的片子。",
            steps_title="維護結束後",
            steps=(
                Step(
                    "22:00 後重新打開雲端影像。",
                    "右下角的版本號是 4.1.2。",
                    "等十分鐘再開一次，還不行請來電。",
                ),
            ),
        ),
    )


def _english(day: str) -> Draft:
    return Draft(
        f"Cloud PACS maintenance on the night of {day}",
        Words(
            what=f"On {day} from 20:00 to 22:00 images can’t be opened. New ones are uploaded afterwards.",
            who="Hospitals with Cloud PACS.",
            do="Please print the images you need that night before 20:00.",
            steps_title="When it is over",
            steps=(
                Step(
                    "Open Cloud PACS again after 22:00.",
                    "The version at the bottom right is 4.1.2.",
                    "Wait ten minutes and open it once more; if it still doesn’t open, call us.",
                ),
            ),
        ),
    )


_WRITERS: dict[str, Callable[[str], Draft]] = {"zh_Hans": _hans, "zh_Hant": _hant, "en": _english}


def tell(today: date, named: Callable[..., ProductRange]) -> Story:
    """Tell the maintenance of a week from now."""
    night = in_days(today, 7)
    facts = Facts(
        kind=NoticeKind.MAINTENANCE,
        scope=NoticeScope.CUSTOMERS,
        action=ActionNeeded.NONE,
        expires_on=in_days(today, 8),
        products=[named("pacs", "", "全部版本", fixed_in="4.1.2")],
    )
    drafts = {language: write(day_in_words(night, language)) for language, write in _WRITERS.items()}
    return Story(number=15, editions=(Edition(3, facts, drafts),))
