"""The Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from newsstand import __version__
from newsstand.content.kinds.settings import Config
from newsstand.model import Coverage, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.feeds.views import FeedEntry, FeedReport, FeedView
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import independent_count, size_of
from newsstand.outputs.html.context import CoveredStory, ViewContext
from newsstand.outputs.html.front import latest_stories
from newsstand.site import Site
from newsstand.text.date_names import iso
from newsstand.text.excerpts import with_end
from newsstand.text.links import host_of
from newsstand.text.strings import slug

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_SHARE = 3  # an outlet leads at most every third entry
_SINCE = 2025  # in this year the host of a site without another authority is said to be its own
_LISTED = 12  # other outlets in an entry
_NOT_OF_A_HOST = re.compile(r"[^a-z0-9.-]")


class FeedInputs(Struct, frozen=True):
    """The stories with the newest reports, those with a date."""

    stories: tuple[Story, ...]


def feed(site: Site) -> Page:
    """The feed of the whole site."""
    return Page(urls.FEED, "feed.xml", _feed_view, FeedInputs(feed_stories(site)))


def feed_stories(site: Site) -> tuple[Story, ...]:
    """The stories of the feed, in its order."""
    dated = [story for story in latest_stories(site) if story.newest]
    return mixed(dated, site.config.feed_size)


def mixed(stories: Sequence[Story], size: int) -> tuple[Story, ...]:
    """The first stories, at most a third of them led by one outlet.

    Where there are not that many outlets, each may have its part.
    """
    outlets = Counter(story.latest.outlet for story in stories)
    most = max(size // min(_SHARE, max(len(outlets), 1)), 1)
    taken: Counter[str] = Counter()
    chosen: list[Story] = []
    for story in stories:
        if len(chosen) == size:
            break
        if taken[story.latest.outlet] < most:
            taken[story.latest.outlet] += 1
            chosen.append(story)
    return tuple(chosen)


def _feed_view(context: ViewContext, inputs: FeedInputs) -> FeedView:
    config = context.config
    entries = tuple(_entry(context, context.before(story, None)) for story in inputs.stories)
    return FeedView(
        id=f"tag:{authority(config)}:{urls.FEED}",
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


def authority(config: Config) -> str:
    """Whose ids these are (RFC 4151): what the settings say, else the host of the site's url."""
    if config.feed_authority:
        return config.feed_authority
    host = host_of(config.url) or f"{slug(config.title)}.invalid"
    return f"{_NOT_OF_A_HOST.sub('-', host.lower())},{_SINCE}"


def _entry(context: ViewContext, covered: CoveredStory) -> FeedEntry:
    story, coverage = covered
    url, lead, page = context.config.url, story.lead, formatting.story_address(story)
    published = next((a.piece.stated for a in story.articles if a.piece.stated), _LONG_AGO)
    independent = independent_count(coverage)
    count = size_of(story)
    return FeedEntry(
        id=f"tag:{authority(context.config)}:{urls.story(story.id)}",
        title=story.title,
        href=lead.piece.link or f"{url}{page}",
        page=f"{url}{page}",
        updated=iso(_updated(covered)),
        published=iso(published),
        author=formatting.outlet_name(context, lead.outlet) if lead.outlet else "Outlet not named",
        summary=with_end(lead.piece.excerpt),
        topics=tuple(context.topic(t).name for t in context.topics_of(story)),
        language=lead.piece.language or context.config.language,
        count=f"{count}, {independent}" if count and independent else count,
        reports=_reports(context, covered),
    )


def _updated(covered: CoveredStory) -> datetime:
    """When there was something new: the first report, then the first of its own in a later hour.

    A reader of feeds shows an entry anew when this moves, so copies and a second report within
    the hour do not move it.
    """
    pieces = covered.coverage.pieces
    firsts = sorted(min(voice) for voice in covered.coverage.voices)
    moment = _newest_by_hour(p for p in (pieces[n].stated for n in firsts) if p)
    updates = [a.updated for a in covered.story.articles if a.updated]
    return max([moment, *updates])


def _newest_by_hour(moments: Iterable[datetime]) -> datetime:
    newest = _LONG_AGO
    for moment in sorted(moments):
        if moment.replace(minute=0, second=0, microsecond=0) > newest.replace(
            minute=0, second=0, microsecond=0
        ):
            newest = moment
    return newest


def _reports(context: ViewContext, covered: CoveredStory) -> tuple[FeedReport, ...]:
    """What other outlets say, the newest first, one report each."""
    newest: dict[str, Coverage] = {}
    for piece in reversed(covered.coverage.pieces):
        if piece.link and piece.outlet and piece.outlet != covered.story.lead.outlet:
            newest.setdefault(piece.outlet, piece)
    return tuple(
        [
            FeedReport(formatting.outlet_name(context, piece.outlet), piece.title, piece.link)
            for piece in list(newest.values())[:_LISTED]
        ]
    )
