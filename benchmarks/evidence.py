"""What redaction, fingerprint and version ranges cost beside a plain hash of the same bytes, and how well they do.

Run: python -m benchmarks.evidence
"""

import hashlib
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from intake.fingerprint import fingerprint
from intake.redaction import redact, redact_lines
from intake.versions import check, parse, parse_range

SAMPLES = Path(__file__).parent.parent / "tests" / "intake"
MARKED = re.compile(r"«([a-z ]+):([^»]*)»")
MEGABYTE = 1_000_000
ROUNDS = 5


def lines_of(name: str) -> list[str]:
    lines = (SAMPLES / name).read_text(encoding="utf-8").split("\n")
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("# ")]


def megabyte_of(lines: list[str]) -> str:
    text = "\n".join(lines) + "\n"
    return (text * (MEGABYTE // len(text) + 1))[:MEGABYTE]


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def compare(name: str, text: str, works: dict[str, Callable[[str], object]]) -> None:
    """Interleaved, so that whatever else the machine does falls on all of them alike."""
    data = text.encode("utf-8", "surrogatepass")
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        times["hash"].append(seconds(lambda: hashlib.sha256(data).hexdigest()))
        for work_name, work in works.items():
            times[work_name].append(seconds(partial(work, text)))
    floor = statistics.median(times["hash"])
    print(f"{name}: {len(data) / 1000:.0f} KB in {text.count(chr(10))} lines; a plain SHA-256 is 1")
    for work_name in works:
        taken = times[work_name]
        speed = len(data) / 1000 / statistics.median(taken)
        least, middle, most = (pick(taken) / floor for pick in (min, statistics.median, max))
        print(f"  {work_name:24} {speed:8.0f} KB/s  x {least:5.0f} / {middle:5.0f} / {most:5.0f} (min, median, max)")


def quality() -> None:
    for names in (("secrets", "benign"), ("field",), ("fresh",), ("later",)):
        lines = [line for name in names for line in lines_of(f"redaction/{name}.txt")]
        found = total = touched = harmless = 0
        for line in lines:
            redacted = redact(MARKED.sub(lambda match: match[2], line))
            marked = MARKED.findall(line)
            found += sum(secret not in redacted.text for _, secret in marked)
            total += len(marked)
            harmless += not marked
            touched += not marked and bool(redacted.redactions)
        print(f"{names[0]}: {found} of {total} labelled secrets gone; {touched} of {harmless} harmless lines touched")


def ranges() -> None:
    installed = [
        parse(f"{major}.{minor}.{patch}") for major in range(1, 11) for minor in range(25) for patch in range(20)
    ]
    understood = parse_range(">=5.0, <5.6.3 or 7.x")
    assert understood is not None
    first = seconds(lambda: [understood.verdict(one) for one in installed if one])
    taken = [seconds(lambda: [understood.verdict(one) for one in installed if one]) for _ in range(ROUNDS)]
    print(f"ranges: {len(installed)} versions against a range: {first * 1000:.1f} ms, again {min(taken) * 1000:.1f} ms")
    long_range = ", ".join(f"<{number}.0" for number in range(1_400))[:10_000].rstrip(", <")
    taken = [seconds(lambda: check(long_range, "5.0")) for _ in range(ROUNDS)]
    print(f"ranges: one check against {len(long_range)} characters: {statistics.median(taken) * 1000:.0f} ms")


def main() -> None:
    logs = megabyte_of(lines_of("redaction/benign.txt"))
    secret = megabyte_of([MARKED.sub(lambda match: match[2], line) for line in lines_of("redaction/secrets.txt")])
    works: dict[str, Callable[[str], object]] = {
        "redact": redact,
        "redact_lines": lambda text: sum(1 for _ in redact_lines(text.splitlines(keepends=True))),
        "fingerprint, whole": fingerprint,
        "fingerprint, each line": lambda text: [fingerprint(line) for line in text.splitlines()],
    }
    compare("harmless log", logs, works)
    compare("a secret on every line", secret, works)
    ranges()
    quality()


if __name__ == "__main__":
    main()
