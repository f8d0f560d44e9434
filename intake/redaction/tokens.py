"""Keys and tokens that give themselves away: by their prefix, their form, or by being random."""

import re
from collections.abc import Iterator
from typing import Final

from intake.redaction.markers import Found
from intake.redaction.pages import Page
from intake.redaction.placeholders import (
    entropy,
    has_digit,
    has_letter_and_digit,
    is_hex,
    is_placeholder,
    is_uuid,
    restlessness,
)
from intake.redaction.rules import RUN, Rule

_RUN: Final = re.compile(r"[A-Za-z0-9_](?<![A-Za-z0-9][A-Za-z0-9_])[A-Za-z0-9_\-]{15,4000}")
# What follows is the sum of a file or of a public key.
_CHECKSUM: Final = re.compile(
    r"(?:sha(?:1|256|384|512)[:=-]|(?:md5|digest|checksum|etag|integrity|fingerprint"
    r"|(?:request|trace|correlation|span|cf|log|amz)[_-]?id(?:-2)?)[\"']?\s{0,2}[:=]\s{0,2}[\"']?|nonce-)"
    r"[\w+/=-]{8,200}"
)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/](?<![A-Za-z0-9+/][A-Za-z0-9+/])[A-Za-z0-9+/]{23,4000}={0,3}(?![A-Za-z0-9])")

# Recovery keys and product keys: equal groups with strokes between them.
_GROUPS: Final = re.compile("(?:[0-9]{6}-){7}[0-9]{6}|(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}")
_STROKE: Final = re.compile("[-_]")
_THREE_PARTS: Final = re.compile(r"[MNO][A-Za-z0-9]{23,25}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])")
_BASE32: Final = re.compile("[A-Z2-7]{16,64}")

KEY_HEAD: Final = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-{0,5}")

# What the makers of keys put in front of them so that they can be found.
_PREFIX: Final = re.compile(
    r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    r"|(?:LTAI|AKID|AKLT|ABSK)[A-Za-z0-9]{12,400}"
    r"|AIza[\w-]{30,400}|ya29[\w-]{20,400}|GOCSPX-[\w-]{20,400}"
    r"|(?:gh[pousr]_|github_pat_)\w{20,400}|gl(?:pat|dt|ft|rt|soat|imt|agent|oas|ptt|cbt"
    r"|ffct)-[\w-]{16,400}|GR1348941[\w-]{16,400}"
    r"|xox[abeoprs]-[\w-]{10,400}|xapp-[\w-]{16,400}"
    r"|(?:sk|rk|pk)_(?:live|test|prod)_\w{10,400}|whsec_\w{16,400}|sk-(?:[a-z]{2,8}[0-9]{0,2}-){0,3}[\w-]{20,400}"
    r"|(?:sq0[a-z]{3}|EAAA)-?[\w-]{20,400}|EAA[A-Z][A-Za-z0-9]{40,400}|shp(?:at|ca|pa|ss|ua)_[0-9a-fA-F]{24,400}"
    r"|key-[0-9a-f]{32}|dapi[0-9a-f]{32}|(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])|[0-9a-f]{32}-us[0-9]{1,2}"
    r"|(?:do[opr]_v1|rubygems|shippo_(?:live|test)|sgp(?:_local)?|bkua|sq[uap]|sbp|dckr_pat|pnu|rdme"
    r"|duffel_(?:live|test))_[\w-]{20,400}"
    r"|pul-[0-9a-f]{40}|PMAK-[0-9a-f]{20,400}|EZ[AT]K[0-9A-Za-z]{30,400}|FLW(?:SEC"
    r"|PUB)K(?:_TEST)?-\w{12,400}|NR(?:AK|JS|II|RA)-[\w-]{16,400}|HRKU-[\w-]{20,400}"
    r"|AGE-SECRET-KEY-1[A-Z0-9]{40,400}|oy2[a-z0-9]{43}|T3BlbkFJ\w{16,400}|AT(?:ATT3|CTT3"
    r"|BB)[\w-]{16,400}|CLOJARS_\w{40,400}|JDC_[A-Z0-9]{16,400}"
    r"|xkeysib-[\w-]{20,400}|xsmtpsib-[\w-]{20,400}|sntry[su]_\w{20,400}|eyJrIjoi\w{20,400}"
)
# One or two short words, then a long random tail: the form that most makers of keys have settled on.
_PREFIXED: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{1,11}(?:[_-][A-Za-z0-9]{1,8}){0,3}[_-]([A-Za-z0-9]{20,400})")

