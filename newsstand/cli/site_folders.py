"""The files and folders of a site that a call means: those that are there, and may be written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from newsstand import packaged_files
from newsstand.build.output import Output, OutputRefused
from newsstand.build.program_version import program_version
from newsstand.build.sqlite_store import Store
from newsstand.cli.common_options import (
    ContentOptions,
    OutputOptions,
    SourceOptions,
    WrongUsage,
    cache_folder,
    content_folder,
)
from newsstand.content.site_inputs import SETTINGS_FILE, Folders
from newsstand.problems import Problem

if TYPE_CHECKING:
    from newsstand.content.kinds.settings import Config

_PREVIEW_FOLDER = "preview"  # of a site that no build makes


def folders_of(options: SourceOptions) -> Folders:
    """The folders that a site is made from. Raises WrongUsage where one is missing."""
    content = content_folder(options)
    templates = _own_folder(options.templates, options.site / "templates", packaged_files.TEMPLATES)
    static = _own_folder(options.static, options.site / "static", packaged_files.STATIC)
    config: Path | None = options.config
    if config is not None and not config.is_file():
        raise WrongUsage(f"there is no file {config}")
    default: Path = options.site / SETTINGS_FILE
    return Folders(
        content=content,
        config=config or (default if default.is_file() else None),
        templates=(packaged_files.TEMPLATES, *templates),
        static=(packaged_files.STATIC, *static),
    )


def _own_folder(named: Path | None, default: Path, ours: Path) -> tuple[Path, ...]:
    """The site's own folder of templates or static files: the one named, or where it usually is."""
    if named is not None:
        if not named.is_dir():
            raise WrongUsage(f"there is no folder {named}")
        return (named,)
    return (default,) if default.is_dir() and default.resolve() != ours.resolve() else ()


def config_of(options: ContentOptions) -> Config:
    """The settings, for commands that build nothing. Raises WrongUsage for a file that is not.

    What is wrong with the settings goes to the error output.
    """
    from newsstand.content.settings_file import read_settings  # builds read them elsewhere

    if options.config is not None and not options.config.is_file():
        raise WrongUsage(f"there is no file {options.config}")
    file = options.config or options.site / SETTINGS_FILE
    settings = read_settings(file if file.is_file() else None)
    for problem in settings.problems:
        print(structs.replace(problem, path=from_here(file).as_posix()), file=sys.stderr)
    return settings.config


def store_of(options: OutputOptions, is_preview: bool = False) -> Store:
    """What builds of the site keep for the next one.

    A preview of what no build publishes has a folder of its own.
    """
    folder: Path = options.cache or cache_folder(options.content)
    if is_preview:
        folder /= _PREVIEW_FOLDER
    return Store(None if options.no_cache else folder, program_version())


def output_of(options: OutputOptions, folders: Folders) -> Output:
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
    sources = (folders.content, *folders.templates, *folders.static, packaged_files.PROGRAM)
    for source in (path.resolve() for path in sources):
        if target == source or target in source.parents or source in target.parents:
            raise WrongUsage(f"the output folder {target} may neither hold nor lie in {source}")


def base_url_of(given: str) -> str:
    """The address of ``--base-url`` with a slash at its end; "" for none. Raises WrongUsage."""
    if not given:
        return ""
    from newsstand.content.kinds.settings import base_url_problem  # most calls do not need them
    from newsstand.text.links import site_url, web_link

    problem = base_url_problem(given)
    if problem:
        raise WrongUsage(f"--base-url: {problem.message}; {problem.hint}")
    return site_url(web_link(given))


def file_of(problem: Problem, folders: Folders) -> Path:
    """The file that a problem is about, from the working folder where that is possible."""
    path = problem.path
    candidates = [folders.content / path]
    if "/" not in path:
        candidates.append(folders.content.parent / path)
    if folders.config and path == folders.config.name:
        candidates.insert(0, folders.config)
    for top, places in (("templates", folders.templates), ("static", folders.static)):
        if path.startswith(f"{top}/"):
            candidates += [place / path.removeprefix(f"{top}/") for place in reversed(places)]
    file = next((candidate for candidate in candidates if candidate.exists()), candidates[0])
    return from_here(file)


def from_here(file: Path) -> Path:
    """A file's path from the working folder, as a terminal can open it; as it is if not below."""
    relative = os.path.relpath(file)
    return file if relative.startswith("..") else Path(relative)


def of_content(problem: Problem, content: Path) -> Problem:
    """`on_disk` for a problem of a file below the content folder, for commands that build none."""
    return structs.replace(problem, path=from_here(content / problem.path).as_posix())


def on_disk(problem: Problem, folders: Folders | None) -> Problem:
    """A problem as people read it: with the path of its file as a terminal can open it."""
    file = file_of(problem, folders) if folders else None
    return structs.replace(problem, path=file.as_posix()) if file and file.exists() else problem
