"""The program on one screen: read, relate, rank, plan, render, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from msgspec import structs

from newsstand import addresses
from newsstand.assets import Asset, Assets, find_assets
from newsstand.config import Config, read_config
from newsstand.feeds import manifest
from newsstand.files import decode
from newsstand.gathering import address_key
from newsstand.heads import dead_site_links, site_view
from newsstand.inner_links import dead_page_links
from newsstand.model import Content, HeldBack, Page, PlainPage
from newsstand.output import MARKER, Output
from newsstand.own_filters import filters_beside
from newsstand.own_templates import lost_blocks
from newsstand.places import place_findings
from newsstand.plan import plan
from newsstand.problems import Problem, at_line, sort_problems
from newsstand.reading import MEDIA, read_content
from newsstand.relate import relate
from newsstand.render import BUILT_IN_FILTERS, Renderer
from newsstand.site import Site, assemble

NOTHING: Mapping[str, bytes] = MappingProxyType({})
T = TypeVar("T")
Progress = Callable[[Iterable[T], str, int | None], Iterable[T]]
"""Hands on what it is given, and may show how far it is: entries, what is done, how many."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything is. Of templates and static files, later folders override earlier ones."""

    content: Path
    config: Path | None
    templates: tuple[Path, ...]
    static: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The read, relate and rank steps done: a site, its settings and their problems."""

    site: Site
    config: Config
    assets: Assets
    held_back: tuple[HeldBack, ...]
    left_out: int  # records that are too wrong to be published
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `published` is False where ``--strict`` kept the site back."""

    records: int
    left_out: int
    articles: int
    stories: int
    promoted: int
    pages: int
    held_back: tuple[HeldBack, ...]
    problems: tuple[Problem, ...]
    published: bool


def load(folders: Folders, base_url: str, now: datetime, progress: Progress[str]) -> Loaded:
    """Read the content, find its stories, rank them. `base_url` overrides the settings' url."""
    config, settings_text, wrong_settings = _settings(folders.config, base_url)
    assets = find_assets(folders.static)
    read = read_content(
        folders.content,
        tuple(assets.addresses),
        now,
        lambda paths: progress(paths, "Reading", None),
    )
    content, wrong_pages = _without_reserved_pages(read.content)
    related = relate(content, config, read.whole)
    site = assemble(content, related, config, assets.addresses, read.whole)
    problems = (
        *wrong_settings,
        *read.problems,
        *wrong_pages,
        *related.problems,
        *dead_page_links(site, folders.content),
        *lost_blocks(folders.templates),
        *place_findings(dead_site_links(site), _settings_name(folders), settings_text, 1),
    )
    return Loaded(
        site, config, assets, content.held_back, content.left_out, sort_problems(problems)
    )


def build(
    loaded: Loaded,
    folders: Folders,
    output: Output,
    strict: bool,
    progress: Progress[Page],
    beside: Mapping[str, bytes] = NOTHING,
) -> Report:
    """Render and write a loaded site. Raises BrokenTemplate and OSError; the old site stays.

    `beside` are further files by their path in the site.
    """
    site = loaded.site
    if strict and any(p.is_error for p in loaded.problems):
        return _report(loaded, 0, (), published=False)
    renderer = renderer_of(loaded, folders)
    output.recover()
    output.begin()
    try:
        taken: set[str] = {address_key(MARKER)}
        for page in progress(plan(site), "Writing", None):
            path = addresses.file_of(page.address)
            output.write(path, renderer.render(page).encode())
            taken.add(address_key(path))
        pages = len(taken) - 1
        taken.add(address_key(addresses.MANIFEST))
        output.write(addresses.MANIFEST, manifest(site, dict(loaded.assets.addresses)).encode())
        for path, data in beside.items():
            taken.add(address_key(path))
            output.write(path, data)
        clashes = _copy_files(loaded, folders, output, taken)
        published = not (strict and clashes)
        if published:
            output.publish()
        else:
            output.abandon()
    except BaseException:
        output.abandon()
        raise
    return _report(loaded, pages, clashes, published)


def renderer_of(loaded: Loaded, folders: Folders) -> Renderer:
    """What makes a loaded site's pages. Raises BrokenTemplate where its filters cannot be run."""
    return Renderer(
        tuple(reversed(folders.templates)),
        site_view(loaded.site, dict(loaded.assets.addresses)),
        filters_beside(folders.config, BUILT_IN_FILTERS),
    )


def _copy_files(
    loaded: Loaded, folders: Folders, output: Output, taken: set[str]
) -> tuple[Problem, ...]:
    """Static files, and pictures of the content; never in the place of a page."""
    kept, clashes = without_clashes(loaded.assets.files, taken)
    for asset in kept:
        output.copy(asset.source, asset.path)
    for path in loaded.site.pictures:
        output.copy(folders.content / path, f"{MEDIA}/{path}")
    return clashes


def without_clashes(
    files: Iterable[Asset], taken: set[str]
) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """Static files that may be copied, and a problem for each that stands where a page is.

    `taken` are the keys (see `address_key`) of the files that pages are written to.
    """
    kept, clashes = [], []
    folders_taken = {address_key(above) for path in taken for above in _folders_above(path)}
    for asset in files:
        key = address_key(asset.path)
        above = {address_key(folder) for folder in _folders_above(asset.path)}
        if key in taken or key in folders_taken or above & taken:
            clashes.append(
                at_line(
                    f"static/{asset.path}",
                    1,
                    "address-twice",
                    "this file stands where a page is written",
                    "rename it; the page was kept",
                )
            )
        else:
            kept.append(asset)
    return tuple(kept), tuple(clashes)


def _folders_above(path: str) -> Iterator[str]:
    """``a/b/c`` -> ``a/b`` and ``a``."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _report(loaded: Loaded, pages: int, clashes: tuple[Problem, ...], published: bool) -> Report:
    site = loaded.site
    return Report(
        records=len(site.articles) + len(loaded.held_back) + loaded.left_out,
        left_out=loaded.left_out,
        articles=len(site.articles),
        stories=len(site.stories),
        promoted=sum(a.promoted for a in site.articles),
        pages=pages,
        held_back=loaded.held_back,
        problems=sort_problems((*loaded.problems, *clashes)),
        published=published,
    )


RESERVED = frozenset({"news", "topics", "outlets", "archive", "page", MEDIA})


def _without_reserved_pages(content: Content) -> tuple[Content, tuple[Problem, ...]]:
    """Plain pages may not stand where the site's own pages do, nor two at one address."""
    kept: list[PlainPage] = []
    problems: list[Problem] = []
    taken = set(RESERVED)
    for page in content.pages:
        if page.slug in taken:
            problems.append(
                at_line(
                    page.path,
                    1,
                    "address-twice",
                    f"the address /{page.slug}/ is taken by {_holder(page.slug, kept)}",
                    "rename the file",
                )
            )
        else:
            taken.add(page.slug)
            kept.append(page)
    return structs.replace(content, pages=tuple(kept)), tuple(problems)


def _holder(slug: str, pages: Iterable[PlainPage]) -> str:
    return next((p.path for p in pages if p.slug == slug), "pages that every site has")


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
