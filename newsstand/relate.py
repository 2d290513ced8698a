"""The relate step: articles -> stories, each with all pieces that report it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from newsstand.config import Config
from newsstand.decisions import EditorsWord, editors_word, unknown_records
from newsstand.instants import hours_between
from newsstand.kinship import Kinship, Linked, Paths, kinship, links_of
from newsstand.likeness import LikenessIndex
from newsstand.memory import KnownStory
from newsstand.model import Article, Content, Coverage, Story, as_it_is
from newsstand.obeying import obey
from newsstand.pieces import Decisions, Piece, Rule
from newsstand.problems import Problem
from newsstand.regrouping import regroup
from newsstand.remembered import GroupMemory
from newsstand.stories import Maker, time_order

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Related:
    """The stories, not yet ranked, and the index that tells likeness.

    Stories that are what they were in the last build lack their coverage; `told` gives it.
    `touched` are the paths of records that may be near others than they were, and `groups` makes
    what the next build may remember of grouping.
    """

    stories: tuple[Story, ...]
    index: LikenessIndex
    kin: Kinship
    word: EditorsWord
    problems: tuple[Problem, ...]
    told: Callable[[Story], Story]
    touched: frozenset[str]
    groups: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What is known from the last build, as far as it still holds.

    `changed` are the paths of files that are not what they were, `names` what each record named as
    related, `stories` those that were made by the same weights, `groups` what grouping knew.
    """

    changed: frozenset[str]
    names: Mapping[str, Paths]
    stories: tuple[KnownStory, ...]
    groups: GroupMemory | None


def relate(
    content: Content,
    config: Config,
    whole: Callable[[Article], Article] = as_it_is,
    links: Mapping[str, Linked] | None = None,
    last: LastBuild | None = None,
) -> Related:
    """Every record in exactly one story. Order of the records changes nothing.

    `whole` gives an article of the content with what it names as related, and `links` the links of
    each; with `last` only stories are made that are not what they were.
    """
    articles = {a.path: a for a in content.articles}
    links = {p: links_of(whole(a)) for p, a in articles.items()} if links is None else links
    kin = kinship(links, last.changed, last.names) if last else kinship(links)
    rule = Rule(breadth=config.stories.breadth)
    word = editors_word(content)
    titles, pins, unknown = _named(content, articles)
    orders = Decisions(alone=word.orders.alone, apart=word.orders.apart)
    pieces = pieces_of(content.articles, kin)
    own = {piece.key: piece for piece in pieces}
    grouped = regroup(pieces, rule, orders, last.groups if last else None)
    index = grouped.index
    held = frozenset(chain.from_iterable([a.piece.keys for a in content.articles]))

    def is_near(article: Article, piece: Coverage) -> bool:
        return index.near(own[article.path], piece_of(piece, ""))

    teller = _Teller(Maker(config.ranking, held, is_near), articles, whole, titles, pins)
    if last:
        teller.remember(last, kin, grouped.touched)
    stories = [teller.story(keys) for keys in obey(grouped.stories, word.orders, index)]
    return Related(
        stories=tuple(stories),
        index=index,
        kin=kin,
        word=word,
        problems=(*word.problems, *unknown),
        told=teller.told,
        touched=grouped.touched,
        groups=lambda: grouped.memory.encode(),  # noqa: PLW0108  (the memory is made late)
    )


class _Teller:
    """Makes stories, or takes those of the last build that are what they were."""

    def __init__(
        self,
        maker: Maker,
        articles: Mapping[str, Article],
        whole: Callable[[Article], Article],
        titles: Mapping[str, str],
        pins: Mapping[str, int],
    ) -> None:
        self._maker = maker
        self._articles = articles
        self._whole = whole
        self._titles = titles
        self._pins = pins
        self._known: dict[Paths, KnownStory] = {}
        self._told: dict[str, Story] = {}

    def remember(self, last: LastBuild, kin: Kinship, touched: Set[str]) -> None:
        """Keep what is known of stories of which no record, nor what it names, has changed.

        Records are `touched` if what is near them in words may be something else.
        """
        fresh = {*last.changed, *touched}
        for path in last.names.keys() | kin.names.keys():
            if last.names.get(path, ()) != kin.names.get(path, ()):
                fresh.add(path)
        self._known = {s.articles: s for s in last.stories if fresh.isdisjoint(s.articles)}

    def story(self, keys: Sequence[str]) -> Story:
        """The story of these records."""
        members = sorted([self._articles[k] for k in keys], key=time_order)
        title = next((t for k, t in self._titles.items() if k in keys), "")
        pinned = max((self._pins.get(k, 0) for k in keys), default=0) if self._pins else 0
        known = self._known.get(tuple([a.path for a in members]))
        lead = self._articles[known.lead] if known else None
        if known and lead and known.title == (title or lead.title) and known.pinned == pinned:
            return _remembered(known, lead, tuple(members))
        return self._maker.story(map(self._whole, members), title, pinned)

    def told(self, story: Story) -> Story:
        """A story with its coverage."""
        if story.coverage:
            return story
        told = self._told.get(story.id)
        if told is None:
            told = self._maker.story(map(self._whole, story.articles), story.title, story.pinned)
            self._told[story.id] = told
        return told


def _remembered(known: KnownStory, lead: Article, members: tuple[Article, ...]) -> Story:
    return Story(
        id=known.id,
        title=known.title,
        lead=lead,
        articles=members,
        coverage=(),
        voices=(),
        outlets=known.outlets,
        heat=known.heat,
        promoted=known.promoted,
        pinned=known.pinned,
        first=known.first,
        middle=known.middle,
        mark=known.mark,
    )


def known_story(story: Story) -> KnownStory:
    """What is to be remembered of a story."""
    return KnownStory(
        id=story.id,
        title=story.title,
        lead=story.lead.path,
        articles=tuple(a.path for a in story.articles),
        outlets=story.outlets,
        heat=story.heat,
        promoted=story.promoted,
        pinned=story.pinned,
        first=story.first,
        middle=story.middle,
        mark=story.mark,
    )


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


def pieces_of(articles: Sequence[Article], kin: Kinship) -> list[Piece]:
    """What grouping needs to know of each record, with who declares whom."""
    return [piece_of(a.piece, a.path, frozenset(kin.of(a.path)), a.mark) for a in articles]


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
