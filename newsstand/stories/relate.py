"""The relate step: articles -> stories, each with all pieces that report it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain

from newsstand.content.kinds.settings import Config
from newsstand.content.link_hashes import link_hashes
from newsstand.model import Article, ArticleBody, Content, Coverage, Story, StoryCoverage
from newsstand.problems import Problem
from newsstand.stories import memory
from newsstand.stories.editor import EditorsWord, editors_word, unknown_records
from newsstand.stories.grouping.pieces import Decisions, Piece, Pieces, Rule
from newsstand.stories.grouping.regrouping import Grouped, regroup
from newsstand.stories.grouping.remembered import GroupMemory
from newsstand.stories.grouping.similarity import LikenessIndex
from newsstand.stories.memory import KnownStory, StoryMemory
from newsstand.stories.overrides import obey
from newsstand.stories.references import Linked, References, references
from newsstand.stories.story import StoryMaker, time_order
from newsstand.text.dates import hours_between
from newsstand.text.fingerprint import fingerprint_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEAR = 4  # records that a page lists as near
_LEAST_WORDS = 2  # in common; one makes no two reports similar


@dataclass(frozen=True, slots=True)
class Related:
    """The stories, not yet ranked, and what answers questions about them.

    `coverage` gives who reports a story. `near` gives the records of other stories (paths, most
    alike first) that are most like a record. `memory` makes what the next build may be given.
    """

    records: Mapping[str, Article]  # by path
    stories: tuple[Story, ...]
    body: Callable[[Article], ArticleBody]
    coverage: Callable[[Story], StoryCoverage]
    near: Callable[[str], tuple[str, ...]]
    references: References
    word: EditorsWord
    index: LikenessIndex
    problems: tuple[Problem, ...]
    memory: Callable[[], bytes]


def relate(
    content: Content,
    config: Config,
    body: Callable[[Article], ArticleBody],
    links: Mapping[str, Linked] | None = None,
    before: bytes = b"",
) -> Related:
    """Every record in exactly one story. Order of the records changes nothing.

    `body` gives the body of a record, `links` the links of each by path. `before` is what an
    earlier build remembered; it changes nothing but the time that this takes.
    """
    articles = {a.path: a for a in content.articles}
    found = references(links or {p: link_hashes(a, body(a)) for p, a in articles.items()})
    rules = fingerprint_of(config.ranking, config.stories)
    known = memory.decoded(before)
    known = known if known.rules == rules else memory.NOTHING
    word = editors_word(content, articles)
    pieces = pieces_of(articles, found)
    orders = Decisions(alone=word.orders.alone, apart=word.orders.apart)
    rule = Rule(breadth=config.stories.breadth)
    grouped = regroup(pieces, rule, orders, _groups(known.groups))
    maker = StoryMaker(
        config.ranking, body, _holding(content.articles), partial(_is_near, grouped.index, pieces)
    )
    titles, pins, unknown = _named(content, articles)
    teller = _Teller(maker, articles, found, titles, pins, grouped, known)
    groups = obey(grouped.stories, word.orders, grouped.index)
    stories = tuple([teller.story(keys) for keys in groups])
    return Related(
        records=articles,
        stories=stories,
        body=body,
        coverage=teller.coverage,
        near=teller.near,
        references=found,
        word=word,
        index=grouped.index,
        problems=(*word.problems, *unknown),
        memory=partial(teller.memory, rules),
    )


def _groups(encoded: bytes) -> GroupMemory | None:
    """What grouping knew; nothing where that was made by another version."""
    try:
        return GroupMemory.decode(encoded)
    except ValueError:
        return None


def _is_near(index: LikenessIndex, pieces: Pieces, article: Article, piece: Coverage) -> bool:
    return index.near(pieces[article.path], piece_of(piece, ""))


def _holding(articles: Sequence[Article]) -> Callable[[Coverage], bool]:
    """What tells whether a piece is a record."""
    keys = frozenset(chain.from_iterable([a.piece.keys for a in articles]))
    return lambda piece: not keys.isdisjoint(piece.keys)


class _Teller:
    """Makes stories, or takes those of the last build that would be made the same."""

    def __init__(
        self,
        maker: StoryMaker,
        articles: Mapping[str, Article],
        found: References,
        titles: Mapping[str, str],
        pins: Mapping[str, int],
        grouped: Grouped,
        known: StoryMemory,
    ) -> None:
        self._maker = maker
        self._articles = articles
        self._references = found
        self._titles = titles
        self._pins = pins
        self._grouped = grouped
        touched = grouped.touched
        self._known = {s.made_from: s for s in known.stories if touched.isdisjoint(s.articles)}
        self._near = {p: near for p, near in known.near.items() if p not in touched}
        self._now: list[KnownStory] = []
        self._coverage: dict[str, StoryCoverage] = {}
        self._story_of: dict[str, Story] = {}

    def story(self, keys: Collection[str]) -> Story:
        """The story of these records."""
        records = sorted([self._articles[key] for key in keys], key=time_order)
        title = next((t for k, t in self._titles.items() if k in keys), "") if self._titles else ""
        pinned = max((self._pins.get(k, 0) for k in keys), default=0) if self._pins else 0
        made_from = self._made_from(records, title, pinned)
        known = self._known.get(made_from)
        if known:
            story = memory.story_again(known, self._articles)
        else:
            story, coverage = self._maker.story(records, title, pinned)
            self._coverage[story.id] = coverage
            known = memory.known_story(story, made_from)
        self._now.append(known)
        self._story_of.update(dict.fromkeys(keys, story))
        return story

    def _made_from(self, records: Sequence[Article], title: str, pinned: int) -> bytes:
        """A fingerprint of what a story is made from, but for how near pieces are in words."""
        names = [self._references.of(article.path) for article in records]
        return fingerprint_of([a.fingerprint for a in records], names, title, pinned)

    def coverage(self, story: Story) -> StoryCoverage:
        """Who reports a story."""
        coverage = self._coverage.get(story.id)
        if coverage is None:
            coverage = self._coverage[story.id] = self._maker.coverage(story.articles)
        return coverage

    def near(self, path: str) -> tuple[str, ...]:
        """Records of other stories that are most like this one, most alike first."""
        found = self._near.get(path)
        if found is None:
            own = {article.path for article in self._story_of[path].articles}
            nearest = self._grouped.nearest(path, _NEAR + len(own))
            found = tuple(
                key for key, alike in nearest if key not in own and len(alike.words) >= _LEAST_WORDS
            )
            self._near[path] = found
        return found

    def memory(self, rules: bytes) -> bytes:
        """What the next build may be given."""
        near = {path: found for path, found in self._near.items() if path in self._articles}
        groups = self._grouped.memory.encode()
        return memory.encoded(StoryMemory(rules, tuple(self._now), near, groups))


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


def pieces_of(articles: Mapping[str, Article], found: References) -> Pieces:
    """What grouping needs to know of each record, with who declares whom."""

    def piece(path: str) -> Piece:
        article = articles[path]
        return piece_of(article.piece, path, frozenset(found.of(path)), article.fingerprint)

    return Pieces({path: a.fingerprint for path, a in articles.items()}, piece)


def piece_of(
    coverage: Coverage, key: str, declared: frozenset[str] = frozenset(), mark: bytes = b""
) -> Piece:
    """What likeness needs to know of one piece."""
    published = coverage.published
    return Piece(
        key=key,
        title=coverage.title,
        excerpt=coverage.excerpt,
        hours=None if published is None else hours_between(_EPOCH, published),
        outlet=coverage.outlet,
        declared=declared,
        mark=mark,
    )
