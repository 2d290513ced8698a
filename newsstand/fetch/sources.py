"""Which feeds there are: those of outlets' files, and those of an OPML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from newsstand.content.draft import find_outlet
from newsstand.content.front_matter.broken import Broken
from newsstand.content.front_matter.fields import Fields
from newsstand.content.front_matter.split import read_mapping, read_record
from newsstand.content.kinds.cached_picture import is_stored
from newsstand.content.kinds.feed import FeedEntry, read_feeds
from newsstand.content.kinds.outlet import read_provider
from newsstand.fetch.opml import Outline
from newsstand.model import Provider
from newsstand.text.links import host_of, piece_key


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that is fetched: where it is named, and the outlet whose items it has.

    `outlet` is None where only the feed itself can tell; `named_in` is a path, for what is said.
    """

    feed: FeedEntry
    outlet: Provider | None
    named_in: str

    @property
    def name(self) -> str:
        """What it is called in a table."""
        return self.outlet.name if self.outlet else host_of(self.feed.link) or self.feed.link


def sources_of_outlets(files: Mapping[str, str]) -> tuple[list[Source], list[Provider]]:
    """Texts of outlets' files by path -> their feeds, and all outlets."""
    sources, outlets = [], []
    for path, text in sorted(files.items()):
        outlet, _ = read_provider(text, path, lambda at: "" if is_stored(at) else at)
        if outlet:
            outlets.append(outlet)
            sources += [Source(feed, outlet, path) for feed in _feeds(text, path)]
    return sources, outlets


def _feeds(text: str, path: str) -> tuple[FeedEntry, ...]:
    with suppress(Broken):
        is_plain = path.endswith((".yaml", ".yml")) and not text.lstrip().startswith("---")
        front = read_mapping(text)[0] if is_plain else (read_record(text)[0].front or {})
        return read_feeds(Fields(front, (), []))
    return ()


def sources_of_outlines(
    outlines: Iterable[Outline], outlets: Iterable[Provider], named_in: str
) -> list[Source]:
    """What an OPML file names: folders are topics, an outlet is known by its page's host."""
    all_outlets = list(outlets)
    sources = []
    for outline in outlines:
        host = host_of(outline.page) or host_of(outline.feed)
        outlet = find_outlet("", host, all_outlets)
        if outlet and outlet not in all_outlets:
            outlet = Provider(outlet.domain, outline.title or outlet.name) if outline.page else None
        feed = FeedEntry(outline.feed, topics=outline.folders, language=outline.language)
        sources.append(Source(feed, outlet, named_in))
    return sources


def one_each(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Each feed once: the first that names it counts."""
    by_link: dict[str, Source] = {}
    for source in sources:
        by_link.setdefault(piece_key(source.feed.link), source)
    return tuple(by_link.values())


def chosen(sources: Iterable[Source], wanted: Iterable[str]) -> tuple[Source, ...]:
    """The sources of these outlets (by domain, name or feed's address); all where none is named."""
    words = [word.strip().casefold().removeprefix("www.") for word in wanted]
    if not words:
        return tuple(sources)
    return tuple(s for s in sources if any(word in _names(s) for word in words))


def _names(source: Source) -> set[str]:
    outlet = source.outlet
    own = {outlet.domain, outlet.name, *outlet.other_names} if outlet else set()
    names = {*own, source.feed.link, host_of(source.feed.link)}
    return {name.casefold() for name in names if name}
