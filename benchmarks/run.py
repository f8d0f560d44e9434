"""``python -m benchmarks.run``: ratios of one interleaved run, and statements a page."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import best, floor, ours, rows
from benchmarks.calling import Call, calling, constant, header_of, ratio, times


def main(rounds: int, each: int) -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows.fill(str(folder / "rows.db"))
        portal = ours.make(folder)
        calls = {
            "floor": calling(floor.make(str(folder / "rows.db"))),
            "best": calling(best.make(str(folder / "rows.db"))),
        }
        for page, (path, who) in portal.pages.items():
            calls[page] = calling(portal.app, path, cookie=portal.cookies[who])
            calls[f"{page}, anew"] = calling(portal.anew, path, cookie=portal.cookies[who])
        for page, (path, who) in portal.public.items():
            calls[page] = calling(portal.app, path, cookie=portal.cookies.get(who, ""))
        notice, visitor = f"/notices/{portal.notice}", portal.cookies["visitor"]
        etag = header_of(portal.app, notice, "ETag")
        calls["notice, 304"] = calling(portal.app, notice, cookie=visitor, **{"If-None-Match": etag})
        calls["constant, signed in"] = calling(portal.app, "/signed-in", cookie=portal.cookies["nurse"])
        calls["constant, plain"] = constant(portal.app.test_client().get(notice).data)
        statements = {page: portal.statements(calls[f"{page}, anew"]) for page in portal.pages}
        show(calls, times(calls, rounds=rounds, each=each), statements)


def show(calls: Mapping[str, Call], found: Mapping[str, list[float]], statements: Mapping[str, str]) -> None:
    """Print a line a page: bytes, statements, the least milliseconds, and how many times dearer it is than others."""
    others = ("best", "floor", "constant, ours", "constant, plain")
    print(f"{'page':<24}{'bytes':>7}{'statements':>11}{'ms':>8}   " + "".join(f"to {each:<18}" for each in others))
    for page, call in calls.items():
        line = f"{page:<24}{call():>7}{statements.get(page, ''):>11}{min(found[page]) * 1000:>8.2f}   "
        print(line + "".join(f"{ratio(found[page], found[each]):<21}" for each in others))


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:3] or ("15", "20")))
