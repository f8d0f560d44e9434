"""Passwords given to a command, written in a statement, or set on a switch."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page
from intake.redaction.placeholders import has_letter_and_digit, is_placeholder
from intake.redaction.rules import Rule

_ORACLE: Final = re.compile(
    r"(?:thin:|sqlplus\s{1,3}(?:-\w{1,8}\s{1,2}){0,3}|(?:expdp|impdp|exp|imp|sqlldr|rman(?: target)?|connect"
    r"|conn)\s{1,3}|userid=)[\"']?"
    r"[a-z][\w$#]{0,30}/(?P<secret>[^\s@/\"'<>]{2,60})(?=@|\s|[\"']|$)"
)
# "sa/Sql@2019" and "login admin / Adm1n$24" where people talk about signing in.
_PAIR: Final = re.compile(
    r"(?<![\w./\\:-])[a-z_][\w.]{1,24}\s?/\s?(?P<secret>[!-.0-~]{6,40})(?=[\s,，。;；、)）\"'\u4e00-\u9fff]|$)"
)
_PAIR_STEMS: Final = ("账号", "帐号", "密码", "口令", "登录", "登陆", "用户名", "数据库", "ora-01017")


def _command(stems: str, *parts: str) -> Rule:
    """A rule for what stands behind one command; the stems, with strokes between them, are looked for first."""
    pattern = re.compile("".join(parts))

    def find(page: Page) -> Iterator[Found]:
        for match in pattern.finditer(page.lower):
            if not is_placeholder(page.text[match.start("secret") : match.end("secret")]):
                yield Found("password", match.start("secret"), match.end("secret"))

    return Rule(find, tuple(stems.split("|")))


# The words between a program and its option.
_GAP: Final = r"\s(?:[^\n|;&]{0,200}?\s)?"

_COMMANDS: Final = (
    _command(
        "mysql",
        r"(?<![\w-])mysql(?:dump|admin|import|show)?(?:\s{1,3}[^\s|;&]{1,80}){0,12}?\s-p[\"']?",
        r"(?P<secret>[^\s|;&\"']{3,80})",
    ),
    _command(
        "curl",
        r"(?<![\w-])curl" + _GAP + r"(?:-u|--user)[ =]?[\"']?[^\s:\"']{1,80}:(?P<secret>[^\s\"']{2,120})",
    ),
    _command("redis-cli", "redis-cli" + _GAP + r"-a\s{1,2}[\"']?(?P<secret>[^\s\"']{2,120})"),
    _command(
        "sqlcmd|osql|isql|bcp|psexec|zip|7z|rar|mongo|sshpass",
        r"(?<![\w-])(?:sqlcmd|osql|isql|bcp|psexec|zip|unzip|7za?|rar|mongo(?:sh|dump|restore)?|sshpass)(?:\.exe)?",
        _GAP + r"-p\s{0,2}[\"']?(?P<secret>[^\s\"'|;&-][^\s\"'|;&]{2,120})",
    ),
    _command(
        "-pw",
        r"(?<![\w-])(?:plink|pscp|psftp|putty)(?:\.exe)?" + _GAP + r"-pw\s{1,2}[\"']?(?P<secret>[^\s\"']{3,120})",
    ),
    _command(
        "openssl",
        "openssl" + _GAP + r"(?:-k|-pass(?:in|out)?\s{1,2}pass:)\s{0,2}[\"']?(?P<secret>[^\s\"']{3,120})",
    ),
    _command("smbclient", "smbclient" + _GAP + r"-u\s{0,2}[\"']?[^\s%]{1,80}%(?P<secret>[^\s\"']{3,120})"),
    _command(
        "sudo|passwd",
        r"echo\s(?:-\w\s)?[\"']?(?:\w{1,40}:)?(?P<secret>[^\s\"'|:$][^\s\"'|]{2,80})[\"']?\s?\|\s?",
        r"(?:sudo|passwd|chpasswd)",
    ),
    _command(
        "net use",
        r"net use\s{1,3}(?:[a-z*]:?\s{1,3})?\\\\\S{1,120}\s{1,3}[\"']?"
        r"(?P<secret>[^\s/*\"'][^\s\"']{3,80})[\"']?\s{1,3}/",
    ),
    _command("net user", r"net user\s{1,3}\S{1,80}\s{1,3}(?P<secret>[^\s/*\"'][^\s]{3,80})"),
    _command("/user:", r"/user:[^\s/]{1,80}\s{1,3}(?P<secret>[^\s/]{3,80})"),
    _command("/rp|/p:|/pass:", r"\s/(?:rp\s{1,3}|pass:|p:)[\"']?(?P<secret>[^\s\"'/]{3,80})"),
    _command("login|upload", r"(?<!\w)(?:login|upload)" + _GAP + r"-p\s{1,2}[\"']?(?P<secret>[^\s\"'|;&]{3,160})"),
    _command("login", r"login\s{1,3}\S{1,80}\s{1,3}password\s{1,3}(?P<secret>\S{2,120})"),
    _command(
        "--pass|--token|--secret|--api|--access|/pass|/token|/secret",
        r"(?:--|/)(?:[a-z]{2,8}-)?(?:password|passwd|pass|token|secret|api-key|apikey|secret-key|access-key)",
        r"(?:\s{1,3}|=)[\"']?(?P<secret>[^\s\"'-][^\s\"']{2,120})",
    ),
    _command(
        "identified",
        r"identified\s{1,3}by\s{1,3}(?:values\s{1,3}|password\s{1,3})?[\"']?(?P<secret>[^\s\"';]{2,120})",
    ),
    _command("password", r"password\s{0,3}(?:\(\s{0,2})?'(?P<secret>[^'\n]{2,120})'"),
    _command("securestring", r"convertto-securestring\s{1,3}(?:-string\s{1,3})?[\"'](?P<secret>[^\"'\n]{2,120})[\"']"),
    _command(
        "requirepass|masterauth|auth_pass", r"(?:requirepass|masterauth|auth_pass)\s{1,3}(?P<secret>[^\s\"']{2,120})"
    ),
    # Switches and routers say how the password is written before they say it.
    _command(
        "password |secret |cipher |key ",
        r"(?:password|secret|key|cipher)\s{1,3}(?:[0-9]|cipher|irreversible-cipher|simple|encrypted|hash)\s{1,3}",
        r"(?P<secret>[^\s\"']{4,160})",
    ),
    _command("cipher", r"(?<=super password )cipher\s{1,3}(?P<secret>\S{4,120})"),
    _command(
        "community", r"community\s{1,3}(?:read |write )?[\"']?(?P<secret>[^\s\"']{4,60})(?=\s{1,3}r[ow]\b|[\"']?$)"
    ),
    _command("snmp", r"snmp\w{3,10}\s[^\n|;&]{0,80}?-c\s{0,2}(?P<secret>[^\s\"'-][^\s\"']{3,60})"),
    _command(
        "p:|p=", r"(?<![a-z])u(?:ser)?\s?[:=]\s?\S{1,40}[\s,;/]{1,4}p(?:w|ass)?\s?[:=]\s?(?P<secret>[^\s\"']{4,60})"
    ),
    _command(
        "server key|server-key|shared key|shared-key",
        r"(?:server|pre-?shared|shared)[ -]key\s{1,3}(?P<secret>[^\s\"':=]{4,80})",
    ),
)


def oracle_logins(page: Page) -> Iterator[Found]:
    """Passwords behind the user's name and a stroke, as Oracle's programs take them."""
    for match in _ORACLE.finditer(page.lower):
        if not is_placeholder(page.text[match.start("secret") : match.end("secret")]):
            yield Found("password", match.start("secret"), match.end("secret"))


def pairs(page: Page) -> Iterator[Found]:
    """User and password with a stroke between them, where the talk is of signing in."""
    for match in _PAIR.finditer(page.lower):
        value = page.text[match.start("secret") : match.end("secret")].rstrip(",.;")
        if has_letter_and_digit(value) and "." not in value and not is_placeholder(value):
            yield Found("password", match.start("secret"), match.start("secret") + len(value))


COMMAND_RULES: Final = (
    *_COMMANDS,
    Rule(oracle_logins, ("jdbc:", "sqlplus", "rman", "conn", "exp", "imp", "sqlldr", "userid=")),
    Rule(pairs, _PAIR_STEMS),
)
