"""What the options of a call mean: folders that are there, an output that may be replaced."""

from __future__ import annotations

import argparse
from pathlib import Path

from newsstand import built_in
from newsstand.build.cache import Cache
from newsstand.build.output import Output, OutputRefused
from newsstand.build.program_version import program_version
from newsstand.content.input_files import Folders

SETTINGS_FILE = "site.yml"
CACHE_FOLDER = ".cache"
PREVIEW_FOLDER = "preview"  # of a site that no build makes


class WrongUsage(Exception):  # noqa: N818  (a fault of the call, not of the program)
    """The command was called with something that cannot be."""


def complete(options: argparse.Namespace, home: Path) -> None:
    """Fill in the folders that were not named: they lie in the site's folder.

    That is `--site`, else `home`: the folder of ``build.py``, or for the installed command
    the working folder.
    """
    site: Path = getattr(options, "site", None) or home
    if not site.is_dir():
        raise WrongUsage(f"there is no folder {site}")
    options.site = site
    # What no build may publish is kept out of the folder that people copy to their host.
    held_back = getattr(options, "drafts", False) or getattr(options, "future", False)
    output = "_preview" if held_back else "_site"
    for name, default in (("content", "content"), ("output", output)):
        if getattr(options, name, "") is None:
            setattr(options, name, site / default)


def folders_of(options: argparse.Namespace) -> Folders:
    """The folders that a site is made from. Raises WrongUsage where one is missing."""
    content: Path = options.content
    if not content.is_dir():
        raise WrongUsage(f"there is no content folder {content}; `init DIR` makes a new site")
    templates = _own(options, "templates", built_in.TEMPLATES)
    static = _own(options, "static", built_in.STATIC)
    config: Path | None = options.config
    if config is not None and not config.is_file():
        raise WrongUsage(f"there is no file {config}")
    default: Path = options.site / SETTINGS_FILE
    return Folders(
        content=content,
        config=config or (default if default.is_file() else None),
        templates=(built_in.TEMPLATES, *templates),
        static=(built_in.STATIC, *static),
    )


def cache_of(options: argparse.Namespace) -> Cache:
    """Where builds of the site remember what they did."""
    folder: Path = options.cache or options.content.resolve().parent / CACHE_FOLDER
    if getattr(options, "drafts", False) or getattr(options, "future", False):
        folder /= PREVIEW_FOLDER
    return Cache(None if options.no_cache else folder, program_version())


def _own(options: argparse.Namespace, name: str, ours: Path) -> tuple[Path, ...]:
    """The site's own folder of templates or static files: named, or beside its content."""
    named: Path | None = getattr(options, name, None)
    if named is not None:
        if not named.is_dir():
            raise WrongUsage(f"there is no folder {named}")
        return (named,)
    beside: Path = options.site / name
    return (beside,) if beside.is_dir() and beside.resolve() != ours.resolve() else ()


def output_of(options: argparse.Namespace, folders: Folders) -> Output:
    """The output folder. Raises WrongUsage for one that may not be replaced."""
    try:
        output = Output(options.output)
        _keep_sources(output.folder, folders)
        output.check()
    except OutputRefused as problem:
        raise WrongUsage(str(problem)) from None
    return output


def _keep_sources(target: Path, folders: Folders) -> None:
    """A build replaces its output: nothing that it is made from may be lost in it."""
    sources = (folders.content, *folders.templates, *folders.static, built_in.PROGRAM)
    for source in (path.resolve() for path in sources):
        if target == source or target in source.parents or source in target.parents:
            raise WrongUsage(f"the output folder {target} may neither hold nor lie in {source}")


def base_url_of(given: str) -> str:
    """The address of ``--base-url`` with a slash at its end; "" for none. Raises WrongUsage."""
    if not given:
        return ""
    from newsstand.content.kinds.settings import base_url_problem  # most calls do not need them
    from newsstand.text.links import web_link

    problem = base_url_problem(given)
    if problem:
        raise WrongUsage(f"--base-url: {problem.message}; {problem.hint}")
    return web_link(given).split("#")[0].split("?")[0].rstrip("/") + "/"
