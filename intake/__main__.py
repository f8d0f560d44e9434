"""`python -m intake`: the engine on the command line."""

import sys

from intake.cli import main

sys.exit(main())
