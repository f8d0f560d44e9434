"""Take the head off a log line: when, where, how bad and by whom; what was said stays."""

import json
import re
from typing import Final, NamedTuple

from intake.fingerprint.traces import ENDINGS

_LONGEST_LINE: Final = 4_000
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,:][0-9]{1,9})?)?"
_ZONE: Final = r"(?: ?(?:Z|UTC|GMT|[A-Z]{2,4}T|[+-][0-9]{2}:?[0-9]{2}))?"
_TIME: Final = (
    rf"(?:(?:19"
    rf"|20)[0-9]{{2}}[-/.年][0-9]{{1,2}}[-/.月][0-9]{{1,2}}日?(?:[T_ -]{{0,2}}[0-9]{{1,2}}[:.][0-9]{{2}}[:.][0-9]{{2}}"
    rf"(?:[.,:][0-9]{{1,9}})?{_ZONE})?"
    rf"|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2,4}},? {{1,3}}{_CLOCK}(?: [AP]M)?{_ZONE}"
    rf"|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?{_MONTH} {{1,2}}[0-9]{{1,2}} {_CLOCK}(?: [0-9]{{4}})?{_ZONE}"
    rf"|[0-9]{{1,2}}[/ -]{_MONTH}[/ -][0-9]{{2,4}}[: ]{_CLOCK}{_ZONE}"
    rf"|[0-9]{{2}}[-.][0-9]{{2}} {{1,2}}{_CLOCK}"
    rf"|20[0-9]{{6}}[-T ]?[0-9]{{1,2}}:?[0-9]{{1,2}}:?[0-9]{{1,2}}(?:[:.,][0-9]{{1,6}})?Z?"
    rf"|[0-9]{{6}} [0-9]{{6}}(?: [0-9]{{1,6}})?"
    rf"|[IWEF][0-9]{{4}} [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}\.[0-9]{{3,6}}"
    rf"|{_CLOCK}|1[0-9]{{9}}(?:\.?[0-9]{{3,6}})?)"
)
_LEVELS: Final = (
    r"TRACE|DEBUG|INFO|INFORMATION|NOTICE|NOTE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|CRIT|ALERT|EMERG"
    r"|SEVERE|FINE|FINER|FINEST|CONFIG"
    r"|FAILURE|LOG|PANIC|STATEMENT|DETAIL|HINT|VERBOSE|AUDIT|信息|警告|错误|严重|調試|调试|錯誤"
)
_ANY_LEVEL: Final = (
    rf"(?:{_LEVELS}|(?i:trace|debug|info|notice|note|warn|warning|error|err|fatal|critical|crit|alert|emerg|verbose))"
)
# A word in front of the time or the level is no prose: it has a digit or a sign in it, or is a capital alone.
_TAG: Final = r"(?:(?=[^\s]{0,60}[\d_./:|\[\]@#-])[^\s\"']{1,80}|[A-Z]|stdout|stderr)\s{1,4}"

_START: Final = re.compile(rf"(?:<[0-9]{{1,3}}>[0-9]? ?)?(?:{_TAG}){{0,5}}?[\[(]?{_TIME}(?![0-9A-Za-z])[\])]?")
_FULL_TIME: Final = re.compile(rf"(?:{_TAG}){{0,2}}?(?=[^\s]{{0,12}}[-/. ][^\s]{{0,12}}[-/.:T ]){_TIME}(?![0-9A-Za-z])")
_MORE_TIME: Final = re.compile(rf"[\[(]?{_TIME}(?![0-9A-Za-z])[\])]?")
_LEVEL_AHEAD: Final = re.compile(
    rf"(?:{_TAG}|[A-Z_]{{2,12}}\s){{0,5}}?[\[(<|]?(?:{_LEVELS})[\])>|]?(?=[\s:,]|$):?\s{{0,30}}"
)
_LEVEL: Final = re.compile(
    rf"[\[(<|]{_ANY_LEVEL}[\])>|]:?|{_ANY_LEVEL}(?:(?=\s{{2}})|[:,]|\s?(?=\[))|(?:{_LEVELS})(?=\s)"
)
_BARE_LEVEL: Final = re.compile(
    rf"(?:\[[^\[\]\n]{{1,60}}\] )?(?:[\[<(]{_ANY_LEVEL}[\]>)]:?|(?:{_LEVELS}):?(?=\s))\s{{1,30}}"
)
_GAP: Final = re.compile(r"[\s|,;:*-]{1,40}")
_BRACKETS: Final = re.compile(
    r"\[[^\[\]\n]{0,160}(?:\[[^\[\]\n]{0,80}\][^\[\]\n]{0,80})?\](?::(?=\s))?|\([0-9a-fx:]{1,24}\)"
)
_NUMBER: Final = re.compile(r"[0-9]{1,8}(?:[#:][0-9]{1,8})?:?(?=\s)|\*[0-9]{1,12}(?=\s)")
_LETTER: Final = re.compile(r"[VDIWEF][ /](?=\s{0,8}[\w.$-])")
_COLUMN: Final = re.compile(r"(?:\s|\|)?[\w.$/-]{1,60}\|(?:[0-9]{1,12}\|)?")
_WIDE_COLUMN: Final = re.compile(r"[A-Z]{2,8}(?=\s{2,400})")
_HOST_AND_NAME: Final = re.compile(
    r"(?:[\w.@-]{1,80}(?:/[\w.-]{1,60})? "
    r"{1,3})?(?P<name>[\w./@-]{1,60}(?:\([\w:.-]{1,60}\))?)(?:\[[0-9]{1,8}\])?(?::(?=\s|$)| (?=\())"
)
_LOGGER: Final = re.compile(
    r"(?P<name>[A-Za-z_$][\w$]{0,60}(?:[.$/][\w$]{1,60}){1,10})(?:\[[0-9]{1,8}\]"
    r"|\([0-9]{1,6}\))?\s{0,40}(?::(?=\s|$)|\s-(?=\s)|(?=\s\[)|\](?=\s))"
)
_TAGGED: Final = re.compile(r"(?P<name>[A-Za-z_][\w.$/ -]{0,40})\s{0,8}(?:\(\s{0,6}[0-9]{1,6}\))?:(?=\s)")
_PROGRAM: Final = re.compile(r"[\w.-]{1,60}\.exe(?: \*64)? - ")
_SYSLOG: Final = re.compile(rf"(?:^|[\s>]){_MONTH} {{1,2}}[0-9]{{1,2}} {_CLOCK}$")
_SOURCE: Final = re.compile(r"[\w./-]{1,80}:[0-9]{1,6}\](?=\s)")
_FIELD: Final = re.compile(r"(?<![\w.])(?:msg|message|error|err)=(?:\"((?:[^\"\\]|\\.){1,2000})\"|(\S{1,400}))")
_ERROR_LEVEL: Final = re.compile(
    r"(?<![A-Za-z])(?:ERROR|FATAL|CRITICAL|CRIT|SEVERE|ALERT|EMERG|PANIC|错误|严重|錯誤)(?![A-Za-z])"
    r"|\[(?:error|crit|alert|emerg|fatal)\]|level=(?:error|fatal|panic)"
)


