"""`python -m portal.cli`, where the console script is not installed."""

from portal.cli import main

main(prog_name="portal")
