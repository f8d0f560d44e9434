"""Error codes: what a database, a web server, an operating system or a program calls a fault."""

import re
from typing import Final, NamedTuple


class Code(NamedTuple):
    """An error code, who speaks it, and whether it tells the fault by itself."""

    code: str
    component: str
    is_specific: bool


_ERRNO: Final = (
    "ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EADDRINUSE|EADDRNOTAVAIL"
    "|EACCES|EPERM|ENOENT|EEXIST|EPIPE"
    "|EHOSTUNREACH|ENETUNREACH|EMFILE|ENFILE|ENOSPC|ENOMEM|EISDIR|ENOTDIR|ENOTEMPTY|EINVAL|EBUSY"
    "|EROFS|EIO|ESOCKETTIMEDOUT"
    "|ELIFECYCLE|ERESOLVE|E404|EDQUOT|EPROTO|ESTALE|EBADF|EXDEV"
)
_HTTP_WORDS: Final = (
    "Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Request Time-?out|Conflict|Gone|Payload Too Large"
    "|Request Entity Too Large|URI Too Long|Too Many Requests|Internal Server Error|Not Implemented"
    "|Bad Gateway|Service (?:Temporarily )?Unavailable"
    "|Gateway Time-?out"
)

# The first that fits is the code: those that name a fault exactly stand before those that many faults share.
# A pattern is only tried where one of its words stands, in lower case; most lines have none of them.
_DASHED: Final = "\0dashed"
"""In the place of a word: a capital, a dash and a digit, as in ORA-00942."""
_NAMED: Final = "\0named"
"""In the place of a word: a name in capitals that begins with E, as in ECONNREFUSED."""
_SIGNS: Final = ((_DASHED, re.compile("[A-Z]-[0-9]")), (_NAMED, re.compile("E(?<![A-Z0-9_]E)[A-Z0-9_]{3}")))
_CODES: Final[tuple[tuple[str, bool, tuple[str, ...], re.Pattern[str]], ...]] = (
    (
        "oracle",
        True,
        (_DASHED,),
        re.compile(
            r"(?<![A-Z0-9])(?!ORA-06512)((?:ORA|TNS|PLS|RMAN|LRM|IMP|EXP|UDE|OGG|DPY|DPI|KUP|CRS)-[0-9]{4,5})(?![0-9])"
        ),
    ),
    (
        "db2",
        True,
        ("sqlcode", "sql"),
        re.compile(r"(?<![A-Z0-9])(SQLCODE[:=] ?-?[0-9]{3,5}|SQL[0-9]{4,5}[NCW])(?![0-9A-Z])"),
    ),
    (
        "sqlserver",
        True,
        ("msg ", "severity:", "error number"),
        re.compile(
            r"(?<!\w)(?:Msg ([0-9]{2,6}), Level [0-9]{1,2}|Error: ([0-9]{2,6}), Severity: [0-9]{1,2}|Error "
            r"Number: ?([0-9]{2,6}))"
        ),
    ),
    ("sqlserver", True, ("消息", "訊息"), re.compile(r"(?:消息|訊息) ([0-9]{2,6})，(?:级别|級別|層級)")),
    (
        "mysql",
        True,
        ("error", "errno", "sqlstate["),
        re.compile(
            r"(?<!\w)(?:ERROR (?=[0-9]{4} \()|Error Code: |errno: |SQLSTATE\[\w{5}\](?:: [^\n:]{1,60}: | "
            r"\[))([1-4][0-9]{3})(?=[ \]\.:,]|$)"
        ),
    ),
    ("mysql", True, ("my-",), re.compile(r"(?<!\w)(MY-[0-9]{6})(?![0-9])")),
    (
        "mysql",
        True,
        (", ",),
        re.compile(
            r"(?:^|OperationalError|ProgrammingError|IntegrityError|DataError|InternalError"
            r"|MySQL\w{0,20})\)?:? ?\(([1-4][0-9]{3}), ",
            re.MULTILINE,
        ),
    ),
    (
        "sql",
        True,
        ("state", "sqlstate"),
        re.compile(
            r"(?i:sql ?state|错误代码\(sqlstate\))[\"']?\s{0,2}[:=\[(]{0,2}\s{0,2}[\"']?([0-9A-Z]{5})(?![0-9A-Za-z])"
        ),
    ),
    ("sql", True, ("error:", "fatal:", "panic:"), re.compile(r"(?:ERROR|FATAL|PANIC):  ?([0-9][0-9A-Z]{4}): ")),
    ("weblogic", True, ("bea-",), re.compile(r"(?<![A-Z0-9])(BEA-[0-9]{6})(?![0-9])")),
    ("websphere", True, ("e", "w"), re.compile(r"(?<![A-Z0-9])([A-Z]{4,5}[0-9]{4}[EW])(?![0-9A-Za-z])")),
    (
        "dotnet",
        True,
        ("cs", "netsdk", "nu", "msb", "bc"),
        re.compile(r"(?<![A-Z0-9])((?:CS|NETSDK|NU|MSB|BC)[0-9]{4})(?![0-9])"),
    ),
    ("browser", True, ("net::err_",), re.compile(r"net::(ERR_[A-Z0-9_]{3,60})")),
    (
        "browser",
        True,
        ("_error_", "dns_probe", "pr_", "pkix"),
        re.compile(
            r"(?<![A-Z_])((?:NS_ERROR|DNS_PROBE|SSL_ERROR|PR|SEC_ERROR|MOZILLA_PKIX_ERROR)_[A-Z0-9_]{3,60})(?![A-Z_])"
        ),
    ),
    (
        "browser",
        True,
        ("minified", "chunkload", "ng0"),
        re.compile(r"(Minified React error #[0-9]{1,4}|ChunkLoadError|NG0[0-9]{3,5})(?![0-9])"),
    ),
    ("node", True, ("err_",), re.compile(r"(?<![A-Z_])(ERR_[A-Z0-9_]{3,60})(?![A-Z_])")),
    (
        "redis",
        True,
        ("wrongtype", "noauth", "wrongpass", "misconf", "clusterdown", "noscript", "readonly", "oom"),
        re.compile(r"(?:^|[\s:(])(WRONGTYPE|NOAUTH|WRONGPASS|MISCONF|CLUSTERDOWN|NOSCRIPT|READONLY|OOM) (?=[A-Zc])"),
    ),
    ("grpc", True, ("rpc error",), re.compile(r"rpc error: (code = \w{1,30})")),
    (
        "systemd",
        True,
        ("status=", "failed with result"),
        re.compile(
            r"(status=[0-9]{1,3}/[A-Z_]{2,30}|code=(?:killed|dumped), status=[0-9]{1,3}/[A-Z]{2,20}|Failed "
            r"with result '[a-z-]{2,30}')"
        ),
    ),
    ("php", True, (" error:",), re.compile(r"(?:PHP )?((?:Fatal|Parse|Recoverable fatal) error):\s{1,3}(?!Uncaught)")),
    (
        "application",
        True,
        ("码", "碼", "编号", "code"),
        re.compile(
            r"(?:错误码|错误代码|錯誤碼|錯誤代碼|错误编号|返回码|响应码|(?i:err(?:or)?[ _-]?code|errcode"
            r"|ret(?:urn)?[ _-]?code|resultcode))[\"']?\s{0,2}[:=：是为#]{0,2}\s{0,2}[\"'\[(]?(?!0[xX]"
            r"|0(?![0-9]))(-?[A-Z]{0,6}[-_]?[0-9]{2,10})(?![0-9A-Za-z])"
        ),
    ),
    (
        "application",
        True,
        (_DASHED,),
        re.compile(
            r"(?<![A-Za-z0-9/_.-])(?!CVE|ISO|RFC|GB|UTF|UTC|GMT|SHA|KB|ID|IEC|AES|RSA|CP|HTTP|TLS"
            r"|COVID)([A-Z]{2,8}-[0-9]{3,6})(?![0-9A-Za-z-])"
        ),
    ),
    ("windows", False, ("0x",), re.compile(r"(0[xX][89cCdDeE][0-9A-Fa-f]{7})(?![0-9A-Fa-f])")),
    (
        "windows",
        False,
        ("event", "事件"),
        re.compile(r"(?:Event ?ID|事件 ?ID|EventID)\s{0,2}[:=：]?\s{0,2}([0-9]{1,5})(?![0-9])"),
    ),
    (
        "windows",
        False,
        ("win32", "system error", "系统错误", "gle"),
        re.compile(
            r"(?i:win32(?:exception)?(?: error)?|system error|系统错误"
            r"|gle)\s{0,2}[:=(]?\s{0,2}\(?(?:0x80004005\): ?)?([0-9]{1,5})(?![0-9A-Za-z])"
        ),
    ),
    ("system", False, (_NAMED,), re.compile(rf"(?<![A-Z0-9_])({_ERRNO})(?![A-Z0-9_])")),
    (
        "system",
        False,
        ("errno", "winerror", ": "),
        re.compile(
            r"\[(?:Errno|WinError) (-?[0-9]{1,5})\]|\(([0-9]{1,3}): [A-Z][a-z]"
            r"|(?<!\w)errno[:= ]{1,2}([0-9]{1,3})(?![0-9])"
        ),
    ),
    ("http", False, ("4", "5"), re.compile(rf"([45](?<![0-9][45])[0-9]{{2}}) (?:{_HTTP_WORDS})")),
    (
        "http",
        False,
        ("http", "status", "response", "状态", "狀態", "返回"),
        re.compile(
            r"(?i:http(?:/[0-9.]{1,3})?(?: status| error| response)?(?: code)?|status ?code|response code"
            r"|状态码|狀態碼|response status(?: of)?|返回)\s{0,2}[:=：]?\s{0,2}([45][0-9]{2})(?![0-9A-Za-z.])"
        ),
    ),
    ("http", False, ("http/",), re.compile(r"HTTP/[0-9.]{1,3}\"(?: status:)? (5[0-9]{2})(?![0-9])")),
    (
        "process",
        False,
        ("exit", "退出"),
        re.compile(
            r"(?i:exit(?:ed with)?(?: code| status)|exit code|退出码"
            r"|退出代码)\s{0,2}[:=]?\s{0,2}(-?[0-9]{1,10})(?![0-9.])"
        ),
    ),
    ("process", False, ("sig",), re.compile(r"(?<![A-Z])(SIG(?:SEGV|KILL|ABRT|BUS|ILL|TERM|FPE))(?![A-Z])")),
)


