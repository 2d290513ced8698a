#!/usr/bin/env python3
"""Build the site: ``python build.py``; see ``python build.py --help``."""

import sys
from pathlib import Path

from newsstand.cli.main import run

if __name__ == "__main__":
    try:
        run(home=Path(__file__).resolve().parent)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("newsstand"):
            raise
        sys.exit(
            f"build.py needs the package {missing.name!r}, which this Python does not have.\n"
            "Run `make site` once and then .venv/bin/python build.py, "
            "or `pip install -r requirements.txt`."
        )
