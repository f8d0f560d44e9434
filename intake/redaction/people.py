"""Numbers that belong to a person: identity cards, bank cards, telephones; and e-mail addresses."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page
from intake.redaction.rules import NUMBER, Rule

_ID: Final = re.compile(
    r"[1-8](?<![0-9A-Za-z][1-8])[0-9]{5}[ -]?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]"
    r"|3[01])[ -]?[0-9]{3}[0-9Xx]"
    r"(?![0-9A-Za-z])"
)
_PROVINCE_NUMBERS: Final = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
)
_PROVINCES: Final = frozenset(_PROVINCE_NUMBERS.split())
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LABELLED_ID: Final = re.compile(
    r"(?:身份证(?:号码?|件号)?|身分證(?:字號|號碼)?|证件号码?|證件號碼|公民身份号码|社会保障号码?|社保号码?"
    r"|(?:通行证|台胞证|回乡证|居留证|居住证|军官证|士兵证|护照|護照|通行證|居留證)(?:号码?|號碼?)?"
    r"|(?:id card|passport|hkid)(?: (?:no|number))?)"
    r"[\"'”)）]?\.?\s{0,2}[:=是为]?\s{0,3}[\"'“]?"
    r"((?:[A-Za-z]{0,2}[0-9][0-9 ]{5,20}[0-9Xx](?:\([0-9Aa]\))?"
    r"|[\u4e00-\u9fff]{0,2}字第?[0-9]{5,10}号?))(?![0-9A-Za-z])"
)
_ISLAND_ID: Final = re.compile(r"[A-Z](?<![0-9A-Za-z_\-][A-Z])[12489][0-9]{8}(?![0-9A-Za-z_\-])")
_HARBOUR_ID: Final = re.compile(r"[A-Z](?<![0-9A-Za-z][A-Z])[A-Z]?[0-9]{6}\([0-9A]\)")

_CARD: Final = re.compile(
    r"[3-6](?<![0-9A-Za-z_.\-][3-6])(?:[0-9]{14,18}|[0-9]{3}(?:[ -][0-9]{4}){2,3}(?:[ -]?[0-9]{1,7})?"
    r"|[0-9]{3}[ -][0-9]{6}[ -][0-9]{5})"
    r"(?![0-9A-Za-z_])(?!\.[0-9])"
)
_ISSUER: Final = re.compile(
    r"62[0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|35[0-9]{14}|6(?:011"
    r"|5[0-9]{2}|0[0-9]{2})[0-9]{12}"
)

_MOBILE: Final = re.compile(
    r"[+018](?<![0-9A-Za-z_.][+018])(?<![0-9A-Za-z]-[+018])(?:(?:(?<=\+)|(?<=0)0)86[ -]?1|(?<=8)6-?1"
    r"|(?<=1))[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9A-Za-z_])(?!\.[0-9])(?!-[0-9A-Za-z])"
)
_MOBILE_SERIES: Final = re.compile(r"1(?:3[0-9]|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])")
_LANDLINE: Final = re.compile(
    r"[0(（](?:(?<=0)(?<![0-9A-Za-z_.\-]0)(?:10|2[0-57-9]|[3-9][0-9]{2})[ -]"
    r"|(?<=[(（])0(?:10|2[0-57-9]|[3-9][0-9]{2})[)）][ -]?)"
    r"[2-8][0-9]{6,7}(?:(?:-|转|轉|ext\.?)[0-9]{1,6})?(?![0-9A-Za-z_])"
)
_ABROAD: Final = re.compile(
    r"\+(?<![0-9A-Za-z_.+]\+)(?:[1-9][0-9]{0,2})[ -]?(?:\([0-9]{1,4}\)[ -]?)?[0-9]{2,4}(?:[ -]?[0-9]{2,4}){1,4}"
    r"(?![0-9A-Za-z_.:])"
    r"|\((?<![0-9A-Za-z_.\-]\()[2-9][0-9]{2}\) ?[2-9][0-9]{2}-[0-9]{4}(?![0-9A-Za-z_-])"
    r"|09(?<![0-9A-Za-z_.\-]09)[0-9]{2}-[0-9]{3}-[0-9]{3}(?![0-9A-Za-z_-])"
)
_LABELLED_PHONE: Final = re.compile(
    r"(?:电话(?:号码)?|電話(?:號碼)?|手机(?:号码?)?|手機(?:號碼)?|联系方式|聯絡方式|座机|传真"
    r"|微信(?:号)?|致电|拨打|(?<![a-z])(?:tel(?:ephone)?|phone(?: ?(?:no|number))?|"
    r"mobile(?: ?(?:no|number))?|fax|cell(?:phone)?|(?:phone|mobile)[_-]?(?:no|num"
    r"|number)))[\"']?\.?\s{0,2}[:=是为：]?\s{0,3}[\"']?"
    r"(\+?(?:\([0-9]{2,4}\))?[0-9](?:[ -]?[0-9]){6,14})(?![0-9A-Za-z_.])"
)
# Everybody's numbers, printed on every wall.
_HOTLINE: Final = re.compile(r"[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}|95[0-9]{3}(?![0-9])")
_COUNTED: Final = re.compile(
    r"(?:bytes?|size|len(?:gth)?|offset|position|pos|id|blk|block|seq|count|total|used|free|capacity"
    r"|memory|mem|time|timestamp|ts|"
    r"xid|lsn|scn|txid|serial|version|port|(?<!tel)(?<!phone)(?<!mobile)(?:no|num)|单号|订单号?|编号|流水号?|序号|序列号|單號|編號|条码"
    r"|工号|金额|金額|余额|餘額|数量|數量|合计|总计|amount|price|sum|fee|total)[\"']?\s{0,2}[:=#]?\s{0,2}[\"']?$"
)
_UNIT: Final = re.compile(r"\s{0,1}(?:bytes?\b|b\b|[kmg]i?b\b|ms\b|ns\b|us\b|records?\b|rows?\b|字节|毫秒|元|分(?!机))")

_DOMAIN: Final = re.compile(r"@[A-Za-z0-9][A-Za-z0-9.-]{1,200}")
_LOCAL: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-"
_FILES_AND_UNITS: Final = (
    "png jpg jpeg gif svg webp js mjs css ts java py rb go php service socket slice target mount "
    "timer device scope path swap "
    "automount local localdomain internal class method invoke"
)
_NO_DOMAIN: Final = frozenset(_FILES_AND_UNITS.split())


def id_numbers(page: Page) -> Iterator[Found]:
    """National identity numbers whose check digit is right."""
    for match in _ID.finditer(page.text):
        if _is_id(match[0].replace(" ", "").replace("-", "")):
            yield Found("id number", match.start(), match.end())
    for match in _ISLAND_ID.finditer(page.text):
        if _is_island_id(match[0]):
            yield Found("id number", match.start(), match.end())
    for match in _HARBOUR_ID.finditer(page.text):
        yield Found("id number", match.start(), match.end())


def labelled_ids(page: Page) -> Iterator[Found]:
    """Whatever a label calls the number of a person's papers."""
    for match in _LABELLED_ID.finditer(page.lower):
        yield Found("id number", match.start(1), match.end(1))


