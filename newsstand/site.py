"""The plan's ground: everything a page may say, related and in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from newsstand import addresses
from newsstand.config import Config
from newsstand.decisions import EditorsWord
from newsstand.kinship import Kinship
from newsstand.likeness import LikenessIndex
from newsstand.model import Article, Content, PlainPage, Provider, Story, Topic, as_it_is
from newsstand.rank import Ranking, rank
from newsstand.relate import Related
from newsstand.shown import Shown, marks_of
from newsstand.text import slug

K = TypeVar("K")
V = TypeVar("V")
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """All that is published. Records and stories are newest first, the undated last.

    `river` has the promoted stories before the others. Keys of mappings: `story_of` a
    record's path; `topics_of` a story's id; `holder` a piece's key. Records and stories that
    are remembered from the last build lack what only their own pages show: `whole` and `told`
    give them with all there is to say.
    """

    config: Config
    articles: tuple[Article, ...]
    records: Mapping[str, Article]  # by path
    stories: tuple[Story, ...]  # by rank
    ranking: Ranking  # why they stand so
    rank_of: Mapping[str, int]  # by story id, 0 for the first
    river: tuple[Story, ...]
    topics: Mapping[str, Topic]
    topic_ids: Mapping[str, str]  # by name and short name, in small letters
    children: Mapping[str, tuple[Topic, ...]]
    own_topic: str  # id of the topic that is the whole site's, or ""
    providers: Mapping[str, Provider]
    pages: tuple[PlainPage, ...]
    pictures: tuple[str, ...]
    story_of: Mapping[str, Story]
    topics_of: Mapping[str, tuple[str, ...]]
    by_topic: Mapping[str, tuple[Story, ...]]
    by_outlet: Mapping[str, tuple[Article, ...]]
    by_day: Mapping[date | None, tuple[Article, ...]]
    holder: Mapping[str, Article]
    kin: Kinship
    index: LikenessIndex
    word: EditorsWord
    shown: Shown
    places: frozenset[str]  # addresses that the editor's own links may lead to
    whole: Callable[[Article], Article]
    told: Callable[[Story], Story]
    touched: frozenset[str]  # records that may be near others than in the last build
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the pages that were made list as near; by record, only of those that list something."""
    memo: dict[object, Any] = field(default_factory=dict)
    """Values to print that repeat on many pages, made once; only `labels` looks inside."""


def assemble(
    content: Content,
    related: Related,
    config: Config,
    static: Iterable[str] = (),
    whole: Callable[[Article], Article] = as_it_is,
) -> Site:
    """Content and its stories -> the site: ranked, sorted, with every cross-reference.

    `static` are the paths of the static files. `whole` gives an article with all there is to say.
    """
    articles = _newest_first(content.articles)
    topics, ids = _topics(content)
    topics_of = {s.id: _topics_of(s, ids) for s in related.stories}
    children = _children(topics)
    own = _own_topic(config, ids, children)
    ranking = rank(related.stories, config.ranking, _telling(topics_of, own))
    river = tuple(sorted(ranking.stories, key=river_order))
    holder, twins = _holder(content.articles)
    by_day = _grouped((a.published.date() if a.published else None, a) for a in articles)
    return Site(
        config=config,
        articles=articles,
        records={a.path: a for a in articles},
        stories=ranking.stories,
        ranking=ranking,
        rank_of={s.id: place for place, s in enumerate(ranking.stories)},
        river=river,
        topics=topics,
        topic_ids=ids,
        children=children,
        own_topic=own,
        providers={p.domain: p for p in content.providers},
        pages=content.pages,
        pictures=content.pictures,
        story_of={a.path: s for s in ranking.stories for a in s.articles},
        topics_of=topics_of,
        by_topic=_by_topic(river, topics_of, topics),
        by_outlet=_grouped((a.outlet, a) for a in articles if a.outlet),
        by_day=by_day,
        holder=holder,
        kin=related.kin,
        index=related.index,
        word=related.word,
        shown=marks_of(ranking, twins),
        places=_places(content, topics, by_day, static),
        whole=whole,
        told=related.told,
        touched=related.touched,
    )


def _telling(
    topics_of: Mapping[str, tuple[str, ...]], own_topic: str
) -> dict[str, tuple[str, ...]]:
    """The topics of each story that tell it from others."""
    return {key: tuple(t for t in found if t != own_topic) for key, found in topics_of.items()}


