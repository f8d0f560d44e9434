"""One version number: how it is read, and what comes before what."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache, total_ordering
from typing import Final

LONGEST: Final = 120

Identifier = tuple[int, int, str]
Stage = tuple[int, tuple[Identifier, ...]]

# Where a word puts a release: below zero before the plain release, above zero after it.
FLOOR: Final = -99
REVISION: Final = 1
LETTER: Final = 2
_RANKS: Final[dict[str, int]] = {
    **dict.fromkeys(("dev", "nightly", "canary", "devel"), -9),
    **dict.fromkeys(("alpha", "a", "内测版", "内测"), -7),
    **dict.fromkeys(("beta", "b", "测试版", "公测版", "公测", "測試版"), -6),
    **dict.fromkeys(("milestone", "m"), -5),
    **dict.fromkeys(("rc", "cr", "c", "pre", "preview", "预览版", "候选版", "預覽版"), -4),
    **dict.fromkeys(("snapshot",), -2),
    **dict.fromkeys(("build", "rev", "revision", "构建", "組建"), REVISION),
    **dict.fromkeys(("p", "pl", "patch", "post", "hotfix", "hf", "fix", "cu", "补丁", "修補"), 3),
    **dict.fromkeys(("update", "upd", "u", "r", "cp"), 4),
    **dict.fromkeys(("sp", "service pack", "servicepack", "mp", "maintenance pack"), 5),
}
# Words that say where or for whom a release was built; they change nothing in the order.
_NEUTRAL: Final = frozenset(
    ("final", "ga", "release", "stable", "lts", "jre", "android", "正式版", "正式", "稳定版", "穩定版", "版", "版本")
)
_PLATFORM: Final = re.compile(
    r"[-._ (]{1,3}(?:x64|x86(?:_64)?|amd64|arm64|aarch64|(?:32|64)[- ]?bits?|(?:32|64)位|win(?:dows|32|64)?|linux|macos"
    r"|el[0-9]{1,2}|noarch)\)?(?![0-9a-z])"
)

_PREFIX: Final = re.compile(
    r"(?:软件版本号?|軟體版本|版本号?|版本號|versions?|firmware|release|ver|rel|fw|sv|sw|v|r)[ .:_]{0,3}(?=[0-9v])"
)
_NUMBERS: Final = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18}){0,11}(?![0-9])")
_TAIL: Final = re.compile(
    r"(service ?pack|maintenance pack|[a-z]{1,24}|[\u4e00-\u9fff]{1,6})|([0-9]{1,18}(?![0-9]))|([-._ ()]{1,4})"
)
_DATE: Final = re.compile(r"((?:19|20)[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?![0-9])")
_COMPACT_DATE: Final = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$")
_PUNCTUATION: Final = str.maketrans({"。": ".", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-"})


@total_ordering
@dataclass(frozen=True, eq=False)
class Version:
    """A version as it was written, and where it stands in the order."""

    text: str
    numbers: tuple[int, ...]
    stages: tuple[Stage, ...] = ()

    @cached_property
    def key(self) -> tuple[tuple[int, ...], tuple[Stage, ...]]:
        """What the order is decided by: 5.6 and 5.6.0 are the same release."""
        return _without_trailing_zeros(self.numbers), (*self.stages, (0, ()))

    @cached_property
    def release(self) -> tuple[tuple[int, ...], tuple[Stage, ...]]:
        """The release it belongs to, whatever its build number."""
        return _without_trailing_zeros(self.numbers), tuple(stage for stage in self.stages if stage[0] != REVISION)

    @cached_property
    def has_build(self) -> bool:
        """Whether a build number or package revision is written behind the release."""
        return bool(self.stages) and any(rank == REVISION for rank, _ in self.stages)

    @property
    def is_floor(self) -> bool:
        """Whether it stands before everything of its release, its previews included."""
        return self.stages == ((FLOOR, ()),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.key == other.key

    def __lt__(self, other: "Version") -> bool:
        return self.key < other.key

    def __gt__(self, other: "Version") -> bool:
        # Written out, for it is asked thousands of times when a notice looks for its readers.
        return self.key > other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse(text: str) -> Version | None:
    """Read one version; None where the text isn't clearly one."""
    if len(text) > LONGEST:
        return None
    plain = _PLATFORM.sub("", plain_text(text)).rstrip(".,; ")
    for _ in range(2):
        prefix = _PREFIX.match(plain)
        plain = plain[prefix.end() :] if prefix else plain
    head = _numbers(plain)
    if head is None:
        return None
    numbers, end = head
    stages = _stages(plain[end:])
    return None if stages is None else Version(plain, numbers, stages)


