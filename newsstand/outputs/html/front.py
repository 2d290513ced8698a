"""The front page: a lead, the second rank, busy topics, and all that is new by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date, datetime
from itertools import groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from newsstand.content.topic_tree import ancestry
from newsstand.model import Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import card, story_row
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.days import day_of_rows, story_days
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.views_of_pages import FrontView, TopicBlock
from newsstand.outputs.html.views_of_parts import Card, Day, Link, When
from newsstand.site import Ranked, Site, day_of
from newsstand.text.date_names import weekday_name
from newsstand.text.strings import cut_at_sentence

_ENOUGH = 20  # with fewer stories than this, blocks by topic would only scatter them
_ROWS = 2
_MORE_ROWS = 4  # where the card above them is short
_BEST = 100  # stories that decide which topics are busy
_SECOND_EXCERPT = 140  # characters: four lines of the column
_LONG = 3  # lists: a day that is longer than so many is cut, and its own page has the rest
NOTHING = "No report has been published yet."
ABOVE = "All of this day’s news stands above."


class Block(Struct, frozen=True):
    """A busy topic: its best story as a card, two more as lines, or four where that is short."""

    topic: str
    card: Ranked
    rows: tuple[Story, ...]


class FrontInputs(Struct, frozen=True):
    """The best stories, the busy topics, and the newest days.

    `stories` are those of Latest, the newest report first. `earlier` is the day before their last
    one, or their last where some of it is left out. `above` is the newest day where all of it
    stands above them. `newest` is the time of the newest record, of which only the day may be
    known.
    """

    top: tuple[Ranked, ...]
    blocks: tuple[Block, ...]
    stories: tuple[Story, ...]
    above: Day | None
    earlier: Link | None
    newest: datetime | None
    newest_is_day: bool


def front_page(site: Site) -> Page:
    """The front page."""
    top = site.stories[: 1 + site.config.second_rank]
    blocks = tuple(_blocks(site, {s.id for s in top}))
    shown = {s.id for s in top}.union(*[_ids(block) for block in blocks])
    stories, earlier = _latest(site, shown)
    ranked = tuple(map(site.ranked, top))
    is_day = bool(site.articles) and site.articles[0].piece.is_day
    above = _day_above(site, stories)
    inputs = FrontInputs(ranked, blocks, stories, above, earlier, site.newest, is_day)
    return Page(urls.FRONT, "front.html", _view, inputs)


def _ids(block: Block) -> set[str]:
    return {block.card.story.id, *[story.id for story in block.rows]}


def latest_stories(site: Site) -> tuple[Story, ...]:
    """What Latest and the feed have: every story, unless the settings want promoted ones only."""
    if site.config.latest == "promoted":
        return tuple([story for story in site.river if story.promoted])
    return site.river


def _latest(site: Site, above: Set[str]) -> tuple[tuple[Story, ...], Link | None]:
    """The stories of the newest days, and the day with which the archive goes on.

    What stands above is left out: nothing is said twice.
    """
    if all(story.id in above for story in site.river[: len(above) + 1]):
        return (), None
    zone = site.config.timezone
    size, stories = site.config.page_size, list[Story]()
    for day, group in groupby(latest_stories(site), key=lambda story: day_of(story.latest, zone)):
        every = list(group)
        room = size - len(stories)
        if stories and len(every) > room:
            if room > size // 2:  # early in the day there is little but the day before
                stories += [story for story in every if story.id not in above][:room]
                return tuple(stories), _to(day, "All of ")
            return tuple(stories), _to(day)
        others = [story for story in every if story.id not in above]
        stories += others[: size * _LONG]
        if len(others) > size * _LONG:
            return tuple(stories), _to(day, "All of ")
    return tuple(stories), None


def _day_above(site: Site, stories: Sequence[Story]) -> Day | None:
    """The newest day where Latest has stories, but none of that day: it begins with it anyhow."""
    newest = next(iter(latest_stories(site)), None)
    if newest is None or not stories:
        return None
    first, day = (day_of(story.latest, site.config.timezone) for story in (stories[0], newest))
    return replace(day_of_rows(day, ()), more=ABOVE) if day != first else None


def _to(day: date | None, which: str = "") -> Link:
    return Link(which + weekday_name(day) if day else "Undated", urls.day(day))


def _view(context: ViewContext, inputs: FrontInputs) -> FrontView:
    config, year = context.config, formatting.year_of(context, inputs.newest)
    listed = (*[ranked.story for ranked in inputs.top], *inputs.stories)
    top = [_card(context, ranked, year) for ranked in inputs.top]
    return FrontView(
        head=head(
            context,
            urls.FRONT,
            config.title,
            config.description,
            section="front",
            json_ld=collection(context, config.title, urls.FRONT, (s.lead.piece for s in listed)),
        ),
        lead=top[0] if top else None,
        second=tuple(map(_short, top[1:])),
        blocks=tuple(_block(context, block, year) for block in inputs.blocks),
        days=(*([inputs.above] if inputs.above else []), *story_days(context, inputs.stories)),
        earlier=inputs.earlier,
        newest=_newest(context, inputs),
        empty="" if inputs.top or inputs.stories else NOTHING,
    )


def _newest(context: ViewContext, inputs: FrontInputs) -> When | None:
    moment = inputs.newest
    return formatting.when(context, moment, 0, inputs.newest_is_day) if moment else None


def _card(context: ViewContext, ranked: Ranked, year: int) -> Card:
    covered = context.before(ranked.story, None)
    return card(context, covered, year, formatting.why(context, ranked))


def _short(shown: Card) -> Card:
    """A card of the second rank: whole sentences, or none."""
    excerpt = cut_at_sentence(shown.excerpt, _SECOND_EXCERPT)
    return replace(shown, excerpt="" if excerpt.endswith("…") else excerpt)


def _blocks(site: Site, taken_above: Set[str]) -> Iterator[Block]:
    """The topics with the most of the best stories, each with three not shown elsewhere."""
    if len(site.stories) < _ENOUGH:
        return
    taken = set(taken_above)
    blocks = 0
    for topic in _busiest(site):
        if blocks == site.config.topic_blocks:
            return
        mine = (s for s in site.stories if s.id not in taken and topic in _within(site, s))
        stories = tuple(islice(mine, 1 + _MORE_ROWS))
        if len(stories) > _ROWS:
            stories = stories[: 1 + (_ROWS if _is_tall(site, stories[0]) else _MORE_ROWS)]
            blocks += 1
            taken.update(s.id for s in stories)
            yield Block(topic, site.ranked(stories[0]), stories[1:])


def _is_tall(site: Site, story: Story) -> bool:
    """Whether a story's card has a picture, so that fewer lines belong below it."""
    pictures = [a.piece.picture for a in story.articles if a.piece.picture]
    return any(formatting.may_show(site.config, picture) for picture in pictures)


def _busiest(site: Site) -> Sequence[str]:
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
    paths: set[str] = set()
    for topic in site.topics_of[story.id]:
        paths.update(above.id for above in ancestry(site.topics.__getitem__, topic))
    return paths


def _block(context: ViewContext, block: Block, year: int) -> TopicBlock:
    return TopicBlock(
        name=context.topic(block.topic).name,
        address=urls.topic(block.topic),
        card=_card(context, block.card, year),
        rows=tuple(story_row(context, s, year) for s in block.rows),
    )
