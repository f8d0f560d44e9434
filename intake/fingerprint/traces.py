"""Stack traces: what was thrown, and by which of the application's own functions."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

FRAMES_KEPT: Final = 5
_LONGEST_LINE: Final = 2_000


class Frame(NamedTuple):
    """One place a fault passed through; numbers of lines are left out, for they change with every release."""

    module: str
    function: str
    is_own: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.function}" if self.function else self.module


class Trace(NamedTuple):
    """The chain of what was thrown, outermost first, and the nearest own frames."""

    exceptions: tuple[str, ...]
    frames: tuple[str, ...]


ENDINGS: Final = ("Exception", "Error", "Throwable", "Fault", "Failure", "Interrupt", "Exit", "Warning", "Timeout")
_THROWN: Final = rf"(?:[A-Za-z_][\w$]{{0,80}}[.\\]){{0,12}}[A-Za-z_][\w$]{{0,80}}(?:{'|'.join(ENDINGS)})(?:`[0-9])?"
_HEAD: Final = re.compile(
    r"\s{0,8}(?P<lead>(?:Exception in thread \"[^\"\n]{0,120}\" |Caused by: |Suppressed: |Unhandled "
    r"exception[.:] |Unhandled Exception: "
    r"|-{2,4}> ?|(?:PHP )?(?:Fatal error|Warning|Notice): {1,3}Uncaught |Uncaught (?:\(in promise\) )?"
    r"|Error: Uncaught (?:\(in promise\): )?"
    r"|\[[^\]\n]{1,60}\] |未经处理的异常: {0,2}|内部异常: {0,2}|Error: ){0,3})"
    rf"(?P<name>{_THROWN}|(?:[a-z_][\w$]{{0,60}}\.){{2,12}}[A-Z][\w$]{{0,80}})(?: "
    rf"\(0x[0-9A-Fa-f]{{8}}\))?(?P<end>: |:$|$| \[|：|\s?\()"
)
_INLINE: Final = re.compile(rf"(?<![\w.$\\/])({_THROWN})(?=: |:$|$|\s|[,;)\]'\"])")
_ARROW: Final = re.compile(rf"-{{3}}> (?P<name>{_THROWN})")
_PANIC: Final = re.compile(r"(?:panic: |fatal error: |thread '[^'\n]{1,60}' panicked at )(?P<what>[^\n]{0,200})")
_GO_KIND: Final = re.compile(r"(?:runtime error: [a-z ]{3,60}|[\w ./-]{1,60})")

_JAVA: Final = re.compile(
    r"\s{0,16}at "
    r"(?:[\w.@-]{1,80}/{1,2}){0,3}(?P<module>[\w$.]{1,300})\.(?P<function>[\w$<>]{1,120})\((?P<file>[^()\n]{0,120})\)"
)
_DOTNET: Final = re.compile(
    r"\s{0,16}(?:at|在) (?P<name>[\w.`<>$+|\[\],]{1,400})\((?P<args>[^()\n]{0,400}(?:\(\)[^()\n]{0,100})?)\)"
)
_SCRIPT: Final = re.compile(
    r"\s{0,16}at (?:async |new )?(?:(?P<function>[\w$.<>\[\] ]{1,200}?) "
    r"\()?(?P<file>(?:[a-z-]{2,20}:)?[^\s()]{1,400}?):[0-9]{1,9}(?::[0-9]{1,9})?\)?\s{0,4}$"
)
_GECKO: Final = re.compile(
    r"(?P<function>[\w$./<]{0,120})@(?P<file>[a-z-]{2,20}:[^\s]{1,400}?):[0-9]{1,9}:[0-9]{1,9}\s{0,4}$"
)
_PYTHON: Final = re.compile(
    r"\s{1,16}File \"(?P<file>[^\"\n]{1,400})\", line [0-9]{1,9}(?:, in (?P<function>[\w<>.]{1,120}))?"
)
_PHP: Final = re.compile(
    r"#[0-9]{1,4} (?:(?P<file>[^\s()]{1,400})\([0-9]{1,9}\)|\[internal function\]): (?P<function>[\w\\>:{}-]{1,200})"
)
_GO: Final = re.compile(
    r"(?P<name>[\w.\-/\[\]]{1,300}(?:\(\*[\w\[\].]{1,80}\)\.[\w.\[\]]{1,100})?)\([^()\n]{0,400}\)\s{0,4}$"
)
_PLSQL: Final = re.compile(r"ORA-06512: at \"(?P<name>[\w.$#]{1,160})\"|ORA-06512: 在 \"(?P<zh>[\w.$#]{1,160})\"")
_NATIVE: Final = re.compile(r"#[0-9]{1,3}\s{1,3}(?:0x[0-9a-f]{4,16} in )?(?P<function>[\w:~]{1,120}) ?\(")

_NOT_OWN: Final = re.compile(
    r"(?:java|javax|jdk|sun|jakarta|kotlin|scala|groovy|akka|reactor|io\.netty|io\.undertow"
    r"|io\.micrometer|com\.sun|com\.zaxxer|com\.mysql"
    r"|com\.alibaba\.druid|com\.fasterxml|com\.google\.common|com\.netflix|feign|okhttp3"
    r"|net\.sf\.cglib|oracle\.jdbc|org\.postgresql"
    r"|org\.(?:apache|springframework|hibernate|mybatis|eclipse|jboss|slf4j|junit|codehaus|aspectj"
    r"|quartz|redisson)|ch\.qos|redis\.clients"
    r"|System|Microsoft|MS|Newtonsoft|Npgsql|Dapper|runtime|net/http|reflect|testing|database/sql"
    r"|syscall|internal|std|core)(?:[./:]|$)"
)
_NOT_OWN_FILE: Final = re.compile(
    r"site-packages|dist-packages|[/\\]lib[/\\]python[0-9.]{1,5}[/\\]|<frozen|^<string>|node_modules"
    r"|^node:|^internal/|/vendor/|/usr/(?:lib|share)/|webpack/(?:runtime|bootstrap)"
    r"|(?:chrome|moz)-extension:|(?:^|/)(?:vendor|polyfills?|runtime|jquery|react(?:-dom)?|vue|angular)[\w.-]{0,40}\.js"
)
_GENERATED: Final = re.compile(
    r"\${1,2}(?:EnhancerBy\w{1,30}|FastClassBy\w{1,30}|SpringCGLIB|HibernateProxy"
    r"|_javassist)\${0,3}\w{0,20}|\$\$[0-9a-f]{4,16}|\$Proxy[0-9]{1,6}"
    r"|(?:Generated\w{1,30}Accessor)[0-9]{1,6}"
    r"|\$[0-9]{1,4}(?=\$|$|\.)|\$\$Lambda(?:\$[0-9]{1,6})?(?:/0x[0-9a-f]{1,16})?(?:/[0-9]{1,12})?"
)
_LAMBDA: Final = re.compile(r"lambda\$(\w{1,80}?)\$[0-9]{1,5}")
_HASHED: Final = re.compile(r"(?:[.-][0-9a-f]{6,32}|[.-](?=[A-Za-z]{0,8}[0-9])[\w]{8,10})(?=\.(?:chunk\.|min\.)?m?js)")
_DOTNET_GENERATED: Final = re.compile(
    r"(?:<>c(?:__DisplayClass[0-9_]{1,10})?\.)?<(?P<name>\w{1,100})>[bdg]__[\w|]{1,80}(?:\.MoveNext)?"
)


def read_trace(lines: list[str]) -> Trace:
    """What a paste says was thrown, and where; empty where it has no trace."""
    exceptions: list[str] = []
    frames: list[Frame] = []
    python: list[Frame] = []
    for line in lines:
        text = line[:_LONGEST_LINE]
        frame = _python_frame(text)
        if frame:
            python.append(frame)
            continue
        other = _frame(text)
        if other:
            frames.append(other)
            continue
        thrown = list(_thrown(text))
        if thrown and python:
            # The nearest frame is the last one in Python, and the first one everywhere else.
            frames += reversed(python)
            python = []
        exceptions += thrown
    frames += reversed(python)
    return Trace(
        tuple(_unrepeated(exceptions)[:8]), tuple(_unrepeated([str(frame) for frame in _nearest(frames)])[:FRAMES_KEPT])
    )


def inline_exception(message: str) -> str | None:
    """An exception that is only named in the middle of a message."""
    text = message[:_LONGEST_LINE]
    match = _INLINE.search(text) if any(ending in text for ending in ENDINGS) else None
    return match[1] if match else None


def is_frame(line: str) -> bool:
    """Whether a line only says where, not what."""
    text = line[:_LONGEST_LINE]
    return bool(_frame(text) or _python_frame(text)) or text.strip().startswith(
        ("... ", "Traceback (most", "goroutine ", "---")
    )


def _thrown(line: str) -> Iterator[str]:
    head = _HEAD.match(line)
    if head and (head["lead"] or head["end"].strip() or "." in head["name"]):
        yield _GENERATED.sub("", head["name"])
        for arrow in _ARROW.finditer(line, head.end()):
            yield arrow["name"]
        return
    panic = _PANIC.match(line.strip())
    if panic:
        kind = _GO_KIND.match(panic["what"])
        yield f"panic: {kind[0].strip()}" if kind else "panic"


def _frame(line: str) -> Frame | None:
    if not line.lstrip().startswith(("at ", "在 ")):
        return _other_frame(line)
    java = _JAVA.match(line)
    if java and (
        ".java" in java["file"]
        or java["file"] in {"Native Method", "Unknown Source", "<generated>"}
        or ".kt" in java["file"]
        or ".scala" in java["file"]
        or ".groovy" in java["file"]
    ):
        module = _GENERATED.sub("", java["module"])
        return Frame(module, _LAMBDA.sub(r"lambda \1", java["function"]), not _NOT_OWN.match(module))
    script = _SCRIPT.match(line)
    if script and not line.lstrip().startswith("在"):
        return _script_frame(script["file"], script["function"] or "")
    dotnet = _DOTNET.match(line)
    if dotnet:
        name = re.sub(r"`[0-9]|\[[^\]]{0,80}\]", "", _DOTNET_GENERATED.sub(lambda match: match["name"], dotnet["name"]))
        module, _, function = name.rpartition(".")
        return Frame(module, function, not _NOT_OWN.match(module))
    return _other_frame(line)


def _other_frame(line: str) -> Frame | None:
    is_numbered = line.lstrip().startswith("#")
    php = _PHP.match(line) if is_numbered else None
    if php:
        return Frame(
            _file_name(php["file"] or "php"),
            re.sub(r"\{closure.{0,80}", "closure", php["function"]),
            "/vendor/" not in (php["file"] or "/vendor/"),
        )
    gecko = _GECKO.match(line.strip()) if "@" in line else None
    if gecko:
        return _script_frame(gecko["file"], gecko["function"])
    plsql = _PLSQL.search(line) if "ORA-06512" in line else None
    if plsql:
        return Frame(plsql["name"] or plsql["zh"], "", is_own=True)
    go = _GO.match(line) if line.rstrip().endswith(")") else None
    if go and ("/" in go["name"] or go["name"].startswith(("main.", "runtime."))):
        module, _, function = go["name"].rpartition("/")[2].partition(".")
        return Frame(module, re.sub(r"\.func[0-9.]{1,12}", "", function), not _NOT_OWN.match(go["name"]))
    native = _NATIVE.match(line) if is_numbered else None
    return Frame("native", native["function"], is_own=True) if native else None


def _python_frame(line: str) -> Frame | None:
    match = _PYTHON.match(line)
    if match is None:
        return None
    return Frame(_file_name(match["file"]), match["function"] or "", not _NOT_OWN_FILE.search(match["file"]))


def _script_frame(file: str, function: str) -> Frame:
    path = file.partition("?")[0]
    name = re.sub(r"^(?:Object|Module|Function)\.|\s?\[as [^\]]{0,60}\]", "", function).strip().removesuffix("/<")
    return Frame(
        _HASHED.sub("", _file_name(path)),
        "" if name in {"<anonymous>", "eval"} else name,
        not _NOT_OWN_FILE.search(path),
    )


def _file_name(path: str) -> str:
    """The last two parts of a path; what is before them differs from machine to machine."""
    return "/".join(path.replace("\\", "/").split("/")[-1:])


def _nearest(frames: list[Frame]) -> list[Frame]:
    own = [frame for frame in frames if frame.is_own]
    return own or frames


def _unrepeated(names: list[str]) -> list[str]:
    """The names once each, in order: a function that called itself a thousand times is one."""
    return list(dict.fromkeys(names))
