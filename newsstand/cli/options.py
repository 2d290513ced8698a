"""What the options of each command are and mean: values, folders that are there, an output."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from newsstand import built_in
from newsstand.build.output import Output, OutputRefused
from newsstand.build.program_version import program_version
from newsstand.build.store import Store
from newsstand.content.input_files import SETTINGS_FILE, Folders
from newsstand.text.fingerprint import fingerprint_of

if TYPE_CHECKING:
    from argparse import Namespace

    from _typeshed import DataclassInstance

CACHE_FOLDER = ".cache"
LOCAL = "127.0.0.1"  # this machine, and no other
PREVIEW_FOLDER = "preview"  # of a site that no build makes


class WrongUsage(Exception):  # noqa: N818  (a fault of the call, not of the program)
    """The command was called with something that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a site is."""

    site: Path
    content: Path
    static: Path | None = None
    templates: Path | None = None
    config: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions(Places):
    """Where a site is, and as of when it is looked at."""

    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions(SiteOptions):
    """The command ``build``."""

    HARMLESS: ClassVar[frozenset[str]] = frozenset(
        {"site", "now", "cache", "no_cache", "jobs", "quiet", "verbose"}
    )
    """Options that change nothing about the site, or are watched by themselves."""

    output: Path
    base_url: str = ""
    strict: bool = False
    compress: bool = False
    headers: bool = False
    cache: Path | None = None
    no_cache: bool = False
    jobs: int | None = None
    quiet: bool = False
    verbose: bool = False

    def asked(self) -> bytes:
        """A fingerprint of all that the call asks for of the site."""
        names = [field.name for field in fields(self) if field.name not in self.HARMLESS]
        values = [(name, getattr(self, name)) for name in names]
        said = [(n, str(v.resolve()) if isinstance(v, Path) else v) for n, v in values]
        return fingerprint_of(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions(Places):
    """The command ``serve``; it works as of `now`, or as of the clock where that is None."""

    now: datetime | None = None
    output: Path
    base_url: str = ""
    cache: Path | None = None
    no_cache: bool = False
    drafts: bool = False
    future: bool = False
    port: int = 8000
    host: str = LOCAL
    open: bool = False
    quiet: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions(SiteOptions):
    """The command ``check``."""

    base_url: str = ""
    format: str = "text"
    fail_on: str = "error"
    external: bool = False
    fix: bool = False
    yes: bool = False
    dry_run: bool = False
    quiet: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOptions:
    """What ``fetch`` and ``import`` have in common."""

    site: Path
    content: Path
    now: datetime
    config: Path | None = None
    dry_run: bool = False
    since: str = ""
    allow_private: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions(TakingOptions):
    """The command ``fetch``."""

    only: tuple[str, ...] = ()
    strict: bool = False
    format: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions(TakingOptions):
    """The command ``import``."""

    what: tuple[str, ...]
    follow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesOptions(SiteOptions):
    """The command ``stories``: of which stories, and how. `since` is an instant, or empty."""

    format: str = "text"
    since: str = ""
    outlets: int = 0
    multi: bool = False
    top: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions(SiteOptions):
    """The command ``explain``."""

    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOptions:
    """The command ``completion``."""

    shell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOptions:
    """The command ``new``."""

    content: Path
    now: datetime
    site: Path
    config: Path | None = None
    title: str = ""
    url: str = ""
    outlet: str = ""
    topic: tuple[str, ...] = ()
    date: str = ""
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InitOptions:
    """The command ``init``."""

    folder: Path
    title: str = ""
    url: str = ""
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaOptions:
    """The command ``schema``."""

    site: Path
    output_folder: Path | None = None


Options = TypeVar("Options", bound="DataclassInstance")


def options_of(kind: type[Options], given: Namespace, home: Path, now: datetime | None) -> Options:
    """The options of a command, with the folders that were not named: they lie in the site's.

    That is `--site`, else `home`: the folder of ``build.py``, or for the installed command
    the working folder. Raises WrongUsage.
    """
    site: Path = getattr(given, "site", None) or home
    if not site.is_dir():
        raise WrongUsage(f"there is no folder {site}")
    # What no build may publish is kept out of the folder that people copy to their host.
    held_back = getattr(given, "drafts", False) or getattr(given, "future", False)
    output = "_preview" if held_back else "_site"
    defaults = {"content": site / "content", "output": site / output}
    values: dict[str, Any] = {"site": site, "now": now}
    for field in fields(kind):
        if field.name not in values:
            value = getattr(given, field.name, None)
            value = defaults.get(field.name) if value is None else value
            values[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**{f.name: values[f.name] for f in fields(kind)})


def folders_of(options: Places) -> Folders:
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


def store_of(options: BuildOptions | ServeOptions) -> Store:
    """Where builds of the site remember what they did."""
    folder: Path = options.cache or options.content.resolve().parent / CACHE_FOLDER
    if isinstance(options, ServeOptions) and (options.drafts or options.future):
        folder /= PREVIEW_FOLDER
    return Store(None if options.no_cache else folder, program_version())


def _own(options: Places, name: str, ours: Path) -> tuple[Path, ...]:
    """The site's own folder of templates or static files: named, or beside its content."""
    named: Path | None = getattr(options, name, None)
    if named is not None:
        if not named.is_dir():
            raise WrongUsage(f"there is no folder {named}")
        return (named,)
    beside: Path = options.site / name
    return (beside,) if beside.is_dir() and beside.resolve() != ours.resolve() else ()


def output_of(options: BuildOptions | ServeOptions, folders: Folders) -> Output:
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
    from newsstand.text.links import site_url, web_link

    problem = base_url_problem(given)
    if problem:
        raise WrongUsage(f"--base-url: {problem.message}; {problem.hint}")
    return site_url(web_link(given))
