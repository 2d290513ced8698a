"""The front page: a lead, the second rank, busy topics, and the river over its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from newsstand.content.topic_tree import ancestry
from newsstand.model import Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import card, pager, story_days, story_row
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import FrontView, TopicBlock
from newsstand.outputs.html.pagination import neighbours, slices
from newsstand.site import Site, newest_time
from newsstand.stories.shown import story_rows
from newsstand.text.fingerprint import mark_of

_ENOUGH = 20  # with fewer stories than this, blocks by topic would only scatter them
_ROWS = 2
_BEST = 100  # stories that decide which topics are busy
NOTHING = "No report has been published yet."


_Block = tuple[str, Sequence[Story]]
"""A topic's id and its stories: the first as a card, the others as lines."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One page of the river, and what stands above it."""

    number: int
    total: int
    stories: Sequence[Story]
    before: Story | None
    top: Sequence[Story]


def front_pages(site: Site) -> Iterator[Page]:
    """The front page and the pages of its river. A story stands once on the front page."""
    ranked = site.stories
    top = ranked[: 1 + site.config.second_rank]
    blocks = list(_blocks(site, {s.id for s in top}))
    above = {s.id for s in top} | {s.id for _, stories in blocks for s in stories}
    river = [s for s in site.river if s.id not in above]
    before: Story | None = None
    for number, total, stories in slices(river, site.config.page_size):
        part = _Part(number, total, stories, before, top if number == 1 else ())
        yield _page(site, part, blocks if number == 1 else ())
        before = stories[-1] if stories else None


def _page(site: Site, part: _Part, blocks: Sequence[_Block]) -> Page:
    shows = mark_of(
        "front",
        part.number,
        part.total,
        bool(site.stories),
        newest_time(site),
        part.before and part.before.promoted,
        site.shown.cards(part.top),
        story_rows(part.stories),
        [(topic, site.shown.cards(s[:1]), story_rows(s[1:])) for topic, s in blocks],
    )
    address = urls.numbered(urls.FRONT, part.number)
    return Page(address, "front.html", partial(_view, site, part, blocks), shows)


def _view(site: Site, part: _Part, blocks: Sequence[_Block]) -> FrontView:
    address = urls.numbered(urls.FRONT, part.number)
    title = site.config.title if part.number == 1 else f"Page {part.number}"
    listed = (*part.top, *part.stories)
    newest = newest_time(site)
    return FrontView(
        head=head(
            site,
            address,
            title,
            site.config.description,
            section="front",
            json_ld=collection(site, title, address, (s.lead.piece for s in listed)),
            neighbours=neighbours(urls.FRONT, part.number, part.total),
        ),
        number=part.number,
        lead=card(site, part.top[0]) if part.top else None,
        second=tuple(card(site, s) for s in part.top[1:]),
        blocks=tuple(_block(site, t, s) for t, s in blocks),
        days=story_days(site, part.stories, part.before),
        pager=pager(urls.FRONT, part.number, part.total),
        newest=formatting.when(site, newest) if newest else None,
        empty="" if site.stories else NOTHING,
    )


def _blocks(site: Site, taken_above: set[str]) -> Iterator[_Block]:
    """The topics with the most of the best stories, each with three not shown elsewhere."""
    if len(site.stories) < _ENOUGH:
        return
    taken = set(taken_above)
    blocks = 0
    for topic in _busiest(site):
        if blocks == site.config.topic_blocks:
            return
        mine = (s for s in site.stories if s.id not in taken and topic in _within(site, s))
        stories = tuple(islice(mine, 1 + _ROWS))
        if len(stories) > _ROWS:
            blocks += 1
            taken.update(s.id for s in stories)
            yield topic, stories


def _busiest(site: Site) -> list[str]:
    """Topics at the top of the tree (or right below the site's own), by their best stories."""
    tops = site.children.get(site.own_topic, ()) if site.own_topic else ()
    tops += site.children.get("", ())
    best = {s.id for s in site.stories[:_BEST]}
    counts = {
        t.id: sum(s.id in best for s in site.by_topic[t.id]) for t in tops if t.id != site.own_topic
    }
    return sorted((t for t in counts if counts[t]), key=lambda t: (-counts[t], t))


def _within(site: Site, story: Story) -> set[str]:
    """The topics of a story, and all above them."""
    found: set[str] = set()
    for topic in site.topics_of[story.id]:
        found.update(above.id for above in ancestry(site.topics, topic))
    return found


def _block(site: Site, topic: str, stories: Sequence[Story]) -> TopicBlock:
    return TopicBlock(
        name=site.topics[topic].name,
        address=urls.topic(topic),
        card=card(site, stories[0]),
        rows=tuple(story_row(site, s) for s in stories[1:]),
    )
