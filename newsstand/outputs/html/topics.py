"""Topics: the tree, and the stories of each."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from newsstand.model import Page, Story, Topic
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import card, pager, story_days
from newsstand.outputs.html.charts import chart
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import TopicNode, TopicsView, TopicView
from newsstand.outputs.html.pagination import neighbours, slices
from newsstand.outputs.html.views import Link
from newsstand.site import Site
from newsstand.stories.shown import story_rows
from newsstand.text.fingerprint import mark_of
from newsstand.text.strings import plural

_CARDS = 3
_ENOUGH = 8  # a topic with fewer stories needs no cards above its list


def topics_page(site: Site) -> Page:
    """The tree of topics."""
    return Page(urls.TOPICS, "topics.html", partial(_topics_view, site))


def _topics_view(site: Site) -> TopicsView:
    nodes = _nodes(site, "")
    return TopicsView(
        head=head(
            site,
            urls.TOPICS,
            "Topics",
            section="topics",
            description=f"{plural(len(site.topics), 'topic')} on {site.config.title}.",
        ),
        nodes=nodes,
        empty="" if nodes else "No record names a topic yet.",
    )


def _nodes(site: Site, parent: str) -> tuple[TopicNode, ...]:
    topics = sorted(
        site.children.get(parent, ()), key=lambda t: (-len(site.by_topic[t.id]), t.name)
    )
    return tuple(
        TopicNode(
            name=topic.name,
            address=urls.topic(topic.id),
            count=plural(len(site.by_topic[topic.id]), "story", "stories"),
            description=topic.description,
            picture=formatting.picture(site, topic.pictures[0], "") if topic.pictures else None,
            children=_nodes(site, topic.id),
        )
        for topic in topics
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One page of a topic's stories."""

    topic: Topic
    number: int
    total: int
    stories: Sequence[Story]
    before: Story | None


def topic_pages(site: Site, topic: Topic) -> Iterator[Page]:
    """The stories of a topic and of its children, over as many pages as they need."""
    still = site.fresh is not None and not site.fresh.is_moved(topic.id)
    before: Story | None = None
    for number, total, stories in slices(site.by_topic[topic.id], site.config.page_size):
        part = _Part(topic, number, total, stories, before)
        address = urls.numbered(urls.topic(topic.id), number)
        shows = b"" if still else _shows(site, part)
        yield Page(address, "topic.html", partial(_view, site, part), shows, still=still)
        before = stories[-1] if stories else None


def _shows(site: Site, part: _Part) -> bytes:
    stories = site.by_topic[part.topic.id]
    return mark_of(
        "topic",
        part.number,
        part.total,
        part.before and part.before.promoted,
        _summary(site, part.topic),
        [(c.id, len(site.by_topic[c.id])) for c in site.children.get(part.topic.id, ())],
        site.shown.cards(_best(site, part)),
        story_rows(stories if part.number == 1 else part.stories),
    )


def _view(site: Site, part: _Part) -> TopicView:
    topic, number = part.topic, part.number
    stories = site.by_topic[topic.id]
    first = urls.topic(topic.id)
    address = urls.numbered(first, number)
    title = topic.name if number == 1 else f"{topic.name}, page {number}"
    return TopicView(
        head=head(
            site,
            address,
            title,
            topic.description or f"Stories about {topic.name}.",
            section="topics",
            json_ld=collection(site, title, address, (s.lead.piece for s in part.stories)),
            neighbours=neighbours(first, number, part.total),
        ),
        name=topic.name,
        description=topic.description if number == 1 else "",
        hashtags=topic.hashtags if number == 1 else (),
        trail=formatting.topic_trail(site, topic.id, with_itself=False),
        children=_children(site, topic),
        summary=_summary(site, topic),
        chart=chart(a for s in stories for a in s.articles) if number == 1 else None,
        cards=tuple(card(site, s) for s in _best(site, part)),
        days=story_days(site, part.stories, part.before),
        pager=pager(first, number, part.total),
        empty="" if stories else "No story on this topic yet.",
    )


def _children(site: Site, topic: Topic) -> tuple[Link, ...]:
    return tuple(
        formatting.topic_link(c, plural(len(site.by_topic[c.id]), "story", "stories"))
        for c in site.children.get(topic.id, ())
    )


def _summary(site: Site, topic: Topic) -> str:
    def summary() -> str:
        stories = site.by_topic[topic.id]
        reports = sum(len(s.articles) for s in stories)
        return f"{plural(len(stories), 'story', 'stories')}, {plural(reports, 'report')}"

    return formatting.once(site, ("topic", topic.id), summary)


def _best(site: Site, part: _Part) -> Sequence[Story]:
    """The highest ranked of the topic's stories, for the first page."""
    mine = site.by_topic[part.topic.id]
    if part.number > 1 or len(mine) < _ENOUGH:
        return ()
    return heapq.nsmallest(_CARDS, mine, key=lambda s: site.rank_of[s.id])
