"""The command ``init``: write a whole new site into an empty folder."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import SiteOptions, WrongUsage, add_now


@dataclass(frozen=True, slots=True, kw_only=True)
class InitOptions:
    """The command ``init``."""

    folder: Path
    title: str = ""
    url: str = ""
    now: datetime


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `InitOptions`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    parser.add_argument("--title", default="", help="name of the site (default: from the folder's)")
    parser.add_argument("--url", default="", metavar="URL", help="address the site will stand at")
    add_now(parser)


def init(options: InitOptions) -> int:
    """Write a whole new site into an empty folder."""
    from newsstand.cli.init_files import NewSite, starter_files, title_of  # not needed for --help
    from newsstand.cli.program_source import UNKNOWN, program_requirement
    from newsstand.cli.site_folders import base_url_of
    from newsstand.content.disk_writing import write_files
    from newsstand.content.kinds.settings import base_url_problem
    from newsstand.problems import quoted
    from newsstand.text.strings import one_line, plural

    folder: Path = options.folder
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} is a file, not a folder")
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise WrongUsage(f"{folder} is not empty; name a new folder, or an empty one")
    if options.url and base_url_problem(options.url):
        raise WrongUsage(f"--url is {quoted(options.url)}; write https://host/path/")
    title = one_line(options.title) or title_of(folder.resolve())
    program = program_requirement()
    files = starter_files(NewSite(title, base_url_of(options.url), options.now, program))
    write_files(folder, files)
    _write_ids(folder, options.now)
    print(f"Made a site of {plural(len(files) + 1, 'file')} in {folder}. In that folder:")
    print('  newsstand new "A headline" --url https://…   writes a record')
    print("  newsstand serve                              shows the site, and each change at once")
    print("  newsstand check                              says what is wrong")
    print("  newsstand build                              writes the site to _site")
    if program == UNKNOWN:
        print("Before you push it: put the address of Newsstand into requirements.txt.")
    if Path(sys.argv[0]).name == "build.py":
        print(f"Not installed? python build.py COMMAND --site {folder} does the same.")
    return 0


def _write_ids(folder: Path, now: datetime) -> None:
    """Write the ids of the stories, so that git has the file before a build changes it.

    It refuses to pull over one that it does not know.
    """
    from newsstand.cli.load_site import load_site  # not needed for --help
    from newsstand.content.lock_file import write_lock

    content = folder / "content"
    write_lock(content, load_site(SiteOptions(site=folder, content=content, now=now)).lock)


COMMAND = Command(
    InitOptions,
    add_arguments,
    init,
    "Write settings, records, topics, outlets, a page and a workflow that publishes the site.",
    '%(prog)s my-news --title "Harbour news"',
)
