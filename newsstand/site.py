"""The plan's ground: everything a page may say, related and in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from newsstand.build.state import KnownRows
from newsstand.build.still import Fresh, Now, Then, day_of, fresh, known_rows, rows_again, unmoved
from newsstand.content.kinds.settings import Config
from newsstand.content.topic_tree import (
    all_topics,
    children_of,
    own_topic,
    stories_of_topics,
    topics_by_story,
    topics_of_record,
)
from newsstand.model import Article, Content, PlainPage, Provider, Story, Topic, as_it_is
from newsstand.outputs import urls
from newsstand.outputs.html.pagination import grouped
from newsstand.stories.editor import EditorsWord
from newsstand.stories.grouping.similarity import LikenessIndex
from newsstand.stories.rank import NOT_RANKED, VARIED, Ranked, Ranking, rank
from newsstand.stories.references import Kinship
from newsstand.stories.relate import LastBuild, Related
from newsstand.stories.shown import KnownMarks, Shown, marks_of


@dataclass(frozen=True, eq=False)
class Site:
    """All that is published. Records and stories are newest first, the undated last.

    `river` has the promoted stories before the others. Keys of mappings: `topics_of` a story's id;
    `holder` a piece's key. Records and stories that
    are remembered from the last build lack what only their own pages show: `whole` and `told`
    give them with all there is to say.
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
    providers: Mapping[str, Provider]
    pages: tuple[PlainPage, ...]
    pictures: tuple[str, ...]
    topics_of: Mapping[str, tuple[str, ...]]
    holder: Mapping[str, Article]
    kin: Kinship
    index: LikenessIndex
    word: EditorsWord
    shown: Shown
    static: tuple[str, ...]  # paths of the static files
    whole: Callable[[Article], Article]
    told: Callable[[Story], Story]
    touched: frozenset[str]  # records that may be near others than in the last build
    rows: KnownRows
    fresh: Fresh | None  # which records' pages may show something else; None where nobody can tell
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the pages that were made list as near; by record, only of those that list something."""
    memo: dict[object, Any] = field(default_factory=dict)
    """Values to print that repeat on many pages, made once; only `labels` looks inside."""

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories by rank."""
        return self.ranking.stories

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Story, ...]]:
        """The stories of each topic and of those below it, as in the river."""
        return stories_of_topics(self.river, self.topics_of, self.topics)

    @cached_property
    def rank_of(self) -> Mapping[str, int]:
        """The place of each story by its id, 0 for the first."""
        return {s.id: place for place, s in enumerate(self.stories)}

    @cached_property
    def story_of(self) -> Mapping[str, Story]:
        """The story of each record by its path."""
        return {a.path: s for s in self.stories for a in s.articles}

    @cached_property
    def by_outlet(self) -> Mapping[str, tuple[Article, ...]]:
        """The records of each outlet that has one."""
        return grouped([(a.piece.outlet, a) for a in self.articles if a.piece.outlet])

    @cached_property
    def by_day(self) -> Mapping[date | None, tuple[Article, ...]]:
        """The records of each day (UTC) that has one, and the undated."""
        found: dict[date | None, tuple[Article, ...]] = {}
        end = 0
        while end < len(self.articles):  # they are in order of time
            start, day = end, day_of(self.articles[end])
            end = bisect_left(self.articles, True, start, key=lambda a: day_of(a) != day)
            found[day] = self.articles[start:end]
        return found

    @cached_property
    def places(self) -> frozenset[str]:
        """Addresses that the editor's own links may lead to: all pages but further ones of lists.

        Also the static files.
        """
        return frozenset(
            (
                urls.FRONT,
                urls.TOPICS,
                urls.OUTLETS,
                urls.ARCHIVE,
                urls.FEED,
                *[urls.article(a.slug) for a in self.articles],
                *(urls.topic(t) for t in self.topics),
                *(urls.outlet(outlet) for outlet in self.by_outlet),
                *(urls.plain(p.slug) for p in self.pages),
                *_archive_places(self.by_day),
                *(urls.path_address(path) for path in self.static),
            )
        )


