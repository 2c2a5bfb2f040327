"""`python -m mcda` is the command `mcda`."""

import sys

from mcda.cli import main

sys.exit(main())
