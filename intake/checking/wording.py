"""How the texts read: key names, length, engineers' words."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from intake.checking.places import finding
from intake.findings import Finding
from intake.loading.shapes import nearest
from intake.questionnaire import Questionnaire
from intake.words import Message, messages

LONGEST = {"text": 160, "title": 80, "hint": 300, "why": 300}
LONGEST_OTHER = 120
MOST_WORDS = 28

_PLACE = re.compile(r"\{(?:key|answer):[^{}]{1,64}\}")
_ANSWER = re.compile(r"\{answer:([^{}]{1,64})\}")
_PRESSED = r"(?:press(?:es|ed|ing)?|hit|hold|push|按下?|敲)\s?(?:the\s|down\s|住)?"
_BARE_KEY = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"F(?:1[0-2]|[1-9])"
    r"|(?:Ctrl|Control|Strg|Alt|Shift|Cmd|Win)(?:\s?[+\-]\s?[A-Za-z0-9]+){1,3}"
    r"|Ctrl|Esc|PgUp|PgDn|PrtSc|PrtScn|Backspace|Caps\s?Lock|Num\s?Lock|Print\s?Screen|Page\s?(?:Up|Down)"
    r"|(?:Enter|Return|Tab|Shift|Alt|Home|End|Delete|Del|Insert|Ins|Space|Escape)\s(?:key|键|鍵)"
    r")(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PRESSED_KEY = re.compile(
    rf"{_PRESSED}(Enter|Return|Tab|Shift|Alt|Home|End|Delete|Del|Insert|Ins|Space|Escape|回车|空格)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。！？\n]+")
_WORD = re.compile(r"[A-Za-z0-9À-ɏ]+(?:['’-][A-Za-z0-9À-ɏ]+)*|[\u3400-\u9fff]{2}")

# Words of engineers that customers stumble over; a phrasebook entry says what to write instead.
JARGON = frozenset({
    "api", "backend", "bandwidth", "batch job", "bug", "build", "cache", "callback url", "cname", "commit", "config",
    "core dump", "cpu", "cron", "database", "deadlock", "debug", "deploy", "deployment", "dns", "endpoint", "exception",
    "failover", "firewall", "firmware", "frontend", "handshake", "hotfix", "http", "https", "instance", "ip", "json",
    "kernel", "latency", "load balancer", "log level", "middleware", "migration", "node", "null",
    "origin server", "packet loss",
    "patch", "payload", "ping", "pod", "port", "production", "proxy", "query", "queue", "regression", "repository",
    "rollback", "root cause", "runtime", "schema", "server", "session", "sql", "ssl", "stack trace", "staging",
    "syntax",
    "throughput", "timeout", "tls", "token", "traceback", "traceroute", "ttl", "vpn", "webhook", "workflow", "xml",
    "回滚", "回退", "复现", "接口", "节点", "数据库", "缓存", "超时", "死锁", "日志", "堆栈", "部署", "补丁", "带宽",
})  # fmt: skip
_LATIN_JARGON = re.compile(
    r"(?<![A-Za-z0-9])(" + "|".join(sorted((word for word in JARGON if word.isascii()), key=len, reverse=True))
    + r")s?(?![A-Za-z0-9])",
    re.IGNORECASE,
)  # fmt: skip
_HAN_JARGON = re.compile("|".join(sorted(word for word in JARGON if not word.isascii())))


def wording_findings(questionnaire: Questionnaire, explained: Collection[str] | None = None) -> Iterator[Finding]:
    """Yield what makes texts hard to read; `explained` holds the terms of a phrasebook, in small letters."""
    for message in messages(questionnaire):
        yield from _bare_keys(questionnaire, message)
        yield from _answers_of_nothing(questionnaire, message)
        yield from _too_long(questionnaire, message)
        if explained is not None:
            yield from _jargon(questionnaire, message, explained)


def bare_key(text: str) -> str | None:
    """Return the first key name in a text that is not written as `{key:...}`, or None."""
    plain = unicodedata.normalize("NFKC", _PLACE.sub(" ", text))
    found = _BARE_KEY.search(plain)
    if found is not None:
        return found[0]
    pressed = _PRESSED_KEY.search(plain)
    return pressed[1] if pressed else None


def _bare_keys(questionnaire: Questionnaire, message: Message) -> Iterator[Finding]:
    key = bare_key(message.text)
    if key is not None:
        suggestion = f"Write {{key:{key}}}."
        yield finding(
            questionnaire, "E501", message.path, f"“{key}” is a key, and could be read as letters.", suggestion
        )


def _answers_of_nothing(questionnaire: Questionnaire, message: Message) -> Iterator[Finding]:
    for question_id in _ANSWER.findall(message.text):
        if question_id not in questionnaire.questions:
            text = f"`{{answer:{question_id}}}` stands for the answer to a question that does not exist."
            suggestion = nearest(question_id, list(questionnaire.questions))
            yield finding(questionnaire, "E201", message.path, text, suggestion)


def _too_long(questionnaire: Questionnaire, message: Message) -> Iterator[Finding]:
    longest = LONGEST.get(str(message.path[-1]), LONGEST_OTHER)
    if len(message.text) > longest:
        text = f"The text has {len(message.text)} characters; people read about {longest}."
        yield finding(questionnaire, "W502", message.path, text, "Say it shorter, or move a part to `hint`.")
        return
    words = max((len(_WORD.findall(sentence)) for sentence in _SENTENCE_END.split(message.text)), default=0)
    if words > MOST_WORDS:
        text = f"A sentence has {words} words; people in a hurry read about {MOST_WORDS}."
        yield finding(questionnaire, "W502", message.path, text, "Make two sentences of it.")


def _jargon(questionnaire: Questionnaire, message: Message, explained: Collection[str]) -> Iterator[Finding]:
    text = _PLACE.sub(" ", message.text)
    found = [match[1].lower() for match in _LATIN_JARGON.finditer(text)] + _HAN_JARGON.findall(text)
    for term in dict.fromkeys(found):
        if term not in explained:
            note = f"“{term}” is an engineer's word, and the phrasebook has no entry for it."
            yield finding(questionnaire, "W503", message.path, note, "Say it in everyday words, or add the entry.")
