"""Passwords and keys that stand behind a label, in an address, or on a command line."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page
from intake.redaction.placeholders import (
    entropy,
    has_letter_and_digit,
    is_code_name,
    is_hex,
    is_placeholder,
    is_uuid,
)
from intake.redaction.rules import Rule
from intake.redaction.tokens import is_base32, is_random

# Between a label and its value: the end of a name, brackets and quotes, then a sign (or "value=" in XML and YAML).
_JOIN: Final = (
    r"[a-z0-9_.-]{0,24}+[\u4e00-\u9fff]{0,4}?[\\\"'`\])]{0,3}"
    r"(?:\s{0,2}:?\s{0,2}(?:&(?:'static )?str|string|str)(?=\s{0,3}=))?\s{0,3}"
    r"(?:(?P<sign>:{1,3}=|=>|={1,3}|\?:?=|:|\|\||,(?=\s{0,2}[\"'])|->|[是为為])[ \t]{0,4}"
    r"|(?P<tag>(?:\s[\w:-]{1,30}=\"[^\"<>\n]{0,40}\"){0,3}>)\s{0,16}"
    r"|[ \t,]{1,3}value\s{0,2}[=:]\s{0,2}|\n\s{1,16}value:\s{0,4}|\s{1,2}to\s{1,2}(?=[\"'`])"
    r"|\s{1,8}reg_\w{2,12}\s{1,8}|\s{1,2}(?:is|was)(?:\s{1,2}now)?(?:\s{0,2}:\s{0,2}|\s{1,2})(?=\S))(?P<quote>[\\\"'`]{0,4})"
)
# Alternatives begin with a letter, and what stands before them is looked at last: that is much quicker to search for.
_PASSWORD: Final = re.compile(
    r"(?:p(?:ass(?:_?words?|wd|phrase|code|(?P<bare>(?![a-z])))|wd|(?<![a-z]p)(?:sk|w)(?![a-z]))|requirepass|masterauth)"
    + _JOIN
)
_BEFORE_PASS: Final = re.compile(r"(?:^|[^a-z])(?:(?:db|user|my|root|admin|ftp|smtp|pg|sys|ssh|ldap)?_?)$")
_PASSWORD_ZH: Final = re.compile(
    r"(?:密码|口令|密碼|通行码)(?:[\"'”」]?(?:已?(?:重置|重設|修改|更改|变更|變更|设置|設定|设|設|改)(?:为|為|成)"
    r"|(?:给你|给您|发你|发您|如下|改回|在这)?\s{0,2}(?:[:=]|是|为|為))\s{0,2}[:=]?\s{0,3}[\"'“「]?|\s{0,2}[\"“「]?(?=[!-~]))"
)
_TOKEN: Final = re.compile(
    r"(?P<word>token|secret|credentials?|key|(?:jsession|phpsess)id|asp\.net_sessionid|sess?ion_?id|csrf|signature|webhook"
    r"|s(?<![a-z]s)(?:ig|ign|id)(?![a-z])|auth(?<![a-z]auth)(?![a-z])|dsn(?<![a-z]dsn)(?![a-z]))" + _JOIN
)
# A key, token or secret of one of these is one for certain; a bare "key" may be anything.
_OWNER: Final = re.compile(
    r"(?:api|access|secret|auth|private|client|account|encrypt(?:ion)?|sign(?:ing|ature)?|shared"
    r"|master|service|app(?:lication)?|storage|license|session|consumer|subscription|bot|deploy|refresh|id|bearer"
    r"|oauth2?|personal|security|user)[_\-. ]?$"
)
_TOKEN_ZH: Final = re.compile(
    r"(?:密钥|秘钥|令牌|授权码|激活码|访问凭证)(?:\s{0,2}(?:[:=]|是|为|為)\s{0,3}|\s{0,2}(?=[!-~]{16}))[\"'“「]?"
)
_CODE: Final = re.compile(
    r"(?:验证码|短信码|校验码|動態密碼|动态码|動態碼|驗證碼|动态口令"
    r"|one[- ]time (?:code|password)|verification code|otp)"
    r"\s{0,2}(?:[:=]|是|为|為|is)?\s{0,3}([0-9]{4,8}|(?=[a-z]{0,11}[0-9])[a-z0-9]{4,12})(?![a-z0-9])"
)
# The code that was sent to a telephone, beside its number.
_SENT: Final = re.compile(
    r"(?:(?:mobile|phone|tel)\w{0,8}=[^&\s]{1,40}&(?:\w{1,30}=[^&\s]{0,80}&){0,3}"
    r"|(?:sms|verify|verification|captcha|valid)_?)code=([0-9]{4,8})(?![0-9])"
)
# "totp secret JBSWY3DP...": only what is random may follow without a sign.
_SPACED: Final = re.compile(r"(?:secret|token|key)\s{1,3}(?=[\w-]{16})(?P<value>[\w-]{16,200})(?![\w(.:=-])")
_HEADER: Final = re.compile(
    r"authorization[\"']?\s{0,2}[:=]\s{0,2}[\"']?(?:(?:basic|bearer|token|digest|negotiate|ntlm|apikey"
    r"|key|splunk|aws4-[\w-]{1,20})\s{1,3})?"
    r"|(?<![a-z])bearer\s{1,3}(?=[\w.~+/=-]{16})"
)
_COOKIE: Final = re.compile(r"(?<![a-z])cookie\d?[\"']?\s{0,2}:\s{0,2}[\"']?(?=[\w.-]{1,80}=)")
_URL: Final = re.compile(r"://(?P<user>[^\s:/@\"'<>?#]{0,120}):(?P<secret>[^\s\"'<>]{1,160})@(?=[\w\[$%{(*-])")
_URL_USER: Final = re.compile(r"://(?P<secret>[A-Za-z0-9_.~-]{20,200})@(?=[\w\[])")
_VALUE: Final = re.compile(
    r"(?:[^\s\"'`<>,;&|()\]}\[{，。；、！？）」”】]|[,;&](?![\s\"'}\])&]|$|[\w .-]{1,40}[=:]))" + "{1,400}"
)
_VALUE_ZH: Final = re.compile(r"[!-~]{3,80}")
# Connection strings put a value that has a semicolon into braces.
_BRACED: Final = re.compile(r"(?<==)\{[^{}\n]{3,80}\}(?=[;\s\"']|$)")
_TO_QUOTE: Final = {quote: re.compile(rf"[^{quote}\n]{{1,400}}(?={quote})") for quote in "\"'`"}
# "passwordPolicy: minLength=8" speaks of passwords and has none.
_ABOUT_PASSWORDS: Final = re.compile(
    r"(?:policy|encoder|length|strength|history|expir\w{0,6}|_?age|attempts?|count|changed?_?(?:at|on)"
    r"|reset|field|label|hint|type|file|path)[\"']?\s{0,3}[:=]"
)
_BENIGN_KEYS: Final = re.compile(
    r"(?:cache|primary|foreign|partition|sort|row|shard|object|public|hash|redis|map|unique"
    r"|dup(?:licate)?|registry|hot|host|routing"
    r"|group|message|idempotency|lookup|index|config|translation|order|press|event|reg|function"
    r"|natural|join|surrogate|s3)[_\-. ]?$"
)


def passwords(page: Page) -> Iterator[Found]:
    """Passwords behind a label, in English or Chinese."""
    for match in _PASSWORD.finditer(page.lower):
        value = _value(page.text, match.end(), match["quote"])
        before = page.lower[max(0, match.start() - 8) : match.start()]
        if match["bare"] is not None and not _BEFORE_PASS.search(before):
            continue
        if value and _may_be_password(page, match, value):
            yield Found("password", match.end(), match.end() + len(value))
    for match in _PASSWORD_ZH.finditer(page.lower):
        found = _VALUE_ZH.match(page.text, match.end())
        value = found[0].rstrip(",.;)\"'") if found else ""
        is_joined = page.lower[match.end() - 1 : match.end()] not in "码令碼 "
        if _is_chinese_password(value, is_joined=is_joined):
            yield Found("password", match.end(), match.end() + len(value))


def labelled_tokens(page: Page) -> Iterator[Found]:
    """Keys and tokens that a label announces."""
    for match in _TOKEN.finditer(page.lower):
        value = _value(page.text, match.end(), match["quote"])
        if len(value) < 8:
            continue
        label = page.lower[match.start() : match.end()]
        if _is_token(value, label, page.lower[max(0, match.start() - 16) : match.start()]):
            yield Found("token" if "token" in label else "key", match.end(), match.end() + len(value))


def chinese_keys(page: Page) -> Iterator[Found]:
    """Keys behind 密钥, 令牌 and the like."""
    for match in _TOKEN_ZH.finditer(page.lower):
        found = _VALUE_ZH.match(page.text, match.end())
        value = found[0].rstrip(",.;)\"'") if found else ""
        if len(value) >= 8 and has_letter_and_digit(value) and not is_placeholder(value):
            yield Found("key", match.end(), match.end() + len(value))


def codes(page: Page) -> Iterator[Found]:
    """One-time codes: 验证码, OTP, and what was sent to a telephone."""
    for pattern in (_CODE, _SENT):
        for match in pattern.finditer(page.lower):
            yield Found("token", match.start(1), match.end(1))


def spaced_keys(page: Page) -> Iterator[Found]:
    """Random text behind "secret", "token" or "key" without a sign."""
    for match in _SPACED.finditer(page.lower):
        if is_random(value := page.text[match.start("value") : match.end()]) or is_base32(value):
            yield Found("key", match.start("value"), match.end())


def headers(page: Page) -> Iterator[Found]:
    """What signs a person in over HTTP: Authorization and Cookie lines."""
    if "uthorization" in page.lower or "bearer" in page.lower:
        for match in _HEADER.finditer(page.lower):
            value = _value(page.text, match.end(), "")
            if len(value) >= 8 and not is_placeholder(value) and not is_code_name(value):
                yield Found("token", match.end(), match.end() + len(value))
    if "ookie" in page.lower:
        for match in _COOKIE.finditer(page.lower):
            pairs = _COOKIES.match(page.text, match.end())
            if pairs and any(map(_may_sign_in, pairs[0].split(";"))):
                yield Found("token", match.end(), pairs.end())


def addresses_with_passwords(page: Page) -> Iterator[Found]:
    """Passwords inside addresses and connection strings: scheme://user:password@host."""
    if "://" in page.text and "@" in page.text:
        for match in _URL.finditer(page.text):
            if not is_placeholder(match["secret"]):
                yield Found("password", match.start("secret"), match.end("secret"))
        for match in _URL_USER.finditer(page.text):
            if not is_placeholder(match["secret"]) and has_letter_and_digit(match["secret"]):
                yield Found("token", match.start("secret"), match.end("secret"))


