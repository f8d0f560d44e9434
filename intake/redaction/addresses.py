"""Home addresses that a label announces: 地址：, 住址, "Home address:"."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page

_LABEL: Final = re.compile(
    r"(?:地址|住址|住所|所在地)(?:[\"'”」]?\s{0,2}[:=]\s{0,3}[\"'“「]?|[ \t]{1,4})"
    r"|(?<![a-z])(?:addr|address)(?: line)?[ 12]{0,2}[\"']?\s{0,2}[:=>]\s{0,3}[\"']?"
)
_ADDRESS: Final = re.compile(r"[^\n\r\"“”|;；，。<>\t]{5,100}")
# Behind a label without a sign the address ends where the next word begins.
_ONE_WORD: Final = re.compile(r"[^\s\"“”|;；，。<>]{5,100}")
_ZH_PLACE: Final = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:[省市区區县縣镇鎮乡鄉村路街巷弄号號楼樓栋棟幢室]|单元|單元|大道|社区|小区|组)"
)
_EN_PLACE: Final = re.compile(
    r"[0-9]{1,6}[A-Za-z]? (?:[A-Z][\w'.-]{0,30} ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr"
    r"|Boulevard|Blvd|Way|Court|Ct|Square|Sq|Place|Pl|Terrace|Highway|Hwy)\b"
)


def home_addresses(page: Page) -> Iterator[Found]:
    """Postal addresses behind a label; addresses of machines are left alone."""
    for match in _LABEL.finditer(page.lower):
        pattern = _ONE_WORD if match[0][-1] in " \t" and match[0].rstrip()[-1] not in ":=" else _ADDRESS
        found = pattern.match(page.text, match.end())
        if found and is_home(found[0]):
            yield Found("address", match.end(), match.end() + len(found[0].rstrip()))


def is_home(text: str) -> bool:
    """Whether this names a place to live or to send things to: two kinds of place at least."""
    return len(_ZH_PLACE.findall(text)) >= 2 or bool(_EN_PLACE.match(text))
