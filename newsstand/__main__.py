"""``python -m newsstand``: the same as ``python build.py``."""

import sys

from newsstand.cli import main

sys.exit(main())
