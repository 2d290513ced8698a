"""Topics: the tree, and the stories of each."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from newsstand.content.topic_tree import children_of
from newsstand.model import Page, Story, Topic
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import cards_of
from newsstand.outputs.html.charts import chart, chart_of
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.days import neighbours, pager, story_days
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.redirects import list_redirects
from newsstand.outputs.html.views_of_pages import TopicNode, TopicsView, TopicView
from newsstand.outputs.html.views_of_parts import Card, Chart, Link
from newsstand.site import Site, day_of
from newsstand.text.lists import parts
from newsstand.text.strings import plural

_CARDS = 4
_ENOUGH = 8  # a topic with fewer stories needs no cards above its list


class TopicsInputs(Struct, frozen=True):
    """How many stories each topic has, by its id, and how many records each day has."""

    counts: tuple[tuple[str, int], ...]
    days: tuple[tuple[date, int], ...]


def topics_page(site: Site) -> Page:
    """The tree of topics."""
    counts = tuple((topic, len(stories)) for topic, stories in sorted(site.by_topic.items()))
    return Page(urls.TOPICS, "topics.html", _topics_view, TopicsInputs(counts, site.counts))


def _topics_view(context: ViewContext, inputs: TopicsInputs) -> TopicsView:
    counts = dict(inputs.counts)
    nodes = _nodes(context, counts, children_of(map(context.topic, counts)), "")
    return TopicsView(
        head=head(
            context,
            urls.TOPICS,
            "Topics",
            section="topics",
            description=f"{plural(len(counts), 'topic')} on {context.config.title}.",
        ),
        summary=plural(len(counts), "topic") if nodes else "",
        chart=chart_of(dict(inputs.days)),
        nodes=nodes,
        empty="" if nodes else "No record names a topic yet.",
    )


def _nodes(
    context: ViewContext,
    counts: Mapping[str, int],
    children: Mapping[str, Sequence[Topic]],
    parent: str,
) -> tuple[TopicNode, ...]:
    topics = sorted(children.get(parent, ()), key=lambda t: (-counts[t.id], t.name))
    return tuple(
        TopicNode(
            name=topic.name,
            address=urls.topic(topic.id),
            count=plural(counts[topic.id], "story", "stories"),
            description=topic.description,
            picture=formatting.picture(context, topic.pictures[0], "") if topic.pictures else None,
            children=_nodes(context, counts, children, topic.id),
        )
        for topic in topics
    )


class TopicInputs(Struct, frozen=True):
    """One page of a topic's stories: `number` 0 has the newest, 1 the oldest of `full` ones.

    Only the first says what changes from day to day: `summary` counts all, `counts` are those of
    the topics right below, `every` story is for the chart, `best` are those that run.
    """

    topic: str
    number: int
    full: int
    stories: tuple[Story, ...]
    summary: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    every: tuple[Story, ...] = ()
    best: tuple[Story, ...] = ()


def topic_pages(site: Site, topic: str) -> Iterator[Page]:
    """The stories of a topic and of its children, over as many pages as they need."""
    every, first = site.by_topic[topic], urls.topic(topic)
    children = site.children.get(topic, ())
    counts = tuple((child.id, len(site.by_topic[child.id])) for child in children)
    pages = list(parts(every, site.config.page_size))
    full = len(pages) - 1
    for number, part in pages:
        inputs = TopicInputs(topic, number, full, tuple(part))
        if number == 0:
            best = _best(site, every)
            rest = tuple([story for story in part if story not in best])
            inputs = TopicInputs(topic, 0, full, rest, _summary(every), counts, every, best)
        yield Page(urls.part(first, number), "topic.html", _view, inputs)
    yield from list_redirects(first, len(every), site.config.page_size, full)


def _view(context: ViewContext, inputs: TopicInputs) -> TopicView:
    topic, number = context.topic(inputs.topic), inputs.number
    first = urls.topic(topic.id)
    address = urls.part(first, number)
    title = f"{topic.name}, page {number}" if number else topic.name
    stories = (*inputs.best, *inputs.stories)
    return TopicView(
        head=head(
            context,
            address,
            title,
            topic.description or f"Stories about {topic.name}.",
            section="topics",
            json_ld=collection(context, title, address, (s.latest.piece for s in stories)),
            neighbours=neighbours(first, number, inputs.full),
        ),
        name=topic.name,
        description="" if number else topic.description,
        hashtags=() if number else topic.hashtags,
        trail=formatting.topic_trail(context, topic.id, with_itself=False),
        children=_children(context, inputs.counts),
        summary=inputs.summary,
        chart=None if number else _chart(inputs.every, context.config.timezone),
        cards=_cards(context, inputs.best, first),
        days=story_days(context, inputs.stories),
        pager=pager(first, number, inputs.full, _days(context, inputs.stories)),
        empty="" if stories else "No story on this topic yet.",
    )


def _cards(context: ViewContext, stories: Sequence[Story], own: str) -> tuple[Card, ...]:
    """Cards that do not name the topic on whose page (`own`) they stand."""
    year = max((formatting.year_of(context, story.newest) for story in stories), default=0)
    cards = cards_of(context, stories, None, year)
    return tuple(
        [replace(c, topics=tuple([t for t in c.topics if t.address != own])) for c in cards]
    )


def _chart(stories: Sequence[Story], zone: str) -> Chart | None:
    return chart((article for story in stories for article in story.articles), zone)


def _days(context: ViewContext, stories: Sequence[Story]) -> list[date | None]:
    return [day_of(story.latest, context.config.timezone) for story in stories]


def _children(context: ViewContext, counts: Sequence[tuple[str, int]]) -> tuple[Link, ...]:
    return tuple(
        formatting.topic_link(context.topic(topic), plural(count, "story", "stories"))
        for topic, count in counts
    )


def _summary(stories: Sequence[Story]) -> str:
    reports = sum(len(s.articles) for s in stories)
    return f"{plural(len(stories), 'story', 'stories')}, {plural(reports, 'report')}"


def _best(site: Site, stories: Sequence[Story]) -> tuple[Story, ...]:
    """The highest ranked of a topic's stories that run, several outlets' before others."""
    if len(stories) < _ENOUGH:
        return ()
    place = site.running
    running = [story for story in stories if story.id in place]
    best = heapq.nsmallest(_CARDS, running, key=lambda s: (len(s.outlets) < 2, place[s.id]))
    return tuple(best) if len(best) == _CARDS else ()
