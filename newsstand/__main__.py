"""``python -m newsstand``: the same as the installed command ``newsstand``."""

import sys

from newsstand.cli import main

sys.exit(main())