def bank_cards(page: Page) -> Iterator[Found]:
    """Bank card numbers: an issuer's prefix, its length, and Luhn's check digit."""
    for match in _CARD.finditer(page.text):
        digits = match[0].replace(" ", "").replace("-", "")
        if _ISSUER.fullmatch(digits) and _passes_luhn(digits) and len(set(digits)) > 1:
            yield Found("bank card", match.start(), match.end())


def phones(page: Page) -> Iterator[Found]:
    """Mobile and landline numbers."""
    for match in _MOBILE.finditer(page.text):
        if _is_mobile(match[0]) and not _is_counted(page, match):
            yield Found("phone", match.start(), match.end())
    for pattern in (_LANDLINE, _ABROAD):
        for match in pattern.finditer(page.text):
            if sum(letter.isdigit() for letter in match[0]) >= 9:
                yield Found("phone", match.start(), match.end())


def labelled_phones(page: Page) -> Iterator[Found]:
    """Numbers that a label calls a telephone."""
    for match in _LABELLED_PHONE.finditer(page.lower):
        if not _HOTLINE.match(match[1]):
            yield Found("phone", match.start(1), match.end(1))


def emails(page: Page) -> Iterator[Found]:
    """E-mail addresses."""
    for match in _DOMAIN.finditer(page.text):
        domain = match[0][1:].rstrip(".-")
        before = page.text[max(0, match.start() - 64) : match.start()]
        local = before[len(before.rstrip(_LOCAL)) :].lstrip(".%+-")
        if local and _is_mail_domain(domain):
            yield Found("email", match.start() - len(local), match.start() + 1 + len(domain))


def _is_id(digits: str) -> bool:
    if len(digits) != 18 or digits[:2] not in _PROVINCES:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _is_island_id(number: str) -> bool:
    first = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10
    total = first // 10 + first % 10 * 9
    total += sum(int(digit) * weight for digit, weight in zip(number[1:9], range(8, 0, -1), strict=True))
    return (total + int(number[9])) % 10 == 0


def _passes_luhn(digits: str) -> bool:
    total = sum(_doubled(int(digit)) if place % 2 else int(digit) for place, digit in enumerate(reversed(digits)))
    return total % 10 == 0


def _doubled(digit: int) -> int:
    return digit * 2 - 9 if digit > 4 else digit * 2


def _is_mobile(written: str) -> bool:
    digits = "".join(letter for letter in written if letter.isdigit())
    return bool(_MOBILE_SERIES.match(digits[-11:]))


def _is_counted(page: Page, match: re.Match[str]) -> bool:
    """Whether the words around say that these eleven digits count or number something."""
    before = page.lower[max(0, match.start() - 24) : match.start()]
    return bool(_COUNTED.search(before) or _UNIT.match(page.lower, match.end()))


def _is_mail_domain(domain: str) -> bool:
    labels = domain.split(".")
    top = labels[-1]
    if len(labels) < 2 or not all(labels) or not top.isalpha() or not 2 <= len(top) <= 24:
        return False
    return (top.islower() or top.isupper()) and top.lower() not in _NO_DOMAIN


_PAPERS: Final = (
    "身份证",
    "身分證",
    "证件",
    "證件",
    "公民身份",
    "社会保障",
    "社保",
    "通行",
    "台胞",
    "回乡",
    "居留",
    "居住证",
)
_MORE_PAPERS: Final = ("军官", "士兵", "护照", "護照", "id card", "passport", "hkid")
_CALLS: Final = ("电话", "電話", "手机", "手機", "联系", "聯絡", "座机", "传真", "微信", "致电", "拨打")
PEOPLE_RULES: Final = (
    Rule(id_numbers, (NUMBER,)),
    Rule(labelled_ids, (*_PAPERS, *_MORE_PAPERS)),
    Rule(bank_cards, (NUMBER,)),
    Rule(emails, ("@",)),
    Rule(phones, (NUMBER,)),
    Rule(labelled_phones, (*_CALLS, "tel", "phone", "mobile", "fax", "cell")),
)
