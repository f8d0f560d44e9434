"""Words that look like passwords, where the talk is of accounts and passwords and no label stands right before them."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page
from intake.redaction.placeholders import is_placeholder

LOOSE_STEMS: Final = (
    *(
        "密码",
        "密碼",
        "口令",
        "账号",
        "帐号",
        "帳號",
        "账户",
        "用户名",
        "用戶名",
        "登录名",
        "password",
        "passwd",
        "pwd",
    ),
    *("login", "log in", "account", "credential", "creds", "ssh ", "expect", "admin", "root "),
)
_SIGNS: Final = "!@#$%^&*~+"
_WORD: Final = re.compile(
    rf"(?<![\w{_SIGNS}.:/\\=\[\](){{}}<>-])(?=[\w.-]{{1,30}}[{_SIGNS}])(?P<secret>[\w{_SIGNS}.-]{{6,32}})"
    rf"(?![\w{_SIGNS}:/=(\[<{{-])(?!\\[^rn])",
    re.ASCII,
)
# Right behind the word, without a sign: capitals, small letters and digits together are no prose.
_BEHIND: Final = re.compile(
    r"(?:password|passwd|pwd|密码|密碼|口令)\s{1,3}(?P<secret>[a-z0-9_]{8,32})(?![\w.:/(=-])", re.ASCII
)
_SIGN: Final = re.compile(f"[{_SIGNS}]")
_ADDRESS: Final = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}|[A-Za-z_.$]{5,80}[0-9]{0,4}@(?=[0-9]{0,15}[a-f])[0-9a-f]{5,16}|[\w.-]{1,40}@v?[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}"
)


def loose_passwords(page: Page) -> Iterator[Found]:
    """Words of letters, digits and signs such as Kf8#mm21; addresses and object names are left alone."""
    for match in _BEHIND.finditer(page.lower):
        value = page.text[match.start("secret") : match.end()]
        if value.lower() != value != value.upper() and any(map(str.isdigit, value)) and not is_placeholder(value):
            yield Found("password", match.start("secret"), match.end())
    for match in _WORD.finditer(page.text) if _SIGN.search(page.text) else ():
        value = match["secret"].rstrip(".")
        if _is_strong(value) and not _ADDRESS.fullmatch(value) and not is_placeholder(value):
            yield Found("password", match.start(), match.start() + len(value))


def _is_strong(value: str) -> bool:
    has_digit = any(letter.isdigit() for letter in value)
    letters = sum(letter.isalpha() for letter in value)
    return has_digit and letters >= 2 and any(letter in _SIGNS for letter in value)