def _called_by() -> dict[str, int]:
    """For every word the codes it calls, as a number with a bit for each."""
    called: dict[str, int] = {}
    for number, (_, _, stems, _) in enumerate(_CODES):
        for stem in stems:
            called[stem] = called.get(stem, 0) | 1 << number
    return called


_CALLED: Final = _called_by()
_BY_SIGN: Final = tuple((pattern, _CALLED.pop(sign)) for sign, pattern in _SIGNS)
_BY_WORD: Final = tuple(_CALLED.items())


def find_code(text: str) -> Code | None:
    """The most telling error code of a text."""
    lower = text.lower()
    called = 0
    for stem, codes in _BY_WORD:
        if stem in lower:
            called |= codes
    for sign, codes in _BY_SIGN:
        if sign.search(text):
            called |= codes
    while called:
        component, is_specific, _, pattern = _CODES[(called & -called).bit_length() - 1]
        match = pattern.search(text)
        if match:
            code = next((group for group in match.groups() if group), match[0])
            return Code(_code_name(component, code), component, is_specific)
        called &= called - 1
    return None


def _code_name(component: str, code: str) -> str:
    """The code as people quote it: a bare number says who speaks it."""
    plain = code.replace(": ", "=").replace(":", "=") if component == "db2" else code
    if component == "windows" and plain[:2].lower() == "0x":
        return plain.lower()
    if plain.lstrip("-").isdigit() or component == "sql":
        prefix = {
            "http": "HTTP",
            "sql": "SQLSTATE",
            "process": "exit",
            "system": "errno",
            "sqlserver": "Msg",
            "mysql": "MySQL",
            "windows": "Windows",
        }
        return f"{prefix.get(component, 'code')} {plain}"
    return plain
