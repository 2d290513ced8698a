"""The front page: a lead, the second rank, busy topics, and the river over its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from newsstand.content.topic_tree import ancestry
from newsstand.model import Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import card, pager, story_days, story_row
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import FrontView, TopicBlock
from newsstand.site import Ranked, Site
from newsstand.text.lists import slices

_ENOUGH = 20  # with fewer stories than this, blocks by topic would only scatter them
_ROWS = 2
_BEST = 100  # stories that decide which topics are busy
NOTHING = "No report has been published yet."


class Block(Struct, frozen=True):
    """A busy topic: its best story as a card, two more as lines."""

    topic: str
    card: Ranked
    rows: tuple[Story, ...]


class FrontInputs(Struct, frozen=True):
    """One page of the river; the first has the best stories and the busy topics above it.

    `above` says whether the story before the first of these is promoted, if there is one. `newest`
    is the time of the newest record, of which only the day may be known. `is_empty` says that there
    is no story at all.
    """

    number: int
    total: int
    stories: tuple[Story, ...]
    above: bool | None
    newest: datetime | None
    newest_is_day: bool
    is_empty: bool
    top: tuple[Ranked, ...] = ()
    blocks: tuple[Block, ...] = ()


def front_pages(site: Site) -> Iterator[Page]:
    """The front page and the pages of its river. A story stands once on the front page."""
    top = site.stories[: 1 + site.config.second_rank]
    blocks = tuple(_blocks(site, {s.id for s in top}))
    shown = {s.id for s in top}.union(*[_ids(block) for block in blocks])
    river = [s for s in site.river if s.id not in shown]
    above: bool | None = None
    for number, total, part in slices(river, site.config.page_size):
        stories = tuple(part)
        is_day = bool(site.articles) and site.articles[0].piece.is_day
        empty = not site.stories
        inputs = FrontInputs(number, total, stories, above, site.newest, is_day, empty)
        if number == 1:
            ranked = tuple(map(site.ranked, top))
            inputs = replace(inputs, top=ranked, blocks=blocks)
        yield Page(urls.numbered(urls.FRONT, number), "front.html", _view, inputs)
        above = stories[-1].promoted if stories else None


def _ids(block: Block) -> set[str]:
    return {block.card.story.id, *[story.id for story in block.rows]}


def _view(context: ViewContext, inputs: FrontInputs) -> FrontView:
    number, config = inputs.number, context.config
    address = urls.numbered(urls.FRONT, number)
    title = config.title if number == 1 else f"Page {number}"
    listed = (*[ranked.story for ranked in inputs.top], *inputs.stories)
    top = [card(context, ranked) for ranked in inputs.top]
    return FrontView(
        head=head(
            context,
            address,
            title,
            config.description,
            section="front",
            json_ld=collection(context, title, address, (s.lead.piece for s in listed)),
            neighbours=urls.neighbours(urls.FRONT, number, inputs.total),
        ),
        number=number,
        lead=top[0] if top else None,
        second=tuple(top[1:]),
        blocks=tuple(_block(context, block) for block in inputs.blocks),
        days=story_days(context, inputs.stories, inputs.above),
        pager=pager(urls.FRONT, number, inputs.total),
        newest=formatting.when(context, inputs.newest, inputs.newest_is_day)
        if inputs.newest
        else None,
        empty=NOTHING if inputs.is_empty else "",
    )


def _blocks(site: Site, taken_above: set[str]) -> Iterator[Block]:
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
            yield Block(topic, site.ranked(stories[0]), stories[1:])


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


def _block(context: ViewContext, block: Block) -> TopicBlock:
    return TopicBlock(
        name=context.topics[block.topic].name,
        address=urls.topic(block.topic),
        card=card(context, block.card),
        rows=tuple(story_row(context, s) for s in block.rows),
    )
