"""What each command does: the edge between the terminal and the program."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from newsstand.cli.explain import chosen_stories, explain_record, stories_json, stories_text
from newsstand.cli.options import (
    CompletionOptions,
    ExplainOptions,
    SiteOptions,
    StoriesOptions,
    WrongUsage,
    folders_of,
)
from newsstand.cli.terminal import quiet
from newsstand.content.kinds.publication import why_held
from newsstand.model import Article, HeldBack
from newsstand.pipeline import Loaded, load
from newsstand.problems import nearest, quoted
from newsstand.text.dates import read_time
from newsstand.text.links import piece_key, web_link
from newsstand.text.strings import plural


def stories(options: StoriesOptions) -> int:
    """Print all stories."""
    since = _since(options.since)
    loaded = _load(options)
    least = max(options.outlets, 2 if options.multi else 0)
    chosen = chosen_stories(loaded.site, since, least, options.top)
    printed = stories_json if options.format == "json" else stories_text
    sys.stdout.write(printed(loaded.site, chosen))
    return 0


def completion(options: CompletionOptions) -> int:
    """Print what a shell has to run to complete commands and options."""
    import shtab  # only here

    from newsstand.cli.arguments import parser_of

    sys.stdout.write(shtab.complete(parser_of("newsstand"), shell=options.shell) + "\n")
    return 0


def _since(given: str) -> datetime | None:
    try:
        return read_time(given).at if given else None
    except (ValueError, OverflowError):
        said = f"--since is {quoted(given)}, which is no time; write 2024-01-18 or an instant"
        raise WrongUsage(said) from None


def explain(options: ExplainOptions) -> int:
    """Say why a record is in its story."""
    loaded = _load(options)
    records = loaded.site.records
    wanted = _record_path(options.record, options.content)
    exact = [path for path in sorted(records) if _is_exactly(wanted, records[path])]
    found = exact or [path for path in sorted(records) if _is_like(wanted, records[path])]
    if len(found) != 1:
        held = [h for h in loaded.read.content.held_back if not found and wanted in h.path]
        _say_held(held) if held else _say_which(options.record, found, records)
        return 1
    sys.stdout.write(explain_record(loaded.site, records[found[0]]))
    return 0


def _is_exactly(wanted: str, article: Article) -> bool:
    path, slug = article.path, article.slug
    names = (path, path.rpartition("/")[2], slug, f"news/{slug}/", article.title)
    link = web_link(wanted)
    return wanted in names or bool(link and piece_key(link) in article.piece.keys)


def _is_like(wanted: str, article: Article) -> bool:
    return wanted in article.path or wanted.casefold() in article.title.casefold()


def _say_held(held: Iterable[HeldBack]) -> None:
    for record in held:
        print(f"{record.path} is held back ({why_held(record)})", file=sys.stderr)


def _record_path(given: str, content: Path) -> str:
    """A record as people name it (a file's path, a page's address) -> as the site knows it."""
    if Path(given).is_file():
        with suppress(ValueError):
            return Path(given).resolve().relative_to(content.resolve()).as_posix()
    return given.lstrip("/")


def _say_which(wanted: str, found: list[str], records: Iterable[str]) -> None:
    if found:
        print(
            f"{wanted!r} is a part of several paths or headlines:",
            *found[:10],
            sep="\n  ",
            file=sys.stderr,
        )
        return
    close = nearest(wanted, records)
    hint = f"; did you mean {close}?" if close else ""
    print(
        f"no published record has {wanted!r} in its path, headline or link{hint}", file=sys.stderr
    )


def _load(options: SiteOptions) -> Loaded:
    """A site to ask questions of; what is wrong with it goes to the error output, in short."""
    loaded = load(folders_of(options), "", options.now, quiet)
    errors = sum(p.is_error for p in loaded.problems)
    if errors:
        said = plural(errors, "error")
        print(f"{said} in the content; `check` shows them", file=sys.stderr)
    return loaded
