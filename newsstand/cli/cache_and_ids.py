"""What builds leave for each other, with a note where the disk does not give or take it.

No build stops for that.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from newsstand.build.cache import NOTHING, Memory, read_memory, write_memory
from newsstand.build.sqlite_store import Damaged, Store
from newsstand.content.lock_file import LOCK_FILE, write_lock


def read_cache(store: Store, is_quiet: bool) -> Memory:
    """What the last build left; nothing, with a note, where that cannot be used."""
    try:
        return read_memory(store)
    except Damaged as problem:
        if not is_quiet:
            print(f"Note: {problem}.", file=sys.stderr)
        return NOTHING


def write_cache(
    store: Store, before: Memory, now: Memory, facts: Mapping[str, bytes], is_quiet: bool
) -> None:
    """Leave the memory of this build and its facts for the next, in place of that `before`."""
    try:
        write_memory(store, before, now, facts)
    except OSError as problem:
        _note("the cache", problem, is_quiet)


def write_ids(content: Path, text: str, is_quiet: bool) -> None:
    """Keep the ids of stories with the records."""
    try:
        write_lock(content, text)
    except OSError as problem:
        _note(LOCK_FILE, problem, is_quiet)


def _note(what: str, problem: OSError, is_quiet: bool) -> None:
    if not is_quiet:
        reason = problem.strerror or problem
        print(f"Note: {what} cannot be written ({reason}).", file=sys.stderr)
