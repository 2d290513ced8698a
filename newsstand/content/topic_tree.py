"""Topics of a site: which there are, what is below what, which stories are on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import chain

from newsstand.content.kinds.settings import Config
from newsstand.model import Content, Story, Topic
from newsstand.text.lists import grouped
from newsstand.text.strings import name_key, name_slug, short_hash


def own_topic(
    config: Config, ids: Mapping[str, str], children: Mapping[str, tuple[Topic, ...]]
) -> str:
    """The topic that is the whole site's: what the settings say; else the one above all others."""
    named = ids.get(config.topic.casefold(), "")
    tops = children.get("", ())
    if not named and len(tops) == 1 and children.get(tops[0].id):
        return tops[0].id
    return named


def all_topics(content: Content) -> tuple[dict[str, Topic], dict[str, str]]:
    """All topics by id (files first, then those only records name), and ids by name."""
    topics = {t.id: t for t in content.topics}
    ids = {t.shortname.casefold(): t.id for t in content.topics if t.shortname}
    ids.update({t.name.casefold(): t.id for t in content.topics})  # a name beats a short name
    by_key = {name_key(name): topic_id for name, topic_id in ids.items()}
    others: dict[str, str] = {}
    for name in chain.from_iterable(dict.fromkeys([a.topics for a in content.articles])):
        if name.casefold() not in ids:
            others.setdefault(name.casefold(), name)
    new = {key: name for name in reversed(others.values()) if (key := name_key(name)) not in by_key}
    made = _ids_of(new, set(topics))
    topics.update({topic_id: Topic(topic_id, new[key]) for key, topic_id in made.items()})
    ids.update({plain: (by_key | made)[name_key(name)] for plain, name in others.items()})
    return topics, ids


def _ids_of(names: Mapping[str, str], taken: Set[str]) -> dict[str, str]:
    """An id for each name, by its key. Of several that would share one, one has it as it is.

    That is the name of which the id leaves nothing out, else the first in order; the others get a
    piece of their hash. So no address depends on the order of files.
    """
    sharing: dict[str, list[str]] = {}
    for key in sorted(names):
        sharing.setdefault(name_slug(names[key]), []).append(key)
    ids: dict[str, str] = {}
    for topic_id, keys in sharing.items():
        plain = next((key for key in keys if key.replace(" ", "-") == topic_id), keys[0])
        for key in keys:
            alone = key == plain and topic_id not in taken
            ids[key] = topic_id if alone else f"{topic_id}-{short_hash(key)[:4]}"
    return ids


def topics_by_story(stories: Iterable[Story], ids: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The topics of each story: those of its lead, then those that half of its records name."""
    by_story: dict[str, tuple[str, ...]] = {}
    by_names: dict[tuple[tuple[str, ...], ...], tuple[str, ...]] = {}  # most name a few topics
    for story in stories:
        articles = story.articles
        of_all = [a.topics for a in articles] if len(articles) > 1 else []
        named = (story.lead.topics, *of_all)
        topics = by_names.get(named)
        if topics is None:
            topics = by_names[named] = _most_named(named[0], named[1:], ids)
        by_story[story.id] = topics
    return by_story


def _most_named(
    lead: tuple[str, ...], each: tuple[tuple[str, ...], ...], ids: Mapping[str, str]
) -> tuple[str, ...]:
    """Ids of the topics of a lead, then of those that half of the records (`each`) name."""
    counts = Counter(topic for names in each for topic in {ids[n.casefold()] for n in names})
    others = (ids[name.casefold()] for name in chain.from_iterable(each))
    often = (topic for topic in others if 2 * counts[topic] >= len(each))
    return tuple(dict.fromkeys((*[ids[name.casefold()] for name in lead], *often)))


def children_of(topics: Iterable[Topic]) -> dict[str, tuple[Topic, ...]]:
    """The topics right below each; "" for those at the top."""
    return grouped((topic.parent, topic) for topic in topics)


def ancestry(topic_of: Callable[[str], Topic], topic_id: str) -> tuple[Topic, ...]:
    """A topic (`topic_of` gives each by its id) with all above it, the highest first."""
    topics_above: list[Topic] = []
    while topic_id:
        topics_above.append(topic_of(topic_id))
        topic_id = topics_above[-1].parent
    return tuple(reversed(topics_above))


def stories_of_topics(
    river: Iterable[Story], topics_of: Mapping[str, tuple[str, ...]], topics: Mapping[str, Topic]
) -> dict[str, tuple[Story, ...]]:
    """Stories of each topic and of its children; every topic is there."""
    above = {t: tuple(a.id for a in ancestry(topics.__getitem__, t)) for t in topics}
    by_topic: dict[str, list[Story]] = {t: [] for t in topics}
    on: dict[tuple[str, ...], list[list[Story]]] = {}
    for story in river:
        own = topics_of[story.id]
        if own not in on:
            on[own] = [by_topic[a] for a in dict.fromkeys([a for t in own for a in above[t]])]
        for stories in on[own]:
            stories.append(story)
    return {topic: tuple(listed) for topic, listed in by_topic.items()}
