"""Topics: the tree, and the stories of each."""

from __future__ import annotations

from collections.abc import Iterator

from newsstand import addresses, labels
from newsstand.charts import chart
from newsstand.heads import collection, head
from newsstand.lists import neighbours, slices
from newsstand.model import Page, Story, Topic
from newsstand.page_views import TopicNode, TopicsView, TopicView
from newsstand.rows import card, pager, story_days
from newsstand.site import Site
from newsstand.text import plural
from newsstand.views import Card

_CARDS = 3
_ENOUGH = 8  # a topic with fewer stories needs no cards above its list


def topics_page(site: Site) -> Page:
    """The tree of topics."""
    nodes = _nodes(site, "")
    view = TopicsView(
        head=head(
            site,
            addresses.TOPICS,
            "Topics",
            section="topics",
            description=f"{plural(len(site.topics), 'topic')} on {site.config.title}.",
        ),
        nodes=nodes,
        empty="" if nodes else "No record names a topic yet.",
    )
    return Page(addresses.TOPICS, "topics.html", view)


def _nodes(site: Site, parent: str) -> tuple[TopicNode, ...]:
    topics = sorted(
        site.children.get(parent, ()), key=lambda t: (-len(site.by_topic[t.id]), t.name)
    )
    return tuple(
        TopicNode(
            name=topic.name,
            address=addresses.topic(topic.id),
            count=plural(len(site.by_topic[topic.id]), "story", "stories"),
            description=topic.description,
            picture=labels.picture(site, topic.pictures[0], "") if topic.pictures else None,
            children=_nodes(site, topic.id),
        )
        for topic in topics
    )


def topic_pages(site: Site, topic: Topic) -> Iterator[Page]:
    """The stories of a topic and of its children, over as many pages as they need."""
    stories = site.by_topic[topic.id]
    first = addresses.topic(topic.id)
    children = site.children.get(topic.id, ())
    before: Story | None = None
    for number, total, part in slices(stories, site.config.page_size):
        address = addresses.numbered(first, number)
        title = topic.name if number == 1 else f"{topic.name}, page {number}"
        view = TopicView(
            head=head(
                site,
                address,
                title,
                topic.description or f"Stories about {topic.name}.",
                section="topics",
                json_ld=collection(site, title, address, (s.lead.piece for s in part)),
                neighbours=neighbours(first, number, total),
            ),
            name=topic.name,
            description=topic.description if number == 1 else "",
            hashtags=topic.hashtags if number == 1 else (),
            trail=labels.topic_trail(site, topic.id, with_itself=False),
            children=tuple(
                labels.topic_link(c, plural(len(site.by_topic[c.id]), "story", "stories"))
                for c in children
            ),
            summary=_summary(stories),
            chart=chart(a for s in stories for a in s.articles) if number == 1 else None,
            cards=_cards(site, topic) if number == 1 else (),
            days=story_days(site, part, before),
            pager=pager(first, number, total),
            empty="" if stories else "No story on this topic yet.",
        )
        before = part[-1] if part else None
        yield Page(address, "topic.html", view)


def _summary(stories: tuple[Story, ...]) -> str:
    reports = sum(len(s.articles) for s in stories)
    return f"{plural(len(stories), 'story', 'stories')}, {plural(reports, 'report')}"


def _cards(site: Site, topic: Topic) -> tuple[Card, ...]:
    """The highest ranked of the topic's stories."""
    mine = site.by_topic[topic.id]
    if len(mine) < _ENOUGH:
        return ()
    best = sorted(mine, key=lambda s: site.rank_of[s.id])[:_CARDS]
    return tuple(card(site, s) for s in best)
