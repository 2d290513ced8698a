"""The relate step: articles -> stories, each with all pieces that report it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain

from newsstand.build.state import KnownRows, KnownStory
from newsstand.content.kinds.settings import Config
from newsstand.model import Article, Content, Coverage, Story, as_it_is
from newsstand.problems import Problem
from newsstand.stories.editor import EditorsWord, editors_word, unknown_records
from newsstand.stories.grouping.pieces import Decisions, Piece, Pieces, Rule
from newsstand.stories.grouping.regrouping import regroup
from newsstand.stories.grouping.remembered import GroupMemory
from newsstand.stories.grouping.similarity import LikenessIndex
from newsstand.stories.overrides import obey
from newsstand.stories.references import Kinship, Linked, Paths, kinship, links_of, named_otherwise
from newsstand.stories.story import Maker, time_order
from newsstand.text.dates import hours_between

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Related:
    """The stories, not yet ranked, and the index that tells likeness.

    Stories that are what they were in the last build lack their coverage; `told` gives it.
    `touched` are the paths of records that may be near others than they were, `renamed` of those
    that name others or are named by others, and `groups` makes what the next build may remember of
    grouping.
    """

    records: Mapping[str, Article]  # by path
    stories: tuple[Story, ...]
    index: LikenessIndex
    kin: Kinship
    word: EditorsWord
    problems: tuple[Problem, ...]
    told: Callable[[Story], Story]
    touched: frozenset[str]
    renamed: frozenset[str] | None  # None without a last build
    groups: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What is known from the last build, as far as it still holds.

    `changed` are the paths of files that are not what they were, `relinked` of records that have
    other links now, or have come or gone, `kin` tells who named whom, `stories` are those that
    were made by the same weights, `rows` how records were listed, `article` gives one as it was,
    `groups` is what grouping knew.
    """

    changed: frozenset[str]
    relinked: frozenset[str]
    kin: Kinship
    stories: tuple[KnownStory, ...]
    rows: KnownRows
    article: Callable[[str], Article | None]
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
    kin = kinship(links, last.relinked, last.kin) if last else kinship(links)
    renamed = _renamed(last, kin) if last else None
    rule = Rule(breadth=config.stories.breadth)
    word = editors_word(content, articles)
    titles, pins, unknown = _named(content, articles)
    orders = Decisions(alone=word.orders.alone, apart=word.orders.apart)
    pieces = pieces_of(articles, kin, last.changed if last else None, renamed)
    grouped = regroup(pieces, rule, orders, last.groups if last else None)
    index = grouped.index

    def is_near(article: Article, piece: Coverage) -> bool:
        return index.near(pieces[article.path], piece_of(piece, ""))

    maker = Maker(config.ranking, _holding(content.articles), is_near)
    teller = _Teller(maker, articles, whole, titles, pins)
    if last and renamed is not None:
        teller.remember(last, {*last.changed, *grouped.touched, *renamed})
    stories = [teller.story(keys) for keys in obey(grouped.stories, word.orders, index)]
    return Related(
        records=articles,
        stories=tuple(stories),
        index=index,
        kin=kin,
        word=word,
        problems=(*word.problems, *unknown),
        told=teller.told,
        touched=grouped.touched,
        renamed=renamed,
        groups=lambda: grouped.memory.encode(),  # noqa: PLW0108  (the memory is made late)
    )


def _renamed(last: LastBuild, kin: Kinship) -> frozenset[str]:
    """The records that name others, or are named by others, than in the last build."""
    if kin is last.kin:
        return frozenset()
    found = named_otherwise(last.kin, kin, last.relinked)
    named = (one.names(path) for one in (last.kin, kin) for path in found)
    return frozenset(found.union(*named))


def _holding(articles: Sequence[Article]) -> Callable[[Coverage], bool]:
    """What tells whether a piece is a record."""

    @cache
    def keys() -> frozenset[str]:  # not needed where no story is made anew
        return frozenset(chain.from_iterable([a.piece.keys for a in articles]))

    return lambda piece: not keys().isdisjoint(piece.keys)


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
        self._known: dict[Paths, KnownStory] = {}  # by its records in order of time
        self._told: dict[str, Story] = {}

    def remember(self, last: LastBuild, fresh: Set[str]) -> None:
        """Keep what is known of stories of which no record is among some.

        These are those that have changed, that name others or are named by others, or that others
        may be near to in words.
        """
        self._known = {s.articles: s for s in last.stories if fresh.isdisjoint(s.articles)}

    def story(self, keys: Collection[str]) -> Story:
        """The story of these records."""
        titles = self._titles
        title = next((t for k, t in titles.items() if k in keys), "") if titles else ""
        pinned = max((self._pins.get(k, 0) for k in keys), default=0) if self._pins else 0
        known = self._known.get(keys if isinstance(keys, tuple) else self._in_order(keys))
        if known and known.pinned == pinned:
            lead = self._articles[known.lead]
            if known.title == (title or lead.piece.title):
                return _remembered(known, lead, tuple([self._articles[k] for k in known.articles]))
        return self._maker.story([self._whole(self._articles[k]) for k in keys], title, pinned)

    def _in_order(self, keys: Collection[str]) -> Paths:
        members = sorted([self._articles[key] for key in keys], key=time_order)
        return tuple([article.path for article in members])

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
        known.id,
        known.title,
        lead,
        members,
        (),
        (),
        known.outlets,
        known.heat,
        known.promoted,
        known.pinned,
        known.first,
        known.middle,
        known.mark,
    )


def known_story(story: Story, card: bytes, then: KnownStory | None = None) -> KnownStory:
    """What is to be remembered of a story, and a mark of how it is shown.

    `then` is what was known of it: most often the same.
    """
    if then is not None and (then.mark, then.card) == (story.mark, card):
        return then
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
        card=card,
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


def pieces_of(
    articles: Mapping[str, Article],
    kin: Kinship,
    changed: Set[str] | None = None,
    renamed: Set[str] | None = None,
) -> Pieces:
    """What grouping needs to know of each record, with who declares whom.

    `changed` are those that are not what they were in the last build, `renamed` those that declare
    others, or may; None for all.
    """

    def piece(path: str) -> Piece:
        article = articles[path]
        return piece_of(article.piece, path, frozenset(kin.of(path)), article.mark)

    return Pieces(_Marks(articles), piece, changed, renamed)


class _Marks(Mapping[str, bytes]):
    """The mark of each record; most are not asked for."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles

    def __getitem__(self, path: str) -> bytes:
        return self._articles[path].mark

    def __contains__(self, path: object) -> bool:
        return path in self._articles

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)


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
