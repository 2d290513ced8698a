"""The command ``explain``: say why a record is in its story."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import SiteOptions, add_source_arguments
from newsstand.model import Article
from newsstand.problems import nearest
from newsstand.text.links import piece_key, web_link


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions(SiteOptions):
    """The command ``explain``."""

    record: str


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `ExplainOptions`."""
    parser.add_argument("record", help="path, headline or link of a record, or a part of it")
    add_source_arguments(parser)


def explain(options: ExplainOptions) -> int:
    """Say why a record is in its story. 0: said; 1: there is no such record, or several."""
    from newsstand.cli.explain_record import explain_record  # not needed for --help
    from newsstand.cli.load_site import load_site
    from newsstand.cli.site_folders import from_here
    from newsstand.content.kinds.publication import why_held

    loaded = load_site(options)
    records = loaded.site.records
    wanted = _record_path(options.record, options.content)
    exact = [path for path in sorted(records) if _is_exactly(wanted, records[path])]
    paths = exact or [path for path in sorted(records) if _is_like(wanted, records[path])]

    def shown(path: str) -> str:
        return from_here(options.content / path).as_posix()

    if len(paths) == 1:
        sys.stdout.write(explain_record(loaded.site, records[paths[0]], shown))
        return 0
    held = [h for h in loaded.read.content.held_back if not paths and wanted in h.path]
    for record in held:
        print(f"{shown(record.path)} is held back ({why_held(record)})", file=sys.stderr)
    if not held:
        _say_which(options.record, [shown(path) for path in paths], records)
    return 1


def _is_exactly(wanted: str, article: Article) -> bool:
    path, slug = article.path, article.slug
    names = (path, path.rpartition("/")[2], slug, f"news/{slug}/", article.title)
    link = web_link(wanted)
    return wanted in names or bool(link and piece_key(link) in article.piece.keys)


def _is_like(wanted: str, article: Article) -> bool:
    return wanted in article.path or wanted.casefold() in article.title.casefold()


def _record_path(given: str, content: Path) -> str:
    """A record as people name it (a file's path, a page's address) -> as the site knows it."""
    if Path(given).is_file():
        with suppress(ValueError):
            return Path(given).resolve().relative_to(content.resolve()).as_posix()
    return given.lstrip("/")


def _say_which(wanted: str, paths: list[str], records: Iterable[str]) -> None:
    if paths:
        print(
            f"{wanted!r} is a part of several paths or headlines:",
            *paths[:10],
            sep="\n  ",
            file=sys.stderr,
        )
        return
    close = nearest(wanted, records)
    hint = f"; did you mean {close}?" if close else ""
    print(
        f"no published record has {wanted!r} in its path, headline or link{hint}", file=sys.stderr
    )


COMMAND = Command(
    ExplainOptions,
    add_arguments,
    explain,
    "Say what a record has in common with its story and others, and where its rank comes from.",
    "%(prog)s news/2024/01/bridge.md",
)
