import re
from pathlib import Path
from typing import Any

GUIDE = Path("docs/engine.md").read_text("utf-8")


def test_the_example_of_the_guide_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(example, "docs/engine.md", "exec"), names)
    assert names["interview"].next_page.id == "where"
    assert names["snapshot"]["triage"]["priority"] == "P2"
