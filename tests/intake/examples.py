"""Writes every behaviour of the conformance suite as one page: `python -m tests.intake.examples`."""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import yaml

from intake.plain import Json

FOLDER = Path("tests/intake/conformance")
PAGE = Path("docs/questionnaires/examples.md")
TITLES = {
    "kind": "Kinds of answers",
    "condition": "Conditions",
    "page": "Pages",
    "progress": "Progress",
    "required": "Required questions",
    "optional": "Optional questions",
    "option": "Options",
    "prefill": "Prefilled answers",
    "known": "Known issues",
    "question": "Hints",
    "emergency": "The emergency lane",
    "triage": "Triage",
    "snapshot": "The snapshot",
    "loader": "What the loader refuses",
    "check": "What the linter finds",
    "version": "A new version meets drafts",
    "translation": "Translations",
}

OTHERS = {"against.yaml": "The version before", "phrasebook.yaml": "The phrasebook"}


def page() -> str:
    """Return the whole page."""
    names = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    order = list(TITLES)
    names.sort(key=lambda name: order.index(name.partition("-")[0]))
    return "\n".join(_page_lines(names)) + "\n"


def _page_lines(names: list[str]) -> Iterator[str]:
    yield "# Questionnaires by example"
    yield ""
    yield f"{len(names)} behaviours of the questionnaire format, one tiny questionnaire each."
    yield "Every line is run as a test. The day is 2026-11-21 in all of them."
    for group, members in groupby(names, key=lambda name: name.partition("-")[0]):
        yield ""
        yield f"## {TITLES[group]}"
        for name in members:
            yield from _behaviour_lines(name)


def _behaviour_lines(name: str) -> Iterator[str]:
    folder = FOLDER / name
    expected = yaml.safe_load((folder / "expected.yaml").read_text("utf-8"))
    yield ""
    yield f"### {expected['about']}"
    yield ""
    yield from _code(folder / "questionnaire.yaml")
    for other, label in OTHERS.items():
        if (folder / other).exists():
            yield f"{label}:"
            yield ""
            yield from _code(folder / other)
    for finding in expected["findings"]:
        yield _finding_line(finding)
    for case in expected.get("cases", []):
        yield f"- {_case_line(case)}"
    if not expected["findings"] and not expected.get("cases"):
        yield "- nothing to complain about"


def _code(path: Path) -> Iterator[str]:
    yield "```yaml"
    yield from _shown(path.read_text("utf-8"))
    yield "```"
    yield ""


def _shown(text: str) -> Iterator[str]:
    """Yield the lines that matter: the head and the standing parts are the same in all examples."""
    standing = ("intake: 1", "id: example", "version: 1", 'title: "An example"', "  - {id: default, set: P3,")
    mapped = ("snapshot:", "  answers.")
    for line in text.rstrip().split("\n"):
        if (not line.startswith((*standing, *mapped)) and line != "triage:") or line.startswith("snapshot: {"):
            yield line


def _finding_line(finding: Mapping[str, Json]) -> str:
    shown = finding.get("reproduction")
    by = f", shown by `{json.dumps(shown, ensure_ascii=False)}`" if shown is not None else ""
    return f"- **{finding['code']}** in line {finding['line']} of the file{by}"


def _case_line(case: Mapping[str, Json]) -> str:
    given = {key: case[key] for key in ("form", "answers", "context", "emergency", "visited") if case.get(key)}
    follows = {
        key: value for key, value in case.items() if key not in ("form", "answers", "context", "emergency", "visited")
    }
    before = ", ".join(f"{key} `{json.dumps(value, ensure_ascii=False)}`" for key, value in given.items())
    after = ", ".join(f"{key} `{json.dumps(value, ensure_ascii=False)}`" for key, value in follows.items())
    return f"{before or 'no answers'}: {after}"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), "utf-8")