_FORMS: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = (
    ("token", "eyJ", re.compile(r"(?<![A-Za-z0-9])eyJ[\w-]{8,4000}\.[\w-]{4,4000}(?:\.[\w-]{0,4000}){0,3}")),
    ("key", "SG.", re.compile(r"SG\.[\w-]{16,32}\.[\w-]{30,64}")),
    ("key", ".atlasv1.", re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{40,400}")),
    ("key", "dp.", re.compile(r"(?<![A-Za-z0-9])dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{30,400}")),
    ("key", "dt0", re.compile(r"(?<![A-Za-z0-9])dt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}")),
    ("token", "hv", re.compile(r"(?<![A-Za-z0-9])hv[sbr]\.[\w-]{20,400}")),
    ("key", "pat", re.compile(r"(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[0-9a-f]{64}")),
    ("token", ":AA", re.compile(r"(?<![A-Za-z0-9])[0-9]{8,10}:AA[\w-]{32,34}")),
    ("token", "sha256~", re.compile(r"sha256~[\w-]{43}")),
    ("password", "$", re.compile(r"\$(?:1|2[abxy]|5|6|y|apr1|argon2(?:id|i|d))\$[./A-Za-z0-9$=,+]{20,200}")),
    ("token", "hook", re.compile(r"hooks\.slack\.com/(?:services|workflows|triggers)/([\w/-]{20,100})")),
    ("token", "hook", re.compile(r"/(?:bot/v2/hook|api/webhooks/[0-9]{10,24}|webhookb2)/([\w@./-]{16,200})")),
    ("token", "webhook/send?key=", re.compile(r"webhook/send\?key=([\w-]{16,60})")),
)


def private_keys(text: str) -> Iterator[Found]:
    """Whole private key blocks, those that were cut off included."""
    head = KEY_HEAD.search(text)
    while head:
        end = _end_of_block(text, head.end())
        yield Found("private key", head.start(), end)
        head = KEY_HEAD.search(text, end)


def tokens(page: Page) -> Iterator[Found]:
    """Keys and tokens that can be told without a label."""
    found = list(_randoms(page.text))
    sums = [match.span() for match in _CHECKSUM.finditer(page.lower)] if found else []
    for one in found:
        if not any(start <= one.start < end for start, end in sums):
            yield one


def _randoms(text: str) -> Iterator[Found]:
    runs = set()
    for match in _RUN.finditer(text):
        runs.add(match.span())
        if _is_key(match[0]):
            yield Found("key", match.start(), match.end())
        elif match[0][0] in "MNO" and (parts := _THREE_PARTS.match(text, match.start())):
            yield Found("token", match.start(), parts.end())
    for match in _BASE64.finditer(text):
        if match.span() not in runs and is_random(match[0]):
            yield Found("key", match.start(), match.end())


def is_random(value: str) -> bool:
    """Whether this is too restless and too even for words, names, paths and hexadecimal ids."""
    body = value.rstrip("=")
    if len(body) < 20 or body.islower() or body.isupper() or not has_letter_and_digit(body):
        return False
    if restlessness(body) < 0.42 or entropy(body) < 3.9 or is_hex(body):
        return False
    return not (is_uuid(body) or _is_joined(body) or is_placeholder(body))


def is_base32(value: str) -> bool:
    """Whether this is what an authenticator is set up with: capitals and the digits 2 to 7, 16 or more."""
    return bool(_BASE32.fullmatch(value)) and has_letter_and_digit(value) and entropy(value) >= 2.8


def _is_joined(body: str) -> bool:
    """Whether every part between the strokes is an id or a word by itself: "8a1b2c3d4e5f6789-HKG"."""
    parts = _STROKE.split(body)
    return len(parts) > 1 and all(is_hex(part) or part.islower() or part.isupper() or part.isdigit() for part in parts)


def _is_key(run: str) -> bool:
    if run.islower() and not has_digit(run):
        return False
    if run[5:7].find("-") >= 0 and _GROUPS.fullmatch(run):
        return has_letter_and_digit(run) or run.count("-") == 7
    if _PREFIX.match(run):
        return not is_placeholder(run)
    prefixed = _PREFIXED.fullmatch(run) if "_" in run or "-" in run else None
    if prefixed and _is_tail(prefixed[1]):
        return not is_placeholder(run)
    return is_random(run) and not is_uuid(run[:36])


def _is_tail(tail: str) -> bool:
    """Random enough to be a key behind a prefix; a plain hexadecimal checksum isn't."""
    return has_letter_and_digit(tail) and not is_hex(tail) and entropy(tail) >= 3.4 and restlessness(tail) >= 0.25


def _form(kind: str, stem: str, pattern: re.Pattern[str]) -> Rule:
    """A rule for keys that all look alike; what is secret of them is the first group, or the whole."""
    group = 1 if pattern.groups else 0

    def find(page: Page) -> Iterator[Found]:
        for match in pattern.finditer(page.text):
            if not is_placeholder(match[group]):
                yield Found(kind, match.start(group), match.end(group))

    return Rule(find, (stem.lower(),))


def _end_of_block(text: str, at: int) -> int:
    """Behind the END line; where that is missing, behind the last line that looks like a key."""
    tail = text.find("-----END ", at, at + 20_000)
    if tail >= 0:
        close = text.find("-----", tail + 9, tail + 80)
        return close + 5 if close >= 0 else tail + 9
    end = at
    while end < len(text):
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        line = text[end:line_end].strip()
        if line and (len(line) < 20 or not _KEY_LINE.fullmatch(line)):
            break
        end = min(line_end + 1, len(text))
    return max(at, min(end, len(text)))


_KEY_LINE: Final = re.compile(r"[A-Za-z0-9+/=\\:, -]{1,20000}")

TOKEN_RULES: Final = (Rule(tokens, (RUN,)), *(_form(*form) for form in _FORMS))
