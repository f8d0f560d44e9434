"""People's names: behind a label (姓名：, 患者, "patientName"), before a title (郑海涛主任), alone between quotes."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from intake.redaction.markers import Found
from intake.redaction.pages import Page
from intake.redaction.persons import DOUBLE_SURNAMES, NAME, SURNAMES, is_person

_NEXT: Final = (
    "性别|性別|年龄|年齡|电话|電話|手机|手機|床号|住院|门诊|身份|科室|病区|病案|地址|住址|诊断|出生"
    "|民族|职业|联系|卡号|编号|单位|部门|的"
)
# "姓名：不能为空" speaks of the field, not of a person.
_NO_NAME: Final = (
    "不|未|无|無|请|請|没|沒|为|為|必|空|显|顯|字|长|長|乱|亂|栏|欄|和|与|與|错|錯|查|输|輸|填|需|已|是|有"
)
_ZH_NAME: Final = re.compile(
    rf"(?!{_NO_NAME})(?:(?:(?!{_NEXT})[\u4e00-\u9fff]){{2,4}}(?:·[\u4e00-\u9fff]{{1,8}}){{0,2}}(?=[^\u4e00-\u9fff]|$"
    rf"|{_NEXT})|(?:{DOUBLE_SURNAMES})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,3}})"
)
NAME_STEMS: Final = (
    *("name", "patient", "contact", "caller", "reported by", "nurse", "doctor", "physician", "attn", "kin"),
    *("mr", "ms", "miss", "dr", "prof"),
)
_SIGN: Final = r"(?:[\"'”」]?\s{0,2}[:=]\s{0,3}[\"'“「]?|[\[【（(]\s{0,2})"
_NAME_LABEL: Final = re.compile(rf"(?:姓名|名字|真实姓名){_SIGN}|姓名\s{{1,4}}")
_ROLES: Final = (
    "患者|病人|病患|联系人|聯絡人|聯繫人|連絡人|申请人|申請人|报修人|报障人|報修人|经办人|負責人|负责人"
    "|操作员|操作人|收货人|收件人|收件者|家属|家屬|监护人|医生|医师|醫師|醫生|护士|護士|护师|药师|技师|就诊人|就診人"
    "|登记人|登記人|挂号人|提交人|反馈人|投诉人|员工|用户|受检者|受檢者|参保人|持卡人|户名|戶名|收款人|付款人|报告人|经手人"
)
_PERSON_LABEL: Final = re.compile(rf"(?:{_ROLES}){_SIGN}")
# Where no sign says that a name follows, the characters themselves must look like one.
_NAME: Final = re.compile(NAME)
_SPOKEN_LABEL: Final = re.compile(
    rf"(?:{_ROLES}|[0-9]床|护士长|護士長|主任|院长|科长|处长|母亲|父亲|儿子|女儿|配偶)[ \t]{{0,3}}$"
)
_TITLE: Final = re.compile(
    r"\s?(?:副?主任|副?院长|副?院長|副?科长|副?科長|副?处长|部长|所长|站长|护士|護士|护师|药师|技师|医生|医师|醫生|醫師"
    r"|大夫|老师|老師|教授|副?总|工程师|工程師|经理|先生|女士|小姐|同志|您好|你好)"
)
_KEYED: Final = re.compile(
    r"name[\"'\]]{0,2}\s{0,2}(?:[:=>]|=>|\b(?:like|is)\b)\s{0,3}[\"'\[]{0,2}(?:%(?![0-9a-f]{2}))?"
)
_WHOSE: Final = re.compile(
    r"(?:pat(?:ient)?|user|nick|real|true|full|person|people|cust(?:omer)?|member|client|contact|doc(?:tor)?|nurse"
    r"|oper(?:ator)?|emp(?:loyee)?|staff|applicant|link(?:man)?|receiver|recipient|owner|holder|guardian|family|mother"
    r"|father|spouse|child|relative|given|first|last|sur)s?[_-]?$"
)
_KEYED_NAME: Final = re.compile(
    rf"(?:{DOUBLE_SURNAMES}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])|[\u4e00-\u9fff]{{2,4}}·[\u4e00-\u9fff]{{2,8}}"
)
_IN_PARTS: Final = re.compile(r"[A-Z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff'-]{0,30}\^[A-Za-z\u4e00-\u9fff'-]{1,30}")
_OPEN: Final = frozenset("'\"%>")
_CLOSE: Final = frozenset("'\"%<")
_ENCODED: Final = re.compile(r"(?:%[Ee][4-9](?:%[89ABab][0-9A-Fa-f]){2}){2,4}(?![%\w])")
_EN_LABEL: Final = re.compile(
    r"(?:name|patient|physician|contact(?: person)?|caller|reported by|nurse|doctor|attn|next of kin)"
    r"[\"']?\s{0,2}[:=]\s{0,3}[\"']?"
)
_EN_WHOSE: Final = re.compile(
    r"(?:patient|contact|full|customer|nurse|doctor|physician|first|last|sur|family|given|caller"
    r"|reporter|guardian|legal|real|gp)(?:['’]s)?[ _-]?$"
)
_EN_WHICH: Final = re.compile(r"(?:^|[^a-z ] ?|(?:emergency|primary|attending|referring) |  )$")
_BARE_LABEL: Final = re.compile(r"(?:^|\n)\s{0,8}name\s{0,2}:\s{0,3}")
_EN_NAME: Final = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? )?[A-Z][a-z'’-]{1,20}(?: (?:[A-Z]\.|[A-Z][A-Za-z'’-]{1,20})){1,3}(?![A-Za-z])"
)
_ONE_NAME: Final = re.compile(r"[A-Z][a-z'’-]{1,20}(?: [A-Z][A-Za-z'’.-]{0,20}){0,3}(?![A-Za-z0-9_.])")
_EN_TITLED: Final = re.compile(
    r"(?:Mrs?|Ms|Miss|Dr|Prof)\.? (?P<name>[A-Z][a-z'’-]{1,20} [A-Z][A-Za-z'’-]{1,20})(?![A-Za-z])"
)
_THINGS: Final = re.compile(
    r"\b(?:service|update|server|windows|print|spooler|system|manager|host|driver|user|client|agent"
    r"|network|device|disk|error|module"
    r"|application|process|task|event|database|backup|support|help|desk|center|centre|team|internet"
    r"|desktop|office|microsoft|oracle"
    r"|java|library|default|local|remote|data|file|test|admin|account|not|found|unknown|none)\b",
    re.IGNORECASE,
)


def chinese_names(page: Page) -> Iterator[Found]:
    """Chinese names; a text without Chinese signs has none."""
    if page.text.isascii():
        return
    for match in _NAME_LABEL.finditer(page.text):
        found = _ZH_NAME.match(page.text, match.end()) or _ONE_NAME.match(page.text, match.end())
        if found:
            yield Found("name", match.end(), found.end())
    for match in _PERSON_LABEL.finditer(page.text):
        found = _ZH_NAME.match(page.text, match.end())
        if found and found[0][0] in SURNAMES:
            yield Found("name", match.end(), found.end())
    for match in _NAME.finditer(page.text):
        for end in range(match.end(), match.start() + 1, -1):
            if _is_told(page.text, match.start(), end):
                yield Found("name", match.start(), end)
                break


def other_names(page: Page) -> Iterator[Found]:
    """Names behind the keys of programs and behind English labels and titles."""
    for match in _KEYED.finditer(page.lower):
        found = _keyed(page, match)
        if found:
            yield Found("name", match.end(), found.end())
    yield from _english_names(page)


def _english_names(page: Page) -> Iterator[Found]:
    for match in _EN_LABEL.finditer(page.lower):
        before = page.lower[max(0, match.start() - 12) : match.start()]
        is_name = match[0].startswith("name")
        if (_EN_WHOSE if is_name else _EN_WHICH).search(before):
            yield from _english(page, match, _ONE_NAME if is_name else _EN_NAME)
    for match in _BARE_LABEL.finditer(page.lower):
        yield from _english(page, match, _EN_NAME)
    for match in _EN_TITLED.finditer(page.text):
        if not page.text[match.start() - 1 : match.start()].isalpha() and not _THINGS.search(match["name"]):
            yield Found("name", match.start("name"), match.end("name"))


def _is_told(text: str, start: int, end: int) -> bool:
    """Whether something beside these characters says that they are a name: a title, a role, quotes."""
    name = text[start:end]
    before, after = text[max(0, start - 6) : start], text[end : end + 8]
    is_quoted = before[-1:] in _OPEN and after[:1] in _CLOSE
    if (len(name) >= 3 and (is_quoted or after.startswith("(String)"))) or _TITLE.match(after):
        return is_person(name)
    is_whole = len(name) >= 3 or not "\u4e00" <= after[:1] <= "\u9fff" or after[0] == "的"
    return is_whole and bool(_SPOKEN_LABEL.search(before)) and is_person(name)


def _keyed(page: Page, match: re.Match[str]) -> re.Match[str] | None:
    """The name behind a program's key, as it is, in parts (王^小红) or encoded for an address."""
    text, at = page.text, match.end()
    before = page.lower[max(0, match.start() - 12) : match.start()]
    is_bare = not _WHOSE.search(before)
    if is_bare and before[-1:].isalnum() | (before[-1:] in {"_", "-"}):
        return None
    found = _KEYED_NAME.match(text, at) if not text.isascii() else None
    if found:
        return None if is_bare and not is_person(found[0]) else found
    if not is_bare and (found := _IN_PARTS.match(text, at)):
        return found
    encoded = _ENCODED.match(text, at)
    return encoded if encoded and is_person(unquote(encoded[0])) else None


def _english(page: Page, match: re.Match[str], pattern: re.Pattern[str]) -> Iterator[Found]:
    found = pattern.match(page.text, match.end())
    if found and not _THINGS.search(found[0]):
        yield Found("name", match.end(), found.end())