_COOKIES: Final = re.compile(r"[^\n\r\"']{4,4000}")


def _value(text: str, at: int, quotes: str) -> str:
    """The value that begins here: up to its closing quote, or up to where a bare word ends."""
    braced = _BRACED.match(text, at) if text[at : at + 1] == "{" else None
    if braced and has_letter_and_digit(braced[0]):
        return braced[0]
    quote = quotes[-1:].strip("\\")
    match = _TO_QUOTE[quote].match(text, at) if quote else None
    match = match or _VALUE.match(text, at)
    return match[0].rstrip(".:") if match and not quote else match[0] if match else ""


def _may_sign_in(cookie: str) -> bool:
    """Whether this cookie is long or random enough to stand for a person: "lang=zh_CN" isn't."""
    value = cookie.partition("=")[2].strip()
    return len(value) >= 12 and not is_placeholder(value) and (len(value) >= 20 or has_letter_and_digit(value))


def _may_be_password(page: Page, match: re.Match[str], value: str) -> bool:
    label, sign = match[0], match["sign"]
    if _ABOUT_PASSWORDS.search(label):
        return False
    if len(value) < 3 or is_placeholder(value) or "[" in value[:1]:
        return False
    if page.text[match.end() + len(value) : match.end() + len(value) + 2] == "(*":
        return False
    if match["quote"]:
        return not is_code_name(value) or has_letter_and_digit(value)
    if label.startswith("pwd") and (value[0] in "/\\~" or value[1:3] == ":\\"):
        return False
    if sign is None and match["tag"] is None:
        return has_letter_and_digit(value) and len(value) >= 5
    if "pass" in label and "word" not in label and "wd" not in label and value.isdigit():
        return "passphrase" in label or "requirepass" in label
    return not (_is_prose(page.text, match.end(), value, sign or "") or is_code_name(value) or "(" in value)


