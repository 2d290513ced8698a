"""A site to ask questions of, for commands that write nothing."""

from __future__ import annotations

import sys

from newsstand.build.loaded_site import Loaded
from newsstand.cli.common_options import SiteOptions
from newsstand.cli.site_folders import folders_of
from newsstand.cli.terminal import quiet
from newsstand.pipeline import load
from newsstand.text.strings import plural


def load_site(options: SiteOptions) -> Loaded:
    """The site; how many errors it has goes to the error output. Raises WrongUsage."""
    loaded = load(folders_of(options), "", options.now, quiet)
    errors = sum(p.is_error for p in loaded.problems)
    if errors:
        print(f"{plural(errors, 'error')} in the content; `check` shows them", file=sys.stderr)
    return loaded
