"""The child process that makes a PDF: ``python -m portal.printing.child SECONDS MEGABYTES``."""

import json
import sys
import sysconfig
from pathlib import Path

from portal.core import children
from portal.settings import ROOT


def main() -> None:
    """Print the document that comes in; whatever breaks ends this process and is told by its exit code."""
    children.begin()
    from portal.printing import typesetting

    order = json.loads(sys.stdin.buffer.read())
    libraries = [Path(sysconfig.get_path(each)) for each in ("stdlib", "platstdlib", "purelib", "platlib")]
    children.close_doors(readable=[ROOT / "static", *libraries])
    sys.stdout.buffer.write(typesetting.typeset(order["html"], title=order["title"], language=order["language"]))


if __name__ == "__main__":
    main()
