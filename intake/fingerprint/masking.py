"""Put <*> where a message differs from one time to the next: numbers, ids, addresses, paths, values."""

import re
from typing import Final

from intake.redaction.markers import KINDS

STAR: Final = "<*>"

_MASKED: Final = re.compile(
    # Markers of the redaction, so that a text gives the same mask before and after it.
    rf"\[(?:{'|'.join(KINDS)}) [0-9]{{1,6}}\]"
    # Addresses: of pages, of people, of machines.
    r"|[a-zA-Z][a-zA-Z0-9+.-]{1,20}+://[^\s\"'<>,;)\]]{1,2000}"
    r"|[\w.+-]{1,64}+@[\w-]{1,64}\.[\w.-]{1,128}"
    r"|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F.]{0,15}(?:%\w{1,16})?(?![\w:])"
    # A value behind its name; the name stays.
    r"|(?<=[\w\])}]=)(?:\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|[^\s,;\"'(){}\[\]&]{0,400})"
    # Files and folders, on Windows and elsewhere.
    r"|(?<![\w])[A-Za-z]:\\[^\s\"'<>|,;:]{0,400}|\\\\[\w.$-]{1,80}\\[^\s\"'<>|,;]{0,400}"
    r"|(?<![\w<])(?:\.{0,2}|~|[\w.@-]{1,80}+)/(?:[\w.@%+~=$:#&?*-]{1,200}/?){1,40}"
    # Dates in words.
    r"|(?<![A-Za-z])(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul"
    r"|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} {1,2}[0-9]{1,2}(?![0-9])"
    # Amounts with their unit, so that "5.2 KB" and "1.1 MB" are alike.
    r"|(?<![\w.])[-+]?[0-9]{1,20}(?:[.,][0-9]{1,20}){0,6} ?(?:[kmgtKMGT]i?[bB]|[bB]ytes?|[bB]|ms|us|µs"
    r"|ns|msec|secs?|seconds?|s|m|h|mins?|minutes?|hours?|days?|%)(?![\w])"
    # Long names with dots: classes and hosts; but what is thrown keeps its name.
    r"|(?<![\w.$])(?=[A-Za-z_][\w$-]{0,80}+\.)(?![\w.$]{0,200}(?:Exception|Error"
    r"|Throwable)(?![\w]))[A-Za-z_][\w$-]{0,80}(?:\.[A-Za-z_$][\w$-]{0,80}){2,12}(?:/[\w.$]{1,200})?"
    r"|(?<![\w.])[\w-]{1,80}+\.(?:log|xml|json|ya?ml|properties|conf|cfg|ini|jar|war|dll|so|exe|sys|txt"
    r"|csv|tmp|gz|zip|sql|db|dat|html?|css|jsp|aspx?|php|py|js|com|net|org|edu|cn|io|local|lan|internal|intranet)(?![\w])"
    # Which thread it was.
    r"|(?<=[Tt]hread )\"[^\"\n]{1,120}\"|(?<=[Tt]hread )'[^'\n]{1,120}'"
    # Whatever has a digit in it.
    r"|(?<![A-Za-z0-9])[-+#]?[A-Za-z_$@-]{0,60}+[0-9][\w.$@#%:+~-]{0,400}(?:(?<=[\w%])|(?<=[-:.+~]))"
    r"|(?<![A-Za-z])(?:true|false|null|True|False|None|NULL|TRUE|FALSE)(?![A-Za-z])"
    r"|(?<![A-Za-z])[0-9a-fA-F]{12,400}(?![A-Za-z])"
    # A plain word stays; taking it whole saves looking at each of its letters.
    r"|([A-Za-z]{2,60}(?=[ ,;)]))"
)
# People have no digit in them: they stand behind "user", or between "for" and "from".
_PERSON: Final = re.compile(
    r"(?<![A-Za-z])((?:[Uu]ser(?:name|\s?id)?|[Aa]ccount|[Ll]ogin|用户|用戶|USER)\s{1,2}|(?:for|from "
    r"user) (?=\S{1,60} (?:from|\[)))"
    r"(?!(?:is|was|has|does|not|from|unknown|account|name|with|or|and|in|on|to|the|by|for|invalid|user"
    r"|session|request|limit|logged)(?!\w)|authenti)"
    r"[\"'“]?[\w.@\\$-]{1,64}[\"'”]?"
)
_PERSON_STEMS: Final = ("ser", "ccount", "ogin", "用户", "用戶", "USER", "for ")
_RUN_OF_STARS: Final = re.compile(r"<\*>(?:[\s]?[,:./\\|_@#%-]{0,2}[\s]?<\*>|[/:.%]{1,2}(?=\s|$)){1,200}")
# A place that was left empty this time: "from 10.0.0.1 ()".
_EMPTY: Final = re.compile(r"(?<=\s)\(\)")
_LONGEST: Final = 2_000


def mask(message: str) -> str:
    """The part of a message that stays the same every time it is said."""
    masked = _MASKED.sub(_star, message[:_LONGEST])
    if "()" in masked:
        masked = _EMPTY.sub(f"({STAR})", masked)
    if any(map(masked.__contains__, _PERSON_STEMS)):
        masked = _PERSON.sub(rf"\1{STAR}", masked)
    if STAR in masked:
        masked = _RUN_OF_STARS.sub(STAR, masked)
    return " ".join(masked.split())


def _star(match: re.Match[str]) -> str:
    return match[1] or STAR
