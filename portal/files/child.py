"""The child process that reads a stranger's file: ``python -m portal.files.child SECONDS MEGABYTES TYPE``."""

import sys

from portal.core import children
from portal.files import cleaning


def main() -> None:
    """Write the file that comes in anew, harmless, or end with why that can't be done."""
    (media_type,) = children.begin()
    clean = cleaning.load_cleaner(media_type)
    body = sys.stdin.buffer.read()
    children.close_doors()
    try:
        sys.stdout.buffer.write(clean(body, media_type))
    except cleaning.UncleanError as error:
        children.refuse(error.code)


if __name__ == "__main__":
    main()
