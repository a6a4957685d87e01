"""``python -m notices``: the command, with whichever Python is asked to run it."""

import sys

from .command import main

sys.exit(main())
