"""The words and signs that ranges are written with, in English and in Chinese."""

import re
from typing import Final

# Longer phrases stand before the shorter ones that begin them; the first that fits is taken.
_PHRASES: Final[tuple[tuple[str, str, str], ...]] = (
    ("op", "<", r"up to,? (?:but )?(?:not including|excluding)|up to \((?:excluding|exclusive)\)"),
    ("op", "<=", r"up to and including|up to \((?:including|inclusive)\)|(?:less|lower|earlier) than or equal(?: to)?"),
    ("op", ">=", r"(?:greater|higher|later) than or equal(?: to)?|from \((?:including|inclusive)\)"),
    ("op", ">", r"from \((?:excluding|exclusive)\)"),
    ("op", "!=", r"!=|<>|≠|except(?: for)?\b|excluding\b|other than\b|除了?|不包括"),
    ("op", "~=", r"~=|~>"),
    ("op", "^", r"\^"),
    ("op", "<=", r"<=|=<|≤|≦|⩽|小于等于|小于或等于|低于等于|低于或等于|不高于|不超过|不晚于|不大于|小於等於|不高於"),
    ("op", ">=", r">=|=>|≥|≧|⩾|大于等于|大于或等于|高于等于|高于或等于|不低于|不早于|不小于|大於等於|不低於|至少"),
    ("op", "=", r"={1,3}|equals?(?: to)?\b|等于|等於"),
    (
        "op",
        "<",
        r"<|(?:less|lower|earlier|older|smaller) than\b|(?:prior to|before|below)\b|小[于於]|低[于於]|早[于於]",
    ),
    ("op", ">", r">|(?:greater|higher|later|newer) than\b|after\b|above\b|大于|高于|晚于|大於|高於|晚於"),
    ("between", "", r"between\b|介于|介於"),
    (
        "suffix",
        ">=",
        r"(?:and|or|&) (?:all )?(?:later|newer|above|higher|upwards?|up|onwards?|after|greater|subsequent)\b",
    ),
    ("suffix", ">=", r"onwards?\b|(?:以及|[及和或与])其?(?:以上|[以之][后後]|更高|更新|后续|更晚)|以上|起|开始|開始"),
    ("suffix", "<=", r"(?:and|or|&) (?:all )?(?:earlier|older|below|lower|prior|before|previous)\b"),
    ("suffix", "<=", r"(?:以及|[及和或与])其?(?:以下|以前|之前|更低|更早|更旧|更舊)|以下"),
    ("suffix", "<", r"之前|以前"),
    ("suffix", ">", r"之后|以后|之後|以後"),
    ("edge", "in", r"\((?:inclusive|included|including|含|包含|包括)\)|inclusive\b"),
    ("edge", "out", r"\((?:exclusive|excluded|excluding|不含|不包含|不包括)\)|exclusive\b"),
    ("op", "<=", r"up to\b|through\b|thru\b|until\b|till\b|at most\b|no later than\b|截至"),
    ("op", ">=", r"from\b|since\b|starting (?:with|from|at|in)\b|beginning with\b|at least\b|自|从|從|由"),
    ("to", "", r"to\b|至|到|-{1,2}"),
    ("tilde", "", r"~"),
    ("all", "", r"(?:all|any|every)(?: (?:of )?(?:the )?versions?)?\b|\*|(?:全部|所有|任[意何]|全)的?(?:版本)?|各版本"),
    ("or", "", r"\|\||;|or\b|或者?|、|/"),
    ("and", "", r",|\||&{1,2}|and\b|和|与|與|以及|及|并且|且"),
    ("name", "", r"(?:versions?|ver|releases?|firmware|software|x)\b\.?|版本[号號]?|v(?=[ .]?[0-9])|[sf][vw](?=[0-9])"),
    ("noise", "", r"[ .:()]|(?:is|are|the|in)\b|的|号|號|为|為|均|都|受影响|受影響"),
)

_TOKEN: Final = re.compile("|".join(f"(?P<t{number}>{pattern})" for number, (_, _, pattern) in enumerate(_PHRASES)))
_RUN: Final = re.compile(r"[0-9](?:[0-9a-z.+_*-]{0,79}[0-9a-z*+])?(?![0-9a-z])")
_MORE: Final = re.compile(
    r"[ _-]?\(?(?:service ?pack|maintenance pack|sp|patch|pl|build|revision|rev|rc|beta|alpha|preview"
    r"|hotfix|hf|update|upd"
    r"|cu|补丁)[ ._#-]?[0-9]{1,18}\)?(?![0-9a-z.])"
)
_CALENDAR: Final = re.compile(r"(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日?")


def next_word(text: str, at: int) -> tuple[str, str, int] | None:
    """The kind, the meaning and the end of the word that stands here; None where it isn't known."""
    match = _TOKEN.match(text, at)
    if match is None or match.lastgroup is None:
        return None
    kind, meaning, _ = _PHRASES[int(match.lastgroup[1:])]
    return kind, meaning, match.end()


def end_of_version(text: str, at: int) -> int | None:
    """Where the version that begins here ends, with "SP 2" and "build 7" behind it."""
    match = _CALENDAR.match(text, at) or _RUN.match(text, at)
    if match is None:
        return None
    end = match.end()
    for _ in range(4):
        more = _MORE.match(text, end)
        if more is None:
            return end
        end = more.end()
    return end
