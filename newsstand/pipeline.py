"""The program on one screen: read, relate, rank, plan, render, write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from newsstand.build.cache import NOTHING, Memory
from newsstand.build.dependencies import dependencies_of
from newsstand.build.incremental import Before, PageWriter, Tell
from newsstand.build.make_report import report_of
from newsstand.build.output import MARKER, Output
from newsstand.build.report import Report
from newsstand.build.site_files import put_files
from newsstand.content import content_reader
from newsstand.content.content_reader import Read, nothing_there, read_content, tidied
from newsstand.content.lock_file import lock_at
from newsstand.content.settings_file import read_settings
from newsstand.content.site_inputs import Folders
from newsstand.fetch.feed_state import feed_notes
from newsstand.model import Page
from newsstand.outputs.conflicts import without_reserved_pages
from newsstand.outputs.feeds.atom import lasting_ids
from newsstand.outputs.html.context import context_of
from newsstand.outputs.html.frame import dead_site_links, site_view
from newsstand.outputs.internal_links import dead_page_links, dead_record_links
from newsstand.outputs.missing_settings import what_is_missing
from newsstand.outputs.plan import plan
from newsstand.outputs.static_files import Assets, find_assets
from newsstand.problems import Problem, once_with_count, sort_problems
from newsstand.render.filters import filters_beside
from newsstand.render.overridden_blocks import lost_blocks
from newsstand.render.templates import BUILT_IN_FILTERS, Renderer
from newsstand.site import Site, assemble
from newsstand.stories.relate import relate
from newsstand.stories.story_ids import lock_text, read_lock

STRICT = "--strict allows no errors"
NO_FILES: Mapping[str, bytes] = MappingProxyType({})
T = TypeVar("T")
Progress = Callable[[Iterable[T], str, int | None], Iterable[T]]
"""Hands on what it is given, and may show how far it is: entries, what is done, how many."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Read, related, ranked: a site and what is wrong with it.

    `read` is what the files say; `stories` makes what relating wants to remember, `lock` is the
    text of the file that remembers the ids of stories. Of settings that are not usable nothing may
    be published.
    """

    site: Site
    assets: Assets
    read: Read
    stories: Callable[[], bytes]
    lock: str
    problems: tuple[Problem, ...]
    is_usable: bool = True


def load(
    folders: Folders,
    base_url: str,
    now: datetime,
    progress: Progress[str],
    shown: Collection[str] = (),
    before: content_reader.Before = content_reader.Before(),  # noqa: B008  (frozen)
    stories: bytes = b"",
) -> Loaded:
    """Read the content, find its stories, rank them. `base_url` overrides the settings' url.

    `shown` are reasons to hold a record back (`DRAFT`, `DATED_AHEAD`) that a preview passes over.
    `before` and `stories` are what the last build remembers; they only save time.
    """
    settings = read_settings(folders.config, base_url)
    assets = find_assets(folders.static)
    static = tuple(assets.addresses)
    read = read_content(
        folders.content,
        static,
        now,
        lambda p: progress(p, "Reading", None),
        shown,
        before,
        settings.config,
    )
    content, wrong_pages = without_reserved_pages(read.content)
    given_out = read_lock(lock_at(folders.content))
    related = relate(content, settings.config, read.bodies, read.links(), stories, given_out)
    notes = feed_notes(folders.content.parent)
    site = assemble(content, related, settings.config, assets.addresses, notes)
    problems = (
        *settings.problems,
        *nothing_there(read, folders.content),
        *read.problems,
        *wrong_pages,
        *related.problems,
        *dead_page_links(site, folders.content),
        *dead_record_links(site, folders.content),
        *lost_blocks(folders.templates),
        *settings.placed(dead_site_links(site)),
        *what_is_missing(site, settings.name),
    )
    all_problems = sort_problems(once_with_count(problems))
    lock = lock_text(lasting_ids(site))
    return Loaded(site, assets, read, related.memory, lock, all_problems, settings.is_usable)


def _why_not(loaded: Loaded, strict: bool) -> str:
    """Why a site may not be published; "" where it may."""
    if not loaded.is_usable:
        return "the settings cannot be used, and with others it would be another site"
    return STRICT if strict and any(p.is_error for p in loaded.problems) else ""


def renderer_of(loaded: Loaded, folders: Folders) -> Renderer:
    """What makes a loaded site's pages. Raises BrokenTemplate where its filters cannot be run."""
    view = site_view(loaded.site, dict(loaded.assets.addresses))
    filters = filters_beside(folders.config, BUILT_IN_FILTERS)
    return Renderer(tuple(reversed(folders.templates)), view, context_of(loaded.site), filters)


def build(
    loaded: Loaded,
    folders: Folders,
    output: Output,
    strict: bool,
    progress: Progress[Page],
    beside: Mapping[str, bytes] = NO_FILES,
    memory: Memory = NOTHING,
    jobs: int = 1,
    *,
    compress: bool = False,
    tell: Tell = lambda _: None,
) -> tuple[Report, Memory]:
    """Render and write a loaded site. Raises BrokenTemplate and OSError; the old site stays.

    `beside` are further files by their path in the site; `compress` puts a packed copy beside each
    text file; `tell` gets what the old site holds that no build wrote, before it goes. Gives what
    was done, and what to remember of it.
    """
    why_not = _why_not(loaded, strict)
    if why_not:
        return report_of(loaded.site, loaded.read, loaded.problems, why_not=why_not), memory
    renderer = renderer_of(loaded, folders)
    depends = dependencies_of(loaded.site, renderer, folders.config)
    trusted = depends.still_true(memory.outlets)
    before = Before(memory.pages, memory.made_from, trusted, memory.site)
    own = frozenset(asset.path for asset in loaded.assets.files)
    writer = PageWriter(output, before, depends.made_from, compress, own)
    with output.renewing():
        pages = plan(loaded.site)
        wanted = writer.wanted(progress(pages, "Writing", None))
        writer.make(wanted, renderer, jobs)
        clashes = put_files(loaded.site, loaded.assets, folders.content, writer, beside)
        problems = sort_problems((*loaded.problems, *clashes))
        if strict and clashes:
            output.abandon()
            return report_of(loaded.site, loaded.read, problems, why_not=STRICT), memory
        problems = sort_problems((*problems, *writer.publish(tell)))
    now = Memory(
        files=tidied(loaded.read.files),
        stories=loaded.stories(),
        outlets=depends.outlets,
        made_from=depends.made_from,
        pages=writer.pages,
        site=output.stamp(MARKER),
    )
    written = tuple(writer.written)
    return report_of(loaded.site, loaded.read, problems, written, writer.addresses), now
