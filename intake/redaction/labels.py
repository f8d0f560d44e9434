"""Names and home addresses that a label announces: 姓名：, 患者：, 地址：, "Patient name:"."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page

_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏章苏潘葛范彭郎鲁韦马苗花方俞任袁柳"
    "史唐费薛雷贺倪汤滕罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛祁狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万柯卢莫房解应丁邓洪包左石崔吉龚程邢裴陆荣翁曲甄封段侯宁仇甘厉祖武符刘景詹龙叶司黎白蒲赖卓池乔闻翟谭冉尚温庄柴瞿阎连习艾容向古易廖"
    "耿匡文欧沃关牛聂辛简饶沙丰肖游岳缪涂靳"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華陶謝鄒蘇潘範魯韋馬賀湯羅畢齊顧黃蕭龐紀項藍閔賈顏鍾駱萬盧應鄧龔陸榮劉龍葉賴喬聞譚溫莊閻連歐關聶簡饒豐"
)
_DOUBLE: Final = "欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|皇甫|尉迟|东方|令狐|慕容|司徒|公孙|夏侯"
_NEXT: Final = (
    "性别|性別|年龄|年齡|电话|電話|手机|手機|床号|住院|门诊|身份|科室|病区|病案|地址|住址|诊断|出生"
    "|民族|职业|联系|卡号|编号|单位|部门|的"
)
_ZH_NAME: Final = re.compile(
    rf"(?:(?!{_NEXT})[\u4e00-\u9fff]){{2,4}}(?:·[\u4e00-\u9fff]{{1,8}}){{0,2}}(?=[^\u4e00-\u9fff]|$"
    rf"|{_NEXT})|(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,3}}"
)
NAME_STEMS: Final = (
    *(
        "name",
        "patient",
        "contact",
        "caller",
        "reported by",
        "nurse",
        "doctor",
        "physician",
        "attn",
        "姓名",
        "名字",
        "患",
        "病人",
        "联系人",
    ),
    *("聯", "申", "报", "報", "人", "操作员", "家属", "家屬", "医", "醫", "护士", "護", "收件者", "员工", "用户"),
)
_SIGN: Final = r"[\"'”」]?\s{0,2}[:=]\s{0,3}[\"'“「]?"
_NAME_LABEL: Final = re.compile(rf"(?:姓名|名字|真实姓名){_SIGN}|姓名\s{{1,4}}")
_PERSON_LABEL: Final = re.compile(
    r"(?:患者|病人|病患|联系人|聯絡人|聯繫人|申请人|申請人|报修人|报障人|報修人|经办人|負責人|负责人"
    r"|操作员|操作人|收货人|收件人|收件者|家属|家屬|监护人"
    rf"|(?:主治|主管|责任|开单|值班)?(?:医生|医师|醫師|醫生|护士|護士|护师)|就诊人|就診人|登记人|登記人"
    rf"|挂号人|提交人|反馈人|投诉人|员工|用户){_SIGN}"
)
_EN_LABEL: Final = re.compile(
    r"(?:(?:patient|contact|full|customer|nurse|doctor|physician|first|last|sur|family|given|caller"
    r"|reporter|guardian|legal|real)"
    r"(?:['’]s)?[ _-]?name|(?<![a-z] )(?<![a-z])(?:patient|contact person|contact|caller|reported by"
    r"|nurse|doctor|physician|attn))"
    r"[\"']?\s{0,2}[:=]\s{0,3}[\"']?"
)
_BARE_LABEL: Final = re.compile(r"(?:^|\n)\s{0,8}name\s{0,2}:\s{0,3}")
_EN_NAME: Final = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? )?[A-Z][a-z'’-]{1,20}(?: (?:[A-Z]\.|[A-Z][A-Za-z'’-]{1,20})){1,3}(?![A-Za-z])"
)
_ONE_NAME: Final = re.compile(r"[A-Z][a-z'’-]{1,20}(?: [A-Z][A-Za-z'’.-]{0,20}){0,3}(?![A-Za-z0-9_.])")
_THINGS: Final = re.compile(
    r"\b(?:service|update|server|windows|print|spooler|system|manager|host|driver|user|client|agent"
    r"|network|device|disk|error|module"
    r"|application|process|task|event|database|backup|support|help|desk|center|centre|team|internet"
    r"|desktop|office|microsoft|oracle"
    r"|java|library|default|local|remote|data|file|test|admin|account|not|found|unknown|none)\b",
    re.IGNORECASE,
)

_ADDRESS_LABEL: Final = re.compile(
    rf"(?:地址|住址|住所|所在地){_SIGN}|(?<![a-z])address(?: line)?[ 12]{{0,2}}[\"']?\s{{0,2}}[:=]\s{{0,3}}[\"']?"
)
_ADDRESS: Final = re.compile(r"[^\n\r\"“”|;；，。<>\t]{5,100}")
_ZH_PLACE: Final = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:[省市区區县縣镇鎮乡鄉村路街巷弄号號楼樓栋棟幢室]|单元|單元|大道|社区|小区|组)"
)
_EN_PLACE: Final = re.compile(
    r"[0-9]{1,6}[A-Za-z]? (?:[A-Z][\w'.-]{0,30} ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr"
    r"|Boulevard|Blvd|Way|Court|Ct|Square|Sq|Place|Pl|Terrace|Highway|Hwy)\b"
)


def names(page: Page) -> Iterator[Found]:
    """People's names behind a label."""
    for match in _NAME_LABEL.finditer(page.text):
        found = _ZH_NAME.match(page.text, match.end()) or _ONE_NAME.match(page.text, match.end())
        if found:
            yield Found("name", match.end(), found.end())
    for match in _PERSON_LABEL.finditer(page.text):
        found = _ZH_NAME.match(page.text, match.end())
        if found and _is_person(found[0]):
            yield Found("name", match.end(), found.end())
    for match in _EN_LABEL.finditer(page.lower):
        pattern = _ONE_NAME if "name" in match[0] else _EN_NAME
        yield from _english(page, match, pattern)
    for match in _BARE_LABEL.finditer(page.lower):
        yield from _english(page, match, _EN_NAME)


def home_addresses(page: Page) -> Iterator[Found]:
    """Postal addresses behind a label; addresses of machines are left alone."""
    for match in _ADDRESS_LABEL.finditer(page.lower):
        found = _ADDRESS.match(page.text, match.end())
        if found and (len(_ZH_PLACE.findall(found[0])) >= 2 or _EN_PLACE.match(found[0])):
            yield Found("address", match.end(), match.end() + len(found[0].rstrip()))


def _english(page: Page, match: re.Match[str], pattern: re.Pattern[str]) -> Iterator[Found]:
    found = pattern.match(page.text, match.end())
    if found and not _THINGS.search(found[0]):
        yield Found("name", match.end(), found.end())


def _is_person(name: str) -> bool:
    return name[0] in _SURNAMES and len(name.partition("·")[0]) <= 4
