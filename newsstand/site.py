"""A site: everything that its pages may say, related and in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from newsstand.content.kinds.settings import Config
from newsstand.content.topic_tree import (
    all_topics,
    children_of,
    own_topic,
    stories_of_topics,
    topics_by_story,
)
from newsstand.model import (
    Article,
    ArticleBody,
    Content,
    PlainPage,
    Provider,
    Story,
    StoryCoverage,
    Topic,
)
from newsstand.stories.editor import EditorsWord
from newsstand.stories.grouping.group import Grouped
from newsstand.stories.rank import Ranking, Standing, rank
from newsstand.stories.references import References
from newsstand.stories.relate import Related
from newsstand.stories.story import outlets_before, states_of
from newsstand.stories.story_ids import PublishedIds
from newsstand.text.dates import OLDEST
from newsstand.text.fingerprint import fingerprint_of
from newsstand.text.lists import grouped
from newsstand.text.zones import local, start_of_day

_DAY = timedelta(days=1)
_LAST = date(9999, 12, 30)  # the ends of later ones cannot be written everywhere


class Line(Struct, frozen=True):
    """A record as lists show it: with the number of outlets that had its story on its day.

    So a line of a day that is over says what was so on that day, whatever comes after. `story` is
    the story's id where there were several, else empty.
    """

    article: Article
    outlets: int
    story: str
    fingerprint: bytes

    @classmethod
    def of(cls, article: Article, story: Story, zone: str = "UTC") -> Line:
        """A line that has the fingerprint of what it shows; its day is that of a zone."""
        if len(story.outlets) < 2:
            return cls(article, len(story.outlets), "", article.fingerprint)
        outlets = outlets_before(story, end_of_day(day_of(article, zone), zone))
        if outlets < 2:
            return cls(article, outlets, "", article.fingerprint)
        fingerprint = fingerprint_of(article.fingerprint, outlets, story.id)
        return cls(article, outlets, story.id, fingerprint)


class Ranked(NamedTuple):
    """A story as cards show it: with what its score is made from beside the story."""

    story: Story
    standing: Standing


NO_NOTES: Mapping[str, str] = MappingProxyType({})


class Site(Struct, frozen=True, eq=False, dict=True):
    """All that is published. Records and stories are newest first, the undated last.

    `river` has the stories by their newest reports. `topics_of` has a story's id for its key.
    `body`, `coverage` and `near` give what only single pages show: the body of a record, who
    reports a story, the records of other stories that are most like a record.
    """

    config: Config
    articles: tuple[Article, ...]
    records: Mapping[str, Article]  # by path
    ranking: Ranking  # the stories in order, and why they stand so
    river: tuple[Story, ...]
    topics: Mapping[str, Topic]
    topic_ids: Mapping[str, str]  # by name and short name, in small letters
    children: Mapping[str, tuple[Topic, ...]]
    own_topic: str  # id of the topic that is the whole site's, or ""
    misspelt_topics: frozenset[str]  # ids of topics that look it
    providers: Mapping[str, Provider]
    pages: tuple[PlainPage, ...]
    pictures: tuple[str, ...]
    topics_of: Mapping[str, tuple[str, ...]]
    references: References
    grouped: Grouped
    word: EditorsWord
    static: tuple[str, ...]  # paths of the static files
    feed_notes: Mapping[str, str]  # of outlets whose feeds do not do well, by domain
    body: Callable[[Article], ArticleBody]
    coverage: Callable[[Story], StoryCoverage]
    near: Callable[[str], tuple[str, ...]]
    given_out: PublishedIds  # by earlier builds
    former_names: Mapping[str, tuple[str, ...]]  # of records, by path: renamed or inherited

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories by rank."""
        return self.ranking.stories

    def ranked(self, story: Story) -> Ranked:
        """A story as a card shows it."""
        return Ranked(story, self.ranking.standing(story))

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Story, ...]]:
        """The stories of each topic and of those below it, as in the river."""
        return stories_of_topics(self.river, self.topics_of, self.topics)

    def names_of(self, article: Article) -> tuple[str, ...]:
        """What a record is called, and what it was called before."""
        return (article.slug, *self.former_names.get(article.path, ()))

    @property
    def over_after(self) -> timedelta:
        """How long after its last report a story is over."""
        return timedelta(days=self.config.stories.closed_after_days)

    def is_over(self, story: Story) -> bool:
        """Whether nothing has been reported of a story for so long that nothing will be."""
        newest, last = self.newest, story.newest
        return newest is None or last is None or newest - last > self.over_after

    @cached_property
    def running(self) -> Mapping[str, int]:
        """The place by rank of each story that is not over, by its id."""
        ids = [story.id for story in self.stories if not self.is_over(story)]
        return {story_id: place for place, story_id in enumerate(ids)}

    @cached_property
    def story_of(self) -> Mapping[str, Story]:
        """The story of each record by its path."""
        return {a.path: s for s in self.stories for a in s.articles}

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Each record as lists show it, by its path."""
        lines_by_path: dict[str, Line] = {}
        zone = self.config.timezone
        for story in self.stories:
            for *older, newest in states_of(story.articles):
                lines_by_path[newest.path] = Line.of(newest, story, zone)
                for article in older:  # the story shows the newest: only a line leads to its page
                    lines_by_path[article.path] = Line(article, 1, "", article.fingerprint)
        return lines_by_path

    @cached_property
    def by_outlet(self) -> Mapping[str, tuple[Article, ...]]:
        """The records of each outlet that has one."""
        return grouped([(a.piece.outlet, a) for a in self.articles if a.piece.outlet])

    @cached_property
    def by_day(self) -> Mapping[date | None, tuple[Article, ...]]:
        """The records of each day (of the site's zone) that has one, and the undated."""
        zone = self.config.timezone
        # Not by halves: where clocks go back over midnight, a day comes twice in order of time.
        return grouped([(day_of(a, zone), a) for a in self.articles])

    @cached_property
    def counts(self) -> tuple[tuple[date, int], ...]:
        """How many records each day has, the oldest day first."""
        return tuple(sorted((day, len(articles)) for day, articles in self.by_day.items() if day))

    @property
    def newest(self) -> datetime | None:
        """The time of the newest record; None where none is dated."""
        return self.articles[0].published if self.articles else None


def assemble(
    content: Content,
    related: Related,
    config: Config,
    static: Iterable[str] = (),
    feed_notes: Mapping[str, str] = NO_NOTES,
) -> Site:
    """Content and its stories -> the site: ranked, sorted, with every cross-reference.

    `static` are the paths of the static files, `feed_notes` what is to be said of outlets' feeds.
    """
    articles = newest_first(content.articles)
    unsorted, names = all_topics(content)
    topics, ids = dict(sorted(unsorted.items())), dict(sorted(names.items()))
    topics_of = topics_by_story(related.stories, ids)
    children = children_of(topics.values())
    own = own_topic(config, ids, children)
    newest = articles[0].published if articles else None
    ranking = rank(related.stories, config.ranking, _telling(topics_of, own), newest)
    return Site(
        config=config,
        articles=articles,
        records=related.records,
        ranking=ranking,
        river=by_newest_report(ranking.stories),
        topics=topics,
        topic_ids=ids,
        children=children,
        own_topic=own,
        misspelt_topics=_without_file(content, ids),
        providers={p.domain: p for p in content.providers},
        pages=content.pages,
        pictures=content.pictures,
        topics_of=topics_of,
        references=related.references,
        grouped=related.grouped,
        word=related.word,
        static=tuple(static),
        feed_notes=feed_notes,
        body=related.body,
        coverage=related.coverage,
        near=related.near,
        given_out=related.given_out,
        former_names=related.former_names,
    )


def _without_file(content: Content, ids: Mapping[str, str]) -> frozenset[str]:
    """The topics that look misspelt, but for those that are one with a file's but for spaces."""
    misspelt = {ids[name.casefold()] for name in content.misspelt_topics}
    return frozenset(misspelt - {topic.id for topic in content.topics})


def _telling(
    topics_of: Mapping[str, tuple[str, ...]], own_topic: str
) -> dict[str, tuple[str, ...]]:
    """The topics of each story that tell it from others."""
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}  # most are on one of a few
    for topics in dict.fromkeys(topics_of.values()):
        shared[topics] = tuple(t for t in topics if t != own_topic)
    return {key: shared[topics] for key, topics in topics_of.items()}


