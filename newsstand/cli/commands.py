"""What each command does: the edge between the terminal and the program."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from newsstand.cli.explain import explain_record, stories_json, stories_text
from newsstand.cli.options import ExplainOptions, SiteOptions, StoriesOptions, folders_of
from newsstand.cli.terminal import quiet
from newsstand.pipeline import Loaded, load
from newsstand.problems import nearest
from newsstand.text.strings import plural


def stories(options: StoriesOptions) -> int:
    """Print all stories."""
    loaded = _load(options)
    printed = stories_json if options.format == "json" else stories_text
    sys.stdout.write(printed(loaded.site))
    return 0


def explain(options: ExplainOptions) -> int:
    """Say why a record is in its story."""
    loaded = _load(options)
    records = loaded.site.records
    wanted = _record_path(options.record, options.content)
    found = [path for path in sorted(records) if wanted in path]
    exact = [p for p in sorted(records) if _is_exactly(wanted, p, records[p].slug)]
    if len(exact or found) != 1:
        _say_which(options.record, found, records)
        return 1
    sys.stdout.write(explain_record(loaded.site, records[(exact or found)[0]]))
    return 0


def _is_exactly(wanted: str, path: str, slug: str) -> bool:
    return wanted in (path, path.rpartition("/")[2], slug, f"news/{slug}/")


def _record_path(given: str, content: Path) -> str:
    """A record as people name it (a file's path, a page's address) -> as the site knows it."""
    if Path(given).is_file():
        with suppress(ValueError):
            return Path(given).resolve().relative_to(content.resolve()).as_posix()
    return given.lstrip("/")


def _say_which(wanted: str, found: list[str], records: Iterable[str]) -> None:
    if found:
        print(f"{wanted!r} is a part of several paths:", *found[:10], sep="\n  ", file=sys.stderr)
        return
    close = nearest(wanted, records)
    hint = f"; did you mean {close}?" if close else ""
    print(f"no published record has {wanted!r} in its path{hint}", file=sys.stderr)


def _load(options: SiteOptions) -> Loaded:
    """A site to ask questions of; what is wrong with it goes to the error output, in short."""
    loaded = load(folders_of(options), "", options.now, quiet)
    errors = sum(p.is_error for p in loaded.problems)
    if errors:
        said = plural(errors, "error")
        print(f"{said} in the content; `check` shows them", file=sys.stderr)
    return loaded