def _holder(articles: Iterable[Article]) -> tuple[dict[str, Article], dict[str, list[bytes]]]:
    """Key of a piece -> the first record that has it; and the marks of those by other records."""
    holder: dict[str, Article] = {}
    twins: dict[str, list[bytes]] = {}
    for article in articles:
        for key in article.piece.keys:
            first = holder.setdefault(key, article)
            if first is not article:
                twins.setdefault(article.path, []).append(first.mark)
    return holder, twins


def _places(
    content: Content,
    topics: Iterable[str],
    days: Iterable[date | None],
    static: Iterable[str],
) -> frozenset[str]:
    """The first pages of all lists, all records and plain pages, and the static files."""
    return frozenset(
        (
            addresses.FRONT,
            addresses.TOPICS,
            addresses.OUTLETS,
            addresses.ARCHIVE,
            addresses.FEED,
            *[addresses.article(a.slug) for a in content.articles],
            *(addresses.topic(t) for t in topics),
            *(addresses.outlet(outlet) for outlet in {a.outlet for a in content.articles} - {""}),
            *(addresses.plain(p.slug) for p in content.pages),
            *_archive_places(days),
            *(addresses.path_address(path) for path in static),
        )
    )


def _archive_places(days: Iterable[date | None]) -> Iterator[str]:
    for day in days:
        if day:
            yield addresses.year(day.year)
            yield addresses.month(day.year, day.month)
        yield addresses.day(day)


def _own_topic(
    config: Config, ids: Mapping[str, str], children: Mapping[str, tuple[Topic, ...]]
) -> str:
    """What the settings say; else the one topic that all others hang below."""
    named = ids.get(config.topic.casefold(), "")
    tops = children.get("", ())
    if not named and len(tops) == 1 and children.get(tops[0].id):
        return tops[0].id
    return named


def _newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Newest first, those of one time by path, the undated last."""
    by_path = sorted(articles, key=lambda a: a.path)
    dated = [a for a in by_path if a.piece.published]
    dated.sort(key=lambda a: a.piece.published or _EARLIEST, reverse=True)
    return (*dated, *(a for a in by_path if a.piece.published is None))


def newest_time(site: Site) -> datetime | None:
    """The time of the newest record; None where none is dated."""
    return site.articles[0].published if site.articles else None


def newest_year(site: Site) -> int:
    """The year of the newest record; 0 where none is dated."""
    newest = newest_time(site)
    return newest.year if newest else 0


def newest_first(article: Article) -> tuple[bool, float, str]:
    """Newest first, the undated last, then by path."""
    published = article.published
    return (published is None, -(published or _EARLIEST).timestamp(), article.path)


def river_order(story: Story) -> tuple[bool, bool, float, str]:
    """Promoted before others; newest first by the time of the lead; the undated last."""
    return (not story.promoted, *newest_first(story.lead))


def _topics(content: Content) -> tuple[dict[str, Topic], dict[str, str]]:
    """All topics by id (files first, then those only records name), and ids by name."""
    topics = {t.id: t for t in content.topics}
    ids = {t.shortname.casefold(): t.id for t in content.topics if t.shortname}
    ids.update({t.name.casefold(): t.id for t in content.topics})  # a name beats a short name
    for article in content.articles:
        for name in article.topics:
            if name.casefold() not in ids:
                topic_id = slug(name)
                topics.setdefault(topic_id, Topic(topic_id, name))
                ids[name.casefold()] = topic_id
    return topics, ids


def _topics_of(story: Story, ids: Mapping[str, str]) -> tuple[str, ...]:
    """A story's topics: those of its lead first, then those its other records add."""
    records = (story.lead, *story.articles)
    return tuple(dict.fromkeys(ids[n.casefold()] for a in records for n in a.topics))


def _children(topics: Mapping[str, Topic]) -> dict[str, tuple[Topic, ...]]:
    return _grouped((t.parent, t) for t in topics.values())


def ancestry(topics: Mapping[str, Topic], topic_id: str) -> tuple[Topic, ...]:
    """A topic with all above it, the highest first."""
    chain: list[Topic] = []
    while topic_id:
        chain.append(topics[topic_id])
        topic_id = topics[topic_id].parent
    return tuple(reversed(chain))


def _by_topic(
    river: Iterable[Story], topics_of: Mapping[str, tuple[str, ...]], topics: Mapping[str, Topic]
) -> dict[str, tuple[Story, ...]]:
    """Stories of each topic and of its children; every topic is there."""
    above = {t: tuple(a.id for a in ancestry(topics, t)) for t in topics}
    found: dict[str, list[Story]] = {t: [] for t in topics}
    for story in river:
        for topic in dict.fromkeys(a for t in topics_of[story.id] for a in above[t]):
            found[topic].append(story)
    return {topic: tuple(stories) for topic, stories in found.items()}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