def compare(first: str, second: str) -> int | None:
    """-1, 0 or 1 for before, the same and after; None where one of the two isn't a version."""
    left, right = parse(first), parse(second)
    if left is None or right is None:
        return None
    return (left > right) - (left < right)


def floor_of(numbers: tuple[int, ...]) -> Version:
    """The place before everything that begins with these numbers, previews included."""
    return Version(".".join(map(str, numbers)), numbers, ((FLOOR, ()),))


def plain_text(text: str) -> str:
    """Half-width, lower case, single spaces: what a hurried customer meant to type."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PUNCTUATION).lower().split())


def _numbers(plain: str) -> tuple[tuple[int, ...], int] | None:
    date = _DATE.match(plain)
    if date and 1 <= int(date[2]) <= 12 and 1 <= int(date[3]) <= 31:
        return (int(date[1]), int(date[2]), int(date[3])), date.end()
    match = _NUMBERS.match(plain)
    if match is None:
        return None
    compact = _COMPACT_DATE.match(match[0])
    parts = compact.groups() if compact else match[0].split(".")
    return tuple(int(part) for part in parts), match.end()


def _stages(tail: str) -> tuple[Stage, ...] | None:
    """The words and numbers behind the release; None where one of them is unknown."""
    tail, plus, metadata = tail.partition("+")
    if plus and not re.fullmatch(r"[0-9a-z.-]{1,60}", metadata):
        return None
    stages: list[Stage] = []
    at, gap = 0, ""
    while at < len(tail):
        match = _TAIL.match(tail, at)
        if match is None:
            return None
        word, number, gap_here = match.groups()
        if gap_here is None and not _take(stages, word, number, gap):
            return None
        gap = gap_here or ""
        at = match.end()
    # A dot, a dash or a tilde at the end promises something that isn't there.
    return None if gap.strip(" )") else tuple(stages)


def _take(stages: list[Stage], word: str | None, number: str | None, gap: str) -> bool:
    if word is None:
        return _take_number(stages, int(number or 0), gap)
    if len(word) == 1 and word.isascii() and not gap and not stages and word != "x":
        # 1.0.2k is a later patch of 1.0.2; the number behind 1.0b2 turns it into a beta, see below.
        stages.append((LETTER, ((1, ord(word), word),)))
        return True
    rank = _RANKS.get(word)
    continues = gap == "." and bool(stages) and stages[-1][0] < 0 and not stages[-1][1] and word != "dev"
    if rank is not None and not continues:
        stages.append((rank, ()))
        return True
    if stages and stages[-1][0] < 0 and word not in _NEUTRAL:
        stages[-1] = (stages[-1][0], (*stages[-1][1], (1, 0, word)))
        return True
    return word in _NEUTRAL


def _take_number(stages: list[Stage], number: int, gap: str) -> bool:
    if not stages:
        # "5.6.3-0" is how some range languages write "before every preview of 5.6.3".
        stages.append((FLOOR, ()) if number == 0 and gap == "-" else (REVISION, ((0, number, ""),)))
        return gap.strip() in {"-", "_", "("}
    rank, identifiers = stages[-1]
    if rank == FLOOR or (rank == REVISION and identifiers and gap == "."):
        # "5.0-5.6.2" is a range, and no release of 5.0.
        return False
    if rank == LETTER and not gap and len(identifiers) == 1:
        rank = _RANKS.get(identifiers[0][2], LETTER)
        identifiers = () if rank != LETTER else identifiers
    stages[-1] = (rank, (*identifiers, (0, number, "")))
    return True


def _without_trailing_zeros(numbers: tuple[int, ...]) -> tuple[int, ...]:
    end = len(numbers)
    while end > 1 and numbers[end - 1] == 0:
        end -= 1
    return numbers[:end]
