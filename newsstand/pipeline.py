"""The program on one screen: read, relate, rank, plan, render, write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from newsstand.build.dependencies import Sources, read_sources
from newsstand.build.families import by_family
from newsstand.build.incremental import ENOUGH, Before, Near, Press
from newsstand.build.output import MARKER, Output
from newsstand.build.recalling import last_build, weights_of
from newsstand.build.report import Report
from newsstand.build.state import Known, KnownFile, KnownFiles, KnownKin
from newsstand.build.untouched import untouched
from newsstand.content.collect import tidied
from newsstand.content.files import decode
from newsstand.content.front_matter.positions import place_findings
from newsstand.content.input_files import ALONE, Folders, Work
from newsstand.content.kinds.picture import MEDIA
from newsstand.content.kinds.settings import Config, read_config
from newsstand.content.reader import Read, read_content
from newsstand.model import Content, HeldBack, Page
from newsstand.outputs import urls
from newsstand.outputs.conflicts import without_clashes, without_reserved_pages
from newsstand.outputs.feeds.atom import manifest
from newsstand.outputs.html.article import why_other
from newsstand.outputs.html.head import dead_site_links, site_view
from newsstand.outputs.internal_links import dead_page_links
from newsstand.outputs.plan import plan
from newsstand.outputs.static_files import Assets, find_assets
from newsstand.problems import Problem, Severity, quoted, sort_problems
from newsstand.render.filters import filters_beside
from newsstand.render.overridden_blocks import lost_blocks
from newsstand.render.templates import BUILT_IN_FILTERS, Renderer
from newsstand.site import Site, assemble
from newsstand.stories.columns import as_bytes
from newsstand.stories.relate import known_story, relate

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
    last = last_build(work.known, read, config)
    links = {} if last and not last.relinked else _links(content, read)
    related = relate(content, config, read.whole, links, last)
    site = assemble(content, related, config, assets.addresses, read.whole, last)
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
    near = Near(site.near, site.shown.row, site.touched, site.fresh.rows if site.fresh else None)
    own = frozenset(asset.path for asset in loaded.assets.files)
    why = partial(why_other, site)
    press = Press(output, before, sources.marks, loaded.changed, compress, near, why, own)
    output.recover()
    output.begin()
    try:
        stay = untouched(site, press)
        press.keep(stay.pages)
        wanted = press.wanted(progress(plan(site, stay.wanted), "Writing", None))
        if work.jobs > 1 and len(wanted) >= ENOUGH:
            wanted = by_family(wanted, lambda page: page[0].source, site.kin)
        press.make(wanted, renderer, work.jobs)
        clashes = _put_files(loaded, folders, press, beside)
        if strict and clashes:
            output.abandon()
            return _report(loaded, known, None, clashes)
        press.publish()
    except BaseException:
        output.abandon()
        raise
    return _report(loaded, _remembered(known, loaded, sources, press), press, clashes)


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
    for path, data in {urls.MANIFEST: manifest(site, assets).encode(), **beside}.items():
        press.put(path, data)
    media = {f"{MEDIA}/{path}": folders.content / path for path in site.pictures}
    kept, clashes = without_clashes(loaded.assets.files, (MARKER, *press.pages, *media))
    for asset in kept:
        press.copy(asset.path, asset.source)
    for path, source in media.items():
        press.copy(path, source)
    return clashes


def _remembered(known: Known, loaded: Loaded, sources: Sources, press: Press) -> Known:
    site, then = loaded.site, {story.id: story for story in known.stories}
    card = site.shown.card
    return Known(
        files=tidied(loaded.files, len(known.files.outlets)),
        stories=tuple([known_story(s, card[s.id], then.get(s.id)) for s in site.stories]),
        rows=site.rows,
        kin=KnownKin(as_bytes(site.kin.ends), as_bytes(site.kin.named)),
        stories_made_from=weights_of(loaded.config),
        groups=loaded.groups(),
        outlets=sources.outlets,
        templates=sources.templates,
        made_from=sources.marks,
        pages=press.pages,
        site=press.output.stamp(MARKER),
    )


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
        written=tuple(sorted(press.written, key=lambda w: w.path)) if press else (),
        held_back=loaded.held_back,
        problems=sort_problems((*loaded.problems, *clashes)),
        published=press is not None,
        known=known,
    )


def holds_between(loaded: Loaded) -> tuple[datetime | None, datetime | None]:
    """The times between which the same records are published; None where there is no end."""
    files = [loaded.files.files[held.path] for held in loaded.held_back]
    due = min([file.held_ahead for file in files if file.held_ahead], default=None)
    return loaded.files.newest, due


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
