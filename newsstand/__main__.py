"""``python -m newsstand``: the same as the installed command ``newsstand``."""

from newsstand.cli.main import run

run()
