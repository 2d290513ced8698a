"""The settings of a site, for commands that build nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from newsstand.cli.options import WrongUsage
from newsstand.content.input_files import SETTINGS_FILE
from newsstand.content.kinds.settings import Config
from newsstand.content.settings_file import read_settings


def config_of(site: Path, named: Path | None) -> Config:
    """The settings; what is wrong with them is said. Raises WrongUsage for a file that is not."""
    if named is not None and not named.is_file():
        raise WrongUsage(f"there is no file {named}")
    file = named or site / SETTINGS_FILE
    found = read_settings(file if file.is_file() else None)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return found.config
