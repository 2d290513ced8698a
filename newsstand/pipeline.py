"""The program on one screen: read, relate, rank, plan, render, write."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar

from newsstand.build.cache import NOTHING, Memory
from newsstand.build.dependencies import dependencies_of
from newsstand.build.incremental import Before, PageWriter, Tell
from newsstand.build.loaded_site import STRICT, Loaded, WriteOptions
from newsstand.build.make_report import report_of
from newsstand.build.output import MARKER, Output
from newsstand.build.report import Report
from newsstand.build.site_files import put_files
from newsstand.build.site_problems import problems_of
from newsstand.content import content_reader
from newsstand.content.content_reader import read_content, tidied
from newsstand.content.lock_file import lock_at
from newsstand.content.settings_file import read_settings
from newsstand.content.site_inputs import Folders
from newsstand.fetch.feed_state import feed_notes
from newsstand.model import Page
from newsstand.outputs.conflicts import without_reserved_pages
from newsstand.outputs.html.context import context_of
from newsstand.outputs.html.frame import site_view
from newsstand.outputs.plan import plan
from newsstand.outputs.published_ids import published_ids
from newsstand.outputs.static_files import find_assets
from newsstand.problems import sort_problems
from newsstand.render.filters import filters_beside
from newsstand.render.templates import BUILT_IN_FILTERS, Renderer
from newsstand.site import assemble
from newsstand.stories.relate import relate
from newsstand.stories.story_ids import lock_text, read_lock

T = TypeVar("T")
Progress = Callable[[Iterable[T], str, int | None], Iterable[T]]
"""Hands on what it is given, and may show how far it is: entries, what is done, how many."""


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
    config, assets = settings.config, find_assets(folders.static)
    static, counted = tuple(assets.addresses), lambda paths: progress(paths, "Reading", None)
    read = read_content(folders.content, static, now, counted, shown, before, config)
    content, wrong_pages = without_reserved_pages(read.content)
    given_out = read_lock(lock_at(folders.content))
    related = relate(content, config, read.bodies, read.links(), stories, given_out)
    site = assemble(content, related, config, static, feed_notes(folders.content.parent))
    problems = problems_of(settings, read, wrong_pages, related, site, folders)
    lock = lock_text(published_ids(site, read.left_out()))
    return Loaded(site, assets, read, related.memory, lock, problems, settings.is_usable)


def renderer_of(loaded: Loaded, folders: Folders) -> Renderer:
    """What makes a loaded site's pages. Raises BrokenTemplate where its filters cannot be run."""
    view = site_view(loaded.site, dict(loaded.assets.addresses))
    filters = filters_beside(folders.config, BUILT_IN_FILTERS)
    return Renderer(tuple(reversed(folders.templates)), view, context_of(loaded.site), filters)


def build(
    loaded: Loaded,
    folders: Folders,
    output: Output,
    options: WriteOptions,
    progress: Progress[Page],
    memory: Memory = NOTHING,
    tell: Tell = lambda _: None,
) -> tuple[Report, Memory]:
    """Render and write a loaded site. Raises BrokenTemplate and OSError; the old site stays.

    `memory` is what the last build remembers; it only saves time. `tell` gets what the old site
    holds that no build wrote, before it goes. Gives what was done, and what to remember of it.
    """
    site, problems = loaded.site, loaded.problems
    if why_not := loaded.why_not_published(options.strict):
        return report_of(site, loaded.read, problems, why_not=why_not), memory
    renderer = renderer_of(loaded, folders)
    depends = dependencies_of(site, renderer, folders.config)
    trusted = depends.still_true(memory.outlets)
    before = Before(memory.pages, memory.made_from, trusted, memory.site)
    own = frozenset(asset.path for asset in loaded.assets.files)
    writer = PageWriter(output, before, depends.made_from, options.compress, own)
    with output.renewing():
        wanted = writer.wanted(progress(plan(site), "Writing", None))
        writer.make(wanted, renderer, options.jobs)
        clashes = put_files(site, loaded.assets, folders.content, writer, options.beside)
        problems = sort_problems((*problems, *clashes))
        if options.strict and clashes:
            output.abandon()
            return report_of(site, loaded.read, problems, why_not=STRICT), memory
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
    return report_of(site, loaded.read, problems, written, writer.addresses), now