def day_of(article: Article, zone: str = "UTC") -> date | None:
    """The day of a record, as the clocks of a zone show it; None for one that is undated."""
    published = article.published
    return local(published, zone).date() if published else None


def end_of_day(day: date | None, zone: str = "UTC") -> datetime | None:
    """When a day is over in a zone; None where there is no such instant."""
    return None if day is None or day >= _LAST else start_of_day(day + _DAY, zone)


def newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Newest first, those of one time by path, the undated last."""
    by_path = sorted(articles, key=attrgetter("path"))
    dated = [a for a in by_path if a.piece.published]
    dated.sort(key=attrgetter("piece.published"), reverse=True)
    undated = [a for a in by_path if a.piece.published is None] if len(dated) < len(by_path) else ()
    return (*dated, *undated)


def by_newest_report(stories: Iterable[Story]) -> tuple[Story, ...]:
    """The story with the newest report first, those of one time by path, the undated last."""
    by_path = sorted([(story.latest, story) for story in stories], key=lambda pair: pair[0].path)
    dated = [pair for pair in by_path if pair[0].published]
    dated.sort(key=lambda pair: pair[0].piece.published or OLDEST, reverse=True)
    undated = [pair for pair in by_path if pair[0].published is None]
    return tuple([story for _, story in (*dated, *undated)])
