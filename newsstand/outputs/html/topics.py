"""Topics: the tree, and the stories of each."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from newsstand.model import Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import card, pager, story_days
from newsstand.outputs.html.charts import chart
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import TopicNode, TopicsView, TopicView
from newsstand.outputs.html.views import Chart, Link
from newsstand.site import Ranked, Site
from newsstand.text.lists import slices
from newsstand.text.strings import plural

_CARDS = 3
_ENOUGH = 8  # a topic with fewer stories needs no cards above its list


class TopicsInputs(Struct, frozen=True):
    """How many stories each topic has, by its id."""

    counts: tuple[tuple[str, int], ...]


def topics_page(site: Site) -> Page:
    """The tree of topics."""
    counts = tuple((topic, len(stories)) for topic, stories in sorted(site.by_topic.items()))
    return Page(urls.TOPICS, "topics.html", _topics_view, TopicsInputs(counts))


def _topics_view(context: ViewContext, inputs: TopicsInputs) -> TopicsView:
    nodes = _nodes(context, dict(inputs.counts), "")
    return TopicsView(
        head=head(
            context,
            urls.TOPICS,
            "Topics",
            section="topics",
            description=f"{plural(len(context.topics), 'topic')} on {context.config.title}.",
        ),
        nodes=nodes,
        empty="" if nodes else "No record names a topic yet.",
    )


def _nodes(context: ViewContext, counts: Mapping[str, int], parent: str) -> tuple[TopicNode, ...]:
    children = context.children.get(parent, ())
    topics = sorted(children, key=lambda t: (-counts[t.id], t.name))
    return tuple(
        TopicNode(
            name=topic.name,
            address=urls.topic(topic.id),
            count=plural(counts[topic.id], "story", "stories"),
            description=topic.description,
            picture=formatting.picture(context, topic.pictures[0], "") if topic.pictures else None,
            children=_nodes(context, counts, topic.id),
        )
        for topic in topics
    )


class TopicInputs(Struct, frozen=True):
    """One page of a topic's stories.

    `summary` counts all of them, `above` says whether the story before the first of this page is
    promoted, if there is one; `counts` are those of the topics right below. The first page has
    `every` story for its chart, and the `best`.
    """

    topic: str
    number: int
    total: int
    stories: tuple[Story, ...]
    above: bool | None
    summary: str
    counts: tuple[tuple[str, int], ...]
    every: tuple[Story, ...] = ()
    best: tuple[Ranked, ...] = ()


def topic_pages(site: Site, topic: str) -> Iterator[Page]:
    """The stories of a topic and of its children, over as many pages as they need."""
    every = site.by_topic[topic]
    children = site.children.get(topic, ())
    counts = tuple((child.id, len(site.by_topic[child.id])) for child in children)
    summary = _summary(every)
    above: bool | None = None
    for number, total, part in slices(every, site.config.page_size):
        stories, first = tuple(part), number == 1
        inputs = TopicInputs(
            topic,
            number,
            total,
            stories,
            above,
            summary,
            counts,
            every if first else (),
            tuple(map(site.ranked, _best(site, every))) if first else (),
        )
        yield Page(urls.numbered(urls.topic(topic), number), "topic.html", _view, inputs)
        above = stories[-1].promoted if stories else None


def _view(context: ViewContext, inputs: TopicInputs) -> TopicView:
    topic, number = context.topics[inputs.topic], inputs.number
    first = urls.topic(topic.id)
    address = urls.numbered(first, number)
    title = topic.name if number == 1 else f"{topic.name}, page {number}"
    return TopicView(
        head=head(
            context,
            address,
            title,
            topic.description or f"Stories about {topic.name}.",
            section="topics",
            json_ld=collection(context, title, address, (s.lead.piece for s in inputs.stories)),
            neighbours=urls.neighbours(first, number, inputs.total),
        ),
        name=topic.name,
        description=topic.description if number == 1 else "",
        hashtags=topic.hashtags if number == 1 else (),
        trail=formatting.topic_trail(context, topic.id, with_itself=False),
        children=_children(context, inputs.counts),
        summary=inputs.summary,
        chart=_chart(inputs.every, context.config.timezone) if number == 1 else None,
        cards=tuple(card(context, ranked) for ranked in inputs.best),
        days=story_days(context, inputs.stories, inputs.above),
        pager=pager(first, number, inputs.total),
        empty="" if inputs.stories else "No story on this topic yet.",
    )


def _children(context: ViewContext, counts: Sequence[tuple[str, int]]) -> tuple[Link, ...]:
    return tuple(
        formatting.topic_link(context.topics[topic], plural(count, "story", "stories"))
        for topic, count in counts
    )


def _summary(stories: Sequence[Story]) -> str:
    reports = sum(len(s.articles) for s in stories)
    return f"{plural(len(stories), 'story', 'stories')}, {plural(reports, 'report')}"


def _chart(stories: Sequence[Story], zone: str) -> Chart | None:
    return chart((article for story in stories for article in story.articles), zone)


def _best(site: Site, stories: Sequence[Story]) -> Sequence[Story]:
    """The highest ranked of a topic's stories."""
    if len(stories) < _ENOUGH:
        return ()
    return heapq.nsmallest(_CARDS, stories, key=lambda s: site.rank_of[s.id])
