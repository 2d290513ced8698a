"""The Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

from msgspec import Struct

from newsstand import __version__
from newsstand.model import Page, Story
from newsstand.outputs import urls
from newsstand.outputs.feeds.views import FeedEntry, FeedView
from newsstand.outputs.html import formatting
from newsstand.outputs.html.context import ViewContext
from newsstand.site import Site
from newsstand.text.dates import iso

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class FeedInputs(Struct, frozen=True):
    """The newest stories of the river, those with a date."""

    stories: tuple[Story, ...]


def feed(site: Site) -> Page:
    """The feed of the whole site."""
    dated = (s for s in site.river if s.lead.published)
    stories = tuple(islice(dated, site.config.feed_size))
    return Page(urls.FEED, "feed.xml", _feed_view, FeedInputs(stories))


def _feed_view(context: ViewContext, inputs: FeedInputs) -> FeedView:
    config = context.config
    entries = tuple(_entry(context, story) for story in inputs.stories)
    return FeedView(
        id=config.url or f"urn:newsstand:{urls.path_address(config.title)}",
        title=config.title,
        subtitle=config.description,
        home=config.url or "./",
        self_href=f"{config.url}{urls.FEED}",
        updated=max((e.updated for e in entries), default=iso(_LONG_AGO)),
        author=config.author or config.title,
        language=config.language,
        generator=f"Newsstand {__version__}",
        entries=entries,
    )


def _entry(context: ViewContext, story: Story) -> FeedEntry:
    lead = story.lead
    page = urls.article(lead.slug)
    published = lead.piece.stated or _LONG_AGO
    url = context.config.url
    return FeedEntry(
        id=_entry_id(url, story),
        title=story.title,
        href=lead.piece.link or f"{url}{page}",
        page=f"{url}{page}",
        updated=iso(max(lead.updated or published, published)),
        published=iso(published),
        author=formatting.outlet_name(context, lead.outlet) if lead.outlet else "Outlet not named",
        summary=lead.piece.excerpt,
        topics=tuple(context.topics[t].name for t in context.topics_of(story)),
        language=lead.piece.language or context.config.language,
    )


def _entry_id(url: str, story: Story) -> str:
    """The address of the story's earliest record: it stays when another record leads."""
    earliest = urls.article(story.id)
    return f"{url}{earliest}" if url else f"urn:newsstand:{earliest}"