class Line(NamedTuple):
    """A log line without its head."""

    message: str
    had_head: bool
    is_error: bool


def strip_head(line: str) -> Line:
    """The message of a log line, whatever stood in front of it."""
    line = line[:_LONGEST_LINE]
    structured = _structured(line)
    if structured is not None:
        return structured
    at = _end_of_head(line)
    message = line[at:].strip()
    if not message:
        message = line.strip()
    return Line(message, at > 0, bool(_ERROR_LEVEL.search(line[: at + 40] if at else line[:12])))


def _end_of_head(line: str) -> int:
    start = _START.match(line)
    if start is None:
        level = _BARE_LEVEL.match(line)
        return _walk(line, level.end(), is_syslog=False) if level else 0
    for _ in range(3):
        # Some collectors put their own time, and the host, in front of the line's own.
        gap = _skip(_GAP, line, start.end())
        further = _FULL_TIME.match(line, gap)
        if further is None:
            break
        start = further
    return _walk(line, start.end(), is_syslog=bool(_SYSLOG.search(line[: start.end()])))


def _walk(line: str, at: int, *, is_syslog: bool) -> int:
    """Go on past everything that is still head; each kind of part is met a few times at most."""
    if is_syslog:
        at = _skip(_GAP, line, at)
        named = _HOST_AND_NAME.match(line, at)
        return named.end() if named else at
    at = _skip_repeated(line, _skip(_GAP, line, at))
    ahead = _LEVEL_AHEAD.match(line, at)
    at = ahead.end() if ahead else at
    is_android = False
    for _ in range(10):
        before = at
        at = _skip(_GAP, line, at)
        for part in (_SOURCE, _MORE_TIME, _LEVEL, _NUMBER, _LETTER, _BRACKETS, _COLUMN, _PROGRAM):
            match = part.match(line, at)
            if match:
                is_android = is_android or part is _LETTER
                at = match.end()
                break
        if at == before:
            break
    return _skip_name(line, _skip(_GAP, line, at), is_android=is_android)


def _skip_name(line: str, at: int, *, is_android: bool) -> int:
    """Past the name of the logger that speaks, and the brackets behind it."""
    name = _LOGGER.match(line, at) or (_TAGGED.match(line, at) if is_android else None) or _WIDE_COLUMN.match(line, at)
    if name is None or name[0].rstrip(": -").endswith(ENDINGS):
        return at
    at = _skip(_GAP, line, name.end())
    brackets = _BRACKETS.match(line, at)
    return _skip(_GAP, line, brackets.end()) if brackets else at


def _skip(pattern: re.Pattern[str], line: str, at: int) -> int:
    match = pattern.match(line, at)
    return match.end() if match else at


def _skip_repeated(line: str, at: int) -> int:
    """Past a place or host that was named before the time already."""
    end = line.find(" ", at, at + 90)
    word = line[at:end] if end > at else ""
    return _skip(_GAP, line, end) if len(word) > 2 and word.split("/")[0] in line[:at].split() else at


def _structured(line: str) -> Line | None:
    """The message out of a JSON or key=value line."""
    if line.startswith("{") and line.rstrip().endswith("}"):
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            return None
        for name in ("message", "msg", "error", "err", "MESSAGE", "@message", "exception"):
            if isinstance(fields.get(name), str) and fields[name].strip():
                level = str(fields.get("level", fields.get("severity", "")))
                return Line(
                    fields[name].strip(),
                    had_head=True,
                    is_error=level.lower() in {"error", "fatal", "critical", "50", "60"},
                )
        return None
    if line.startswith(("time=", "level=", "ts=", "t=", "severity=", "timestamp=")):
        match = _FIELD.search(line)
        if match:
            return Line(match[1] or match[2], had_head=True, is_error=bool(_ERROR_LEVEL.search(line)))
    return None
