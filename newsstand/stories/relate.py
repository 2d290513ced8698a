"""The relate step: articles -> stories, each with all pieces that report it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from msgspec import Struct

from newsstand.content.kinds.settings import Config
from newsstand.content.link_hashes import link_hashes
from newsstand.model import Article, ArticleBody, Content, Coverage, Story, StoryCoverage
from newsstand.problems import Problem, Severity, quoted
from newsstand.stories import unchanged_stories
from newsstand.stories.declared_pieces import is_near
from newsstand.stories.editor import EditorsWord, editors_word, unknown_records
from newsstand.stories.grouping.group import Grouped, group
from newsstand.stories.grouping.pieces import Decisions, Rule
from newsstand.stories.grouping_input import EPOCH, for_grouping
from newsstand.stories.near_duplicates import overlap
from newsstand.stories.overrides import obey
from newsstand.stories.references import Linked, References, references
from newsstand.stories.story import StoryMaker, time_order
from newsstand.stories.story_ids import PublishedIds, former_names, story_id
from newsstand.stories.unchanged_stories import (
    KnownStory,
    StoryMemory,
    with_coverage,
    without_coverage,
)
from newsstand.text.fingerprint import fingerprint_of
from newsstand.text.strings import plural


class Related(Struct, frozen=True):
    """The stories, not yet ranked, and what answers questions about them.

    `coverage` gives who reports a story. `near` gives the records of other stories (paths, most
    alike first) that are most like a record. `memory` makes what the next build may be given.
    `former_names` are what records were called before, by path, and names that they inherit.
    """

    records: Mapping[str, Article]  # by path
    stories: tuple[Story, ...]
    body: Callable[[Article], ArticleBody]
    coverage: Callable[[Story], StoryCoverage]
    near: Callable[[str], tuple[str, ...]]
    references: References
    word: EditorsWord
    grouped: Grouped
    problems: tuple[Problem, ...]
    memory: Callable[[], bytes]
    given_out: PublishedIds
    former_names: Mapping[str, tuple[str, ...]]


def relate(
    content: Content,
    config: Config,
    body: Callable[[Article], ArticleBody],
    links: Mapping[str, Linked] | None = None,
    before: bytes = b"",
    given_out: PublishedIds = PublishedIds(),  # noqa: B008  (frozen)
) -> Related:
    """Every record in exactly one story. Order of the records changes nothing.

    `body` gives the body of a record, `links` the links of each by path. `before` is what an
    earlier build remembered; it changes nothing but the time that this takes. `given_out` is
    what was published of stories.
    """
    articles = {a.path: a for a in content.articles}
    declared = references(links or {p: link_hashes(a, body(a)) for p, a in articles.items()})
    rules = fingerprint_of(config.ranking, config.stories)
    remembered = unchanged_stories.decoded(before)
    remembered = remembered if remembered.rules == rules else unchanged_stories.NOTHING
    word = editors_word(content, articles)
    orders = Decisions(alone=word.orders.alone, apart=word.orders.apart)
    rule = Rule(config.stories.breadth, config.stories.closed_after_days)
    grouped = group(for_grouping(articles, declared, body), rule, orders, remembered.groups)
    maker = StoryMaker(config.ranking, body, _holding(content.articles), partial(is_near, rule))
    titles, pins, unknown = _named(content, articles)
    former = former_names(content.articles, given_out)
    called = partial(story_id, given_out=given_out.ids, former=former)
    cache = _StoryCache(maker, articles, declared, titles, pins, grouped, called, remembered)
    groups = obey(grouped.stories, word.orders, partial(_alike, articles))
    stories = tuple([cache.story(keys) for keys in groups])
    return Related(
        records=articles,
        stories=stories,
        body=body,
        coverage=cache.coverage,
        near=cache.near,
        references=declared,
        word=word,
        grouped=grouped,
        problems=(*word.problems, *unknown, *_timeless(grouped, articles)),
        memory=partial(cache.memory, rules, timedelta(days=rule.closed_after_days)),
        given_out=given_out,
        former_names=former,
    )


def _alike(articles: Mapping[str, Article], one: str, other: str) -> float:
    """The part of the words of two records that both have (0 to 1)."""
    mine, theirs = articles[one], articles[other]
    return overlap(f"{mine.title} {mine.piece.excerpt}", f"{theirs.title} {theirs.piece.excerpt}")


def _timeless(grouped: Grouped, articles: Mapping[str, Article]) -> list[Problem]:
    """A warning for the records of each outlet that share one instant."""
    outlets: dict[tuple[str, datetime | None], list[str]] = {}
    for path in sorted(grouped.timeless):
        article = articles[path]
        outlets.setdefault((article.outlet, article.published), []).append(path)
    return [
        Problem(
            paths[0],
            1,
            1,
            Severity.WARNING,
            "date-shared",
            f"{plural(len(paths), 'record')} of {quoted(outlet)} share one time, so it tells"
            f" nothing: {', '.join(paths)}",
            "write when each was published; until then they are grouped by their words alone",
        )
        for (outlet, _), paths in sorted(outlets.items(), key=lambda entry: entry[1])
    ]


def _holding(articles: Sequence[Article]) -> Callable[[Coverage], bool]:
    """What tells whether a piece is a record."""
    keys = frozenset(chain.from_iterable([a.piece.keys for a in articles]))
    return lambda piece: not keys.isdisjoint(piece.keys)


class _StoryCache:
    """Makes stories, or takes those of the last build that would be made the same."""

    def __init__(
        self,
        maker: StoryMaker,
        articles: Mapping[str, Article],
        references: References,
        titles: Mapping[str, str],
        pins: Mapping[str, int],
        grouped: Grouped,
        id_of: Callable[[Sequence[Article]], str],
        remembered: StoryMemory,
    ) -> None:
        self._maker = maker
        self._articles = articles
        self._references = references
        self._titles = titles
        self._pins = pins
        self._grouped = grouped
        self._id_of = id_of
        self._known = {story.made_from: story for story in remembered.stories}
        self._now: dict[str, KnownStory] = {}  # by id
        self._coverage: dict[str, StoryCoverage] = {}
        self._story_of: dict[str, Story] = {}

    def story(self, keys: Collection[str]) -> Story:
        """The story of these records."""
        records = tuple(sorted([self._articles[key] for key in keys], key=time_order))
        lasting_id = self._id_of(records)
        title = next((t for k, t in self._titles.items() if k in keys), "") if self._titles else ""
        pinned = max((self._pins.get(k, 0) for k in keys), default=0) if self._pins else 0
        names = [self._references.names(article.path) for article in records]
        own = [article.fingerprint for article in records]
        made_from = fingerprint_of(lasting_id, own, names, title, pinned)
        remembered = self._known.get(made_from)
        if remembered:
            story = unchanged_stories.story_again(remembered, self._articles)
        else:
            story, coverage = self._maker.story(lasting_id, records, title, pinned)
            self._coverage[story.id] = coverage
            remembered = unchanged_stories.known_story(story, made_from)
        self._now[story.id] = remembered
        self._story_of.update(dict.fromkeys(keys, story))
        return story

    def coverage(self, story: Story) -> StoryCoverage:
        """Who reports a story."""
        coverage = self._coverage.get(story.id)
        if coverage is None:
            known = unchanged_stories.coverage_again(self._now[story.id], story)
            coverage = self._coverage[story.id] = known or self._maker.coverage(story.articles)
        return coverage

    def near(self, path: str) -> tuple[str, ...]:
        """Records of other stories that are most like this one, most alike first."""
        near = self._grouped.near(path)
        if not near:
            return ()
        own = {article.path for article in self._story_of[path].articles}
        return tuple([key for key in near if key not in own])

    def memory(self, rules: bytes, over_after: timedelta) -> bytes:
        """What the next build may be given: of stories that run their coverage too."""
        stories = {story.id: story for story in self._story_of.values()}
        newest_of = {name: story.newest for name, story in stories.items()}
        newest = max(filter(None, newest_of.values()), default=EPOCH)
        now = []
        for name, known in self._now.items():
            last = newest_of[name]
            if last and newest - last <= over_after:
                now.append(with_coverage(known, self._coverage.get(name)))
            else:
                now.append(without_coverage(known))
        return unchanged_stories.encoded(StoryMemory(rules, tuple(now), self._grouped.encoded()))


def _named(
    content: Content, articles: dict[str, Article]
) -> tuple[dict[str, str], dict[str, int], list[Problem]]:
    """Titles and pins by record (the first pin is the highest), and records that are not there."""
    decisions = content.decisions
    titles = {d.records[0]: d.title for d in decisions.title}
    count = len(decisions.pin)
    pins = {d.records[0]: count - i for i, d in reversed(tuple(enumerate(decisions.pin)))}
    held_back = {h.path: h.reason for h in content.held_back}
    problems = [
        problem
        for d in (*decisions.title, *decisions.pin)
        for problem in unknown_records(d, decisions.path, articles, held_back)
    ]
    return titles, pins, problems
