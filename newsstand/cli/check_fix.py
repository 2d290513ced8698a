"""``check --fix``: show what would be mended, then mend it."""

from __future__ import annotations

import sys
from typing import TextIO

from newsstand.check.fix.apply import find_fixes, write_fixes
from newsstand.cli.site_folders import from_here
from newsstand.content.site_inputs import Folders
from newsstand.text.strings import plural


def fix(folders: Folders, is_dry_run: bool, is_agreed: bool, out: TextIO) -> None:
    """Mend the site's files; on a terminal only after a yes, unless that is given already."""
    fixes = find_fixes(folders.content, folders.config, from_here)
    out.writelines(changed.shown for changed in fixes)
    files = plural(len(fixes), "file")
    if not fixes:
        print("Nothing to mend.", file=out)
    elif is_dry_run:
        print(f"{files} would be mended; nothing was written.", file=out)
    elif not is_agreed and sys.stdin.isatty() and not _ask(files):
        print("Nothing was written.", file=out)
    else:
        written, left = write_fixes(fixes)
        print(f"{plural(written, 'file')} mended.", file=out)
        for file in left:
            print(f"{file} was changed meanwhile and is left as it is", file=sys.stderr)


def _ask(files: str) -> bool:
    try:
        return input(f"Write these changes to {files}? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