def assemble(
    content: Content,
    related: Related,
    config: Config,
    static: Iterable[str] = (),
    whole: Callable[[Article], Article] = as_it_is,
    last: LastBuild | None = None,
) -> Site:
    """Content and its stories -> the site: ranked, sorted, with every cross-reference.

    `static` are the paths of the static files. `whole` gives an article with all there is to say.
    """
    then = _then(last) if last else None
    articles, before = _in_order(content, related, then)
    topics, ids = all_topics(content)
    topics_of = topics_by_story(related.stories, ids)
    children = children_of(topics)
    own = own_topic(config, ids, children)
    ranked = _ranked(last, related.stories) if last else NOT_RANKED
    telling, newest = _telling(topics_of, own), _newest(articles)
    ranking = rank(related.stories, config.ranking, telling, newest, ranked)
    shown, rows = _marked(ranking, articles, content.holders.twins, before)
    named = partial(topics_of_record, topics, ids)
    now = Now(rows, ranking.stories, shown, related.records, related.kin, related.renamed, named)
    return Site(
        config=config,
        articles=articles,
        records=related.records,
        ranking=ranking,
        river=_river(articles, ranking.stories),
        topics=topics,
        topic_ids=ids,
        children=children,
        own_topic=own,
        providers={p.domain: p for p in content.providers},
        pages=content.pages,
        pictures=content.pictures,
        topics_of=topics_of,
        holder=content.holders.first,
        kin=related.kin,
        index=related.index,
        word=related.word,
        shown=shown,
        static=tuple(static),
        whole=whole,
        told=related.told,
        touched=related.touched,
        rows=rows,
        fresh=fresh(then, now) if then else None,
    )


def _then(last: LastBuild) -> Then:
    cards = {story.id: story.card for story in last.stories}
    return Then(last.rows, cards, last.article, last.changed)


def _in_order(
    content: Content, related: Related, then: Then | None
) -> tuple[tuple[Article, ...], Then | None]:
    """The records, and the last build if they stand as they did in it."""
    found = unmoved(then, related.records) if then else None
    return (found, then) if found else (newest_first(content.articles), None)


def _ranked(last: LastBuild, stories: Iterable[Story]) -> Ranked:
    same = {story.id: story for story in stories if not story.coverage}
    kept = [same[story.id] for story in last.stories[VARIED:] if story.id in same]
    first = last.article(last.rows.paths[0]) if last.rows.paths else None
    return Ranked(kept, first.published if first else None)


def _marked(
    ranking: Ranking,
    articles: Sequence[Article],
    twins: Mapping[str, Sequence[Article]],
    before: Then | None,
) -> tuple[Shown, KnownRows]:
    """Marks of rows and cards. `before` is the last build, if the records stand as they did."""
    if before and not twins:
        again = rows_again(before.rows, [story for story in ranking.stories if story.coverage])
        if again:
            return marks_of(ranking, rows=KnownMarks(again)), again
    shown = marks_of(ranking, {path: [a.mark for a in first] for path, first in twins.items()})
    return shown, known_rows(articles, shown)


def _telling(
    topics_of: Mapping[str, tuple[str, ...]], own_topic: str
) -> dict[str, tuple[str, ...]]:
    """The topics of each story that tell it from others."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}  # most are on one of a few
    for found in dict.fromkeys(topics_of.values()):
        known[found] = tuple(t for t in found if t != own_topic)
    return {key: known[found] for key, found in topics_of.items()}


def _archive_places(days: Iterable[date | None]) -> Iterator[str]:
    for day in days:
        if day:
            yield urls.year(day.year)
            yield urls.month(day.year, day.month)
        yield urls.day(day)


def newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Newest first, those of one time by path, the undated last."""
    by_path = sorted(articles, key=attrgetter("path"))
    dated = [a for a in by_path if a.piece.published]
    dated.sort(key=attrgetter("piece.published"), reverse=True)
    undated = [a for a in by_path if a.piece.published is None] if len(dated) < len(by_path) else ()
    return (*dated, *undated)


def _river(articles: Iterable[Article], stories: Iterable[Story]) -> tuple[Story, ...]:
    """Promoted stories before others; in the order of their leads as of all records."""
    led_by = {story.lead.path: story for story in stories}
    found = [led_by[a.path] for a in articles if a.path in led_by]
    return (*[s for s in found if s.promoted], *[s for s in found if not s.promoted])


def newest_time(site: Site) -> datetime | None:
    """The time of the newest record; None where none is dated."""
    return _newest(site.articles)


def _newest(articles: Sequence[Article]) -> datetime | None:
    return articles[0].published if articles else None


def newest_year(site: Site) -> int:
    """The year of the newest record; 0 where none is dated."""
    newest = newest_time(site)
    return newest.year if newest else 0
