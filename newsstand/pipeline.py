"""The program on one screen: read, relate, rank, plan, render, write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from msgspec import structs

from newsstand import addresses
from newsstand.assets import Assets, find_assets
from newsstand.clashes import without_clashes, without_reserved_pages
from newsstand.config import Config, read_config
from newsstand.families import by_family
from newsstand.feeds import manifest
from newsstand.files import decode
from newsstand.folders import ALONE, Folders, Work
from newsstand.gathering import tidied
from newsstand.heads import dead_site_links, site_view
from newsstand.inner_links import dead_page_links
from newsstand.kinship import Paths
from newsstand.marks import mark_of
from newsstand.memory import Known, KnownFile, KnownFiles
from newsstand.model import Content, HeldBack, Page
from newsstand.output import MARKER, Output
from newsstand.own_filters import filters_beside
from newsstand.own_templates import lost_blocks
from newsstand.pictures import MEDIA
from newsstand.places import place_findings
from newsstand.plan import plan
from newsstand.press import Before, Near, Press
from newsstand.problems import Problem, Severity, quoted, sort_problems
from newsstand.reading import Read, read_content
from newsstand.relate import LastBuild, known_story, relate
from newsstand.remembered import GroupMemory
from newsstand.render import BUILT_IN_FILTERS, Renderer
from newsstand.reports import Report
from newsstand.site import Site, assemble
from newsstand.sources import Sources, read_sources

NOTHING: Mapping[str, bytes] = MappingProxyType({})
T = TypeVar("T")
Progress = Callable[[Iterable[T], str, int | None], Iterable[T]]
"""Hands on what it is given, and may show how far it is: entries, what is done, how many."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The read, relate and rank steps done: a site, its settings and their problems.

    `files` is what is to be remembered of the content and `groups` makes what is of grouping;
    `changed` are the paths of the files that are not what they were in the last build.
    """

    site: Site
    config: Config
    assets: Assets
    held_back: tuple[HeldBack, ...]
    left_out: int  # records that are too wrong to be published
    problems: tuple[Problem, ...]
    files: KnownFiles
    changed: frozenset[str]
    groups: Callable[[], bytes]


def load(
    folders: Folders,
    base_url: str,
    now: datetime,
    progress: Progress[str],
    shown: Collection[str] = (),
    work: Work = ALONE,
) -> Loaded:
    """Read the content, find its stories, rank them. `base_url` overrides the settings' url.

    `shown` are reasons to hold a record back (`DRAFT`, `DATED_AHEAD`) that a preview passes over.
    """
    config, settings_text, wrong_settings = _settings(folders.config, base_url)
    assets = find_assets(folders.static)
    static = tuple(assets.addresses)

    def reading(paths: Iterable[str]) -> Iterable[str]:
        return progress(paths, "Reading", None)

    read = read_content(folders.content, static, now, reading, shown, work)
    content, wrong_pages = without_reserved_pages(read.content)
    last = _last(work.known, read, config)
    related = relate(content, config, read.whole, _links(content, read), last)
    site = assemble(content, related, config, assets.addresses, read.whole)
    problems = (
        *wrong_settings,
        *_nothing_there(read, folders.content),
        *read.problems,
        *wrong_pages,
        *related.problems,
        *dead_page_links(site, folders.content),
        *lost_blocks(folders.templates),
        *place_findings(dead_site_links(site), _settings_name(folders), settings_text, 1),
    )
    return Loaded(
        site,
        config,
        assets,
        content.held_back,
        content.left_out,
        sort_problems(problems),
        read.files,
        read.changed,
        related.groups,
    )


def build(
    loaded: Loaded,
    folders: Folders,
    output: Output,
    strict: bool,
    progress: Progress[Page],
    beside: Mapping[str, bytes] = NOTHING,
    work: Work = ALONE,
    *,
    compress: bool = False,
) -> Report:
    """Render and write a loaded site. Raises BrokenTemplate and OSError; the old site stays.

    `beside` are further files by their path in the site; `compress` puts a packed copy beside each
    text file.
    """
    known = work.known
    if strict and any(p.is_error for p in loaded.problems):
        return _report(loaded, known, None, ())
    renderer = renderer_of(loaded, folders)
    sources = read_sources(loaded.site, renderer, folders.config, known)
    site, still_true = loaded.site, sources.still_true(known.outlets)
    before = Before(known.pages, known.made_from, still_true, known.site)
    near = Near(site.near, site.shown.row, site.touched)
    own = frozenset(asset.path for asset in loaded.assets.files)
    press = Press(output, before, sources.marks, loaded.changed, compress, near, own)
    output.recover()
    output.begin()
    try:
        wanted = press.wanted(progress(plan(site), "Writing", None))
        press.make(by_family(wanted, lambda page: page[0].source, site.kin), renderer, work.jobs)
        clashes = _put_files(loaded, folders, press, beside)
        if strict and clashes:
            output.abandon()
            return _report(loaded, known, None, clashes)
        press.publish()
    except BaseException:
        output.abandon()
        raise
    return _report(loaded, _remembered(loaded, sources, press), press, clashes)


def _nothing_there(read: Read, folder: Path) -> tuple[Problem, ...]:
    """A warning where the content folder has no file that is read."""
    if read.files.files or read.problems:
        return ()
    said = f"there is no record in the folder {quoted(folder.name)}"
    hint = "put records into it, see docs/content.md; `new` writes one"
    return (Problem(".", 1, 1, Severity.WARNING, "content-empty", said, hint),)


def _links(content: Content, read: Read) -> dict[str, KnownFile]:
    files = read.files.files
    return {a.path: files[a.path] for a in content.articles}


def _last(known: Known, read: Read, config: Config) -> LastBuild | None:
    """What the last build knew of stories; nothing where they were made by other weights."""
    if known.stories_made_from != _weights(config):
        return None
    names = {path: file.names for path, file in known.files.files.items() if file.names}
    # A record may come and go with another one that has its address: its own file is what it was.
    before = {path for story in known.stories for path in story.articles}
    came_or_went = before.symmetric_difference([a.path for a in read.content.articles])
    changed = read.changed | came_or_went
    return LastBuild(changed, names, known.stories, _groups(known.groups))


def _groups(encoded: bytes) -> GroupMemory | None:
    """What grouping knew; nothing where that was made on another machine or by another version."""
    try:
        return GroupMemory.decode(encoded)
    except ValueError:
        return None


def _weights(config: Config) -> bytes:
    return mark_of(config.ranking, config.stories)


def renderer_of(loaded: Loaded, folders: Folders) -> Renderer:
    """What makes a loaded site's pages. Raises BrokenTemplate where its filters cannot be run."""
    return Renderer(
        tuple(reversed(folders.templates)),
        site_view(loaded.site, dict(loaded.assets.addresses)),
        filters_beside(folders.config, BUILT_IN_FILTERS),
    )


