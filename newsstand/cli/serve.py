"""The command ``serve``: show a site in the browser of this machine, made again on each change."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import (
    LOCAL,
    OutputOptions,
    WrongUsage,
    add_cache,
    add_output_arguments,
    add_volume,
    number,
)
from newsstand.model import DATED_AHEAD, DRAFT

_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions(OutputOptions):
    """The command ``serve``; it works as of `now`, or as of the clock where that is None."""

    now: datetime | None = None
    drafts: bool = False
    future: bool = False
    port: int = 8000
    host: str = LOCAL
    open: bool = False

    @property
    def shown(self) -> frozenset[str]:
        """The reasons to hold a record back that this preview passes over."""
        wanted = ((self.drafts, DRAFT), (self.future, DATED_AHEAD))
        return frozenset(reason for is_wanted, reason in wanted if is_wanted)


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `ServeOptions`."""
    add_output_arguments(parser, "_site in the site's folder; with --drafts or --future _preview")
    add_cache(parser)
    parser.add_argument("--drafts", action="store_true", help="show drafts too, marked as such")
    parser.add_argument(
        "--future", action="store_true", help="show records dated ahead too, marked as such"
    )
    parser.add_argument(
        "--port", type=number, default=8000, metavar="N", help="where to serve (default: 8000)"
    )
    parser.add_argument(
        "--host",
        default=LOCAL,
        metavar="H",
        help="name or address to serve at (default: this machine alone); at another one than that"
        " others can read the preview",
    )
    parser.add_argument("--open", action="store_true", help="open the site in a browser")
    add_volume(parser, "say only what is wrong", "say everything")


def serve(options: ServeOptions) -> int:
    """Serve until stopped. Raises WrongUsage for folders or a port that cannot be used."""
    from newsstand.cli.preview.server import listen, run  # not needed for --help
    from newsstand.cli.preview.site import Preview
    from newsstand.cli.site_folders import base_url_of, folders_of, output_of

    output = output_of(options, folders_of(options))
    base_url_of(options.base_url)
    if not 0 <= options.port <= _HIGHEST_PORT:  # a system may take it for another one
        raise WrongUsage(
            f"port {options.port} cannot be used: ports end at {_HIGHEST_PORT}; try --port 0"
        )
    try:
        sockets = listen(options.host, options.port)
    except OSError as problem:
        raise WrongUsage(_cannot_listen(options, problem)) from None
    preview = Preview(options, output, options.now, options.shown)
    run(preview, sockets, options.host, options.open)
    return 0


def _cannot_listen(options: ServeOptions, problem: OSError) -> str:
    reason = (problem.strerror or str(problem)).lower()
    if options.host != LOCAL:
        return f"host {options.host}, port {options.port} cannot be used: {reason}"
    return f"port {options.port} cannot be used: {reason}; try --port 0, which takes a free one"


COMMAND = Command(
    ServeOptions,
    add_arguments,
    serve,
    "Serve the site on this machine, and make it again when a file changes.",
    "%(prog)s --drafts --open",
    follows_the_clock=True,
)