def _is_prose(text: str, at: int, value: str, sign: str) -> bool:
    """Whether a sentence goes on here ("password: must be longer") rather than a value."""
    if sign != ":" or not value.isascii() or not value.isalpha():
        return False
    after = text[at + len(value) : at + len(value) + 2]
    return len(after) == 2 and after[0] == " " and after[1].isalpha()


def _is_chinese_password(value: str, *, is_joined: bool) -> bool:
    if len(value) < 4 or is_placeholder(value):
        return False
    if is_joined:
        return True
    return (has_letter_and_digit(value) and len(value) >= 6) or (value.isdigit() and len(value) >= 6)


def _is_token(value: str, label: str, before: str) -> bool:
    if is_placeholder(value) or is_code_name(value) or value.startswith(("0x", "http:", "https:", "/", "~/")):
        return False
    is_plain_key = label.startswith(("key", "sid", "sign", "sig", "auth")) and not _OWNER.search(before)
    if is_plain_key and _BENIGN_KEYS.search(before):
        return False
    if not has_letter_and_digit(value):
        return len(value) >= 20 and value.isalpha() and entropy(value) >= 3.5 and not value.islower()
    if is_uuid(value):
        return "secret" in label or "token" in label or "key" in label
    if is_plain_key or "session" in label or "csrf" in label:
        return len(value) >= 16 and entropy(value) >= 3.0 and _looks_random(value)
    return _looks_random(value) or len(value) >= 24


def _looks_random(value: str) -> bool:
    """Few signs between the letters and digits, and enough different ones."""
    signs = sum(not letter.isalnum() for letter in value)
    return signs <= max(2, len(value) // 8) and entropy(value) >= 2.6 and (not is_hex(value) or len(value) >= 12)


_TOKEN_STEMS: Final = ("key", "token", "secret", "credential", "sess", "asp.net", "csrf", "sig", "sid", "auth", "dsn")
_CODE_STEMS: Final = (
    "验证码",
    "短信码",
    "校验码",
    "驗證碼",
    "动态",
    "動態",
    "verification code",
    "one",
    "otp",
    "code=",
)
CREDENTIAL_RULES: Final = (
    Rule(addresses_with_passwords, ("://",)),
    Rule(passwords, ("pass", "pwd", "pw", "psk", "masterauth", "密码", "密碼", "口令", "通行码")),
    Rule(headers, ("uthorization", "bearer", "cookie")),
    Rule(labelled_tokens, (*_TOKEN_STEMS, "webhook")),
    Rule(chinese_keys, ("密钥", "秘钥", "令牌", "授权码", "激活码", "凭证")),
    Rule(codes, _CODE_STEMS),
    Rule(spaced_keys, ("secret ", "token ", "key ")),
)