def _put_files(
    loaded: Loaded, folders: Folders, press: Press, beside: Mapping[str, bytes]
) -> tuple[Problem, ...]:
    """Files that are no pages: the marker's place is taken, static files never take a page's."""
    site = loaded.site
    assets = dict(loaded.assets.addresses)
    for path, data in {addresses.MANIFEST: manifest(site, assets).encode(), **beside}.items():
        press.put(path, data)
    media = {f"{MEDIA}/{path}": folders.content / path for path in site.pictures}
    kept, clashes = without_clashes(loaded.assets.files, (MARKER, *press.pages, *media))
    for asset in kept:
        press.copy(asset.path, asset.source)
    for path, source in media.items():
        press.copy(path, source)
    return clashes


def _remembered(loaded: Loaded, sources: Sources, press: Press) -> Known:
    return Known(
        files=_with_names(loaded.files, loaded.site.kin.names),
        stories=tuple(map(known_story, loaded.site.stories)),
        stories_made_from=_weights(loaded.config),
        groups=loaded.groups(),
        outlets=sources.outlets,
        templates=sources.templates,
        made_from=sources.marks,
        pages=press.pages,
        site=press.output.stamp(MARKER),
    )


def _with_names(read: KnownFiles, names: Mapping[str, Paths]) -> KnownFiles:
    """Files with what their records name, which shows only when all are read."""
    files = {
        path: file if file.names == (n := names.get(path, ())) else structs.replace(file, names=n)
        for path, file in read.files.items()
    }
    return tidied(structs.replace(read, files=files))


def _report(
    loaded: Loaded, known: Known, press: Press | None, clashes: tuple[Problem, ...]
) -> Report:
    """What was done; without a press nothing was published."""
    site = loaded.site
    return Report(
        records=len(site.articles) + len(loaded.held_back) + loaded.left_out,
        left_out=loaded.left_out,
        articles=len(site.articles),
        stories=len(site.stories),
        promoted=sum(a.promoted for a in site.articles),
        pages=press.addresses if press else 0,
        written=tuple(press.written) if press else (),
        held_back=loaded.held_back,
        problems=sort_problems((*loaded.problems, *clashes)),
        published=press is not None,
        known=known,
    )


def holds_between(loaded: Loaded) -> tuple[datetime | None, datetime | None]:
    """The times between which the same records are published; None where there is no end."""
    files = loaded.files.files.values()
    ahead = [file.held_ahead for file in files if file.held_ahead]
    read = [f.article.published for f in files if f.article and f.article.published]
    return max(read, default=None), min(ahead, default=None)


def _settings_name(folders: Folders) -> str:
    return folders.config.name if folders.config else "site.yml"


def _settings(path: Path | None, base_url: str) -> tuple[Config, str, tuple[Problem, ...]]:
    """The settings, the text they came from, and what is wrong with it."""
    config, text, problems = Config(), "", tuple[Problem, ...]()
    if path is not None and path.read_bytes().strip():
        text, unreadable = decode(path.read_bytes(), path.name)
        if unreadable:
            problems = (unreadable,)
        else:
            config, problems = read_config(text, path.name)
    return replace(config, url=base_url) if base_url else config, text, problems
