"""The command ``new``: write a record with what is known."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import (
    ContentOptions,
    WrongUsage,
    add_content_arguments,
    content_folder,
)
from newsstand.content.disk_reading import list_files, read_text
from newsstand.content.draft import Draft, draft_path, draft_text, find_outlet, find_topic
from newsstand.content.file_kinds import PROVIDER_FOLDERS, TOPIC_FOLDER, is_ours, is_record
from newsstand.content.kinds.outlet import read_provider
from newsstand.content.kinds.record import read_article
from newsstand.content.kinds.topic import read_topic
from newsstand.content.schema import FOLDER, modeline
from newsstand.model import Provider, Topic
from newsstand.problems import nearest, quoted
from newsstand.text.dates import read_time
from newsstand.text.links import host_of, piece_key, web_link
from newsstand.text.strings import one_line

_LINK = re.compile(
    r"^(?:webUrl|originalUrl|ampWebUrl|cdnAmpWebUrl):[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOptions(ContentOptions):
    """The command ``new``."""

    now: datetime
    title: str = ""
    url: str = ""
    outlet: str = ""
    topic: tuple[str, ...] = ()
    date: str = ""
    allow_private: bool = False


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `NewOptions`."""
    parser.add_argument(
        "title",
        nargs="?",
        default="",
        help="the headline as the outlet wrote it; without one the page at --url is read",
    )
    parser.add_argument("--url", default="", metavar="URL", help="where the report is")
    parser.add_argument(
        "--outlet",
        default="",
        metavar="NAME",
        help="domain or name of the outlet (default: the outlet of the link's host)",
    )
    parser.add_argument(
        "--topic", action="append", default=[], metavar="NAME", help="a topic; may be repeated"
    )
    parser.add_argument(
        "--date",
        default="",
        metavar="TIME",
        help="when the outlet published, also a day (default: now)",
    )
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="read a page of this machine or of a private network too",
    )
    add_content_arguments(parser)


def new(options: NewOptions) -> int:
    """Write a record with what is known. 0: written; 1: a record has this link already."""
    from newsstand.cli.site_folders import of_content  # not needed for --help

    content = content_folder(options)
    draft = _draft(options)
    paths = [path for path in list_files(content).paths if is_ours(path)]
    records = [path for path in paths if is_record(path)]
    twin = _same_link(content, records, draft.link)
    if twin:
        print(f"{content / twin} has this link already; nothing was written", file=sys.stderr)
        return 1
    draft = _with_known(draft, options, paths)
    published = draft.published or options.now
    path = draft_path(draft, published, records)
    target = content / path
    text = draft_text(_with_schema(draft, content, path))
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(target)
    for problem in read_article(text, path, max(published, options.now), lambda _: "").problems:
        print(of_content(problem, content), file=sys.stderr)
    return 0


def _draft(options: NewOptions) -> Draft:
    title = one_line(options.title)
    link = web_link(options.url)
    if not title and link:
        return _draft_of_page(options, link)
    if not title:
        raise WrongUsage("write a headline, or --url with the address of a page that has one")
    if options.url and not link:
        raise WrongUsage(f"--url is {quoted(options.url)}; write an address with https://")
    return _dated(Draft(title, options.now, link, arrived=options.now), options.date)


def _draft_of_page(options: NewOptions, link: str) -> Draft:
    from newsstand.cli.new_from_page import draft_of_page  # only here: it reaches the network

    draft, outlet = draft_of_page(options, link, options.now, options.allow_private)
    return _dated(replace(draft, outlet=outlet), options.date)


def _dated(draft: Draft, given: str) -> Draft:
    """The draft with the time that `--date` gives, or the day. Raises WrongUsage."""
    if not given:
        return draft
    try:
        time = read_time(given)
    except (ValueError, OverflowError):
        raise WrongUsage(
            f"--date is {quoted(given)}, which is no time; write 2024-01-20T08:00:00Z, or the day"
        ) from None
    return replace(draft, published=time.at, is_day=time.is_day)


def _same_link(content: Path, records: Iterable[str], link: str) -> str:
    """The record whose link leads to the same piece, found without reading all its keys."""
    key = piece_key(link) if link else ""
    for path in records if key else ():
        text, _ = read_text(content, path)
        links = (web_link(address) for address in _LINK.findall(text))
        if any(piece_key(other) == key for other in links if other):
            return path
    return ""


def _with_known(draft: Draft, options: NewOptions, paths: Iterable[str]) -> Draft:
    topics, outlets = _taxonomy(options.content, paths)
    outlet = find_outlet(one_line(options.outlet), host_of(draft.link), outlets)
    if not options.outlet and outlet not in outlets:
        outlet = draft.outlet or outlet  # as the page calls it
    names = []
    for wanted in map(one_line, options.topic):
        name = find_topic(wanted, topics)
        if topics and not name:
            close = nearest(wanted, (t.name for t in topics))
            hint = f"; did you mean {close}?" if close else ""
            print(f"no file describes the topic {quoted(wanted)}{hint}", file=sys.stderr)
        names.append(name or wanted)
    kept = tuple(dict.fromkeys(name for name in names if name))
    return replace(draft, outlet=outlet, topics=kept)


def _taxonomy(content: Path, paths: Iterable[str]) -> tuple[list[Topic], list[Provider]]:
    topics, outlets = [], []
    for path in paths:
        top = path.partition("/")[0]
        if top == TOPIC_FOLDER:
            topics.append(read_topic(read_text(content, path)[0], path, lambda _: "")[0])
        elif top in PROVIDER_FOLDERS:
            outlets.append(read_provider(read_text(content, path)[0], path, lambda _: "")[0])
    return [t for t in topics if t], [o for o in outlets if o]


def _with_schema(draft: Draft, content: Path, path: str) -> Draft:
    """With the line for editors, where the site has schemas."""
    if not (content.parent / FOLDER / "record.json").is_file():
        return draft
    line = modeline(f"{content.name}/{path}", "record")
    return replace(draft, schema=line)


COMMAND = Command(
    NewOptions,
    add_arguments,
    new,
    "Write a record with what is known, where records of its day lie.",
    '%(prog)s "Bridge opens early" --url https://harbour.example/bridge',
)
