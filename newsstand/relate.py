"""The relate step: articles -> stories, each with all pieces that report it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from newsstand.config import Config, Weights
from newsstand.copies import voices
from newsstand.decisions import EditorsWord, editors_word, unknown_records
from newsstand.grouping import Decisions, Piece, Rule, group_index
from newsstand.instants import hours_between
from newsstand.kinship import Kinship, kinship, links_of
from newsstand.likeness import LikenessIndex
from newsstand.marks import mark_of
from newsstand.model import Article, Content, Coverage, Story, as_it_is
from newsstand.obeying import obey
from newsstand.problems import Problem

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)
_SOON = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Related:
    """The stories, not yet ranked, and the index that tells likeness."""

    stories: tuple[Story, ...]
    index: LikenessIndex
    kin: Kinship
    word: EditorsWord
    problems: tuple[Problem, ...]


def relate(
    content: Content, config: Config, whole: Callable[[Article], Article] = as_it_is
) -> Related:
    """Every record in exactly one story. Order of the records changes nothing.

    `whole` gives an article of the content with what it names as related.
    """
    articles = {a.path: whole(a) for a in content.articles}
    kin = kinship({path: links_of(a) for path, a in articles.items()})
    index = LikenessIndex(pieces_of(content.articles, kin), Rule(breadth=config.stories.breadth))
    word = editors_word(content)
    editors_titles, pins, unknown = _named(content, articles)
    held = frozenset(key for a in content.articles for key in a.piece.keys)
    stories = []
    found = group_index(index, Decisions(alone=word.orders.alone, apart=word.orders.apart))
    for keys in obey(found, word.orders, index):
        members = tuple(sorted((articles[k] for k in keys), key=time_order))
        title = next((t for k, t in editors_titles.items() if k in keys), "")
        pinned = max((pins.get(k, 0) for k in keys), default=0)
        coverage = _coverage(members, index, held)
        stories.append(_story(members, coverage, config.ranking, title, pinned))
    return Related(tuple(stories), index, kin, word, (*word.problems, *unknown))


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
    return [piece_of(a.piece, a.path, frozenset(kin.of(a.path))) for a in articles]


def piece_of(coverage: Coverage, key: str, declared: frozenset[str] = frozenset()) -> Piece:
    """What likeness needs to know of one piece."""
    published = coverage.published
    return Piece(
        key=key,
        title=coverage.title,
        excerpt=coverage.excerpt,
        hours=None if published is None else hours_between(_EPOCH, published),
        outlet=coverage.outlet,
        declared=declared,
    )


def time_order(article: Article) -> tuple[bool, datetime, str]:
    """Oldest first, the undated last, then by path."""
    return (article.published is None, article.published or _LATEST, article.path)


def piece_order(piece: Coverage) -> tuple[bool, datetime, str, str, str]:
    """Oldest first, the undated last, then by outlet and words."""
    published = piece.published
    return (published is None, published or _LATEST, piece.outlet, piece.title, piece.link)


def one_each(pieces: Iterable[Coverage]) -> list[Coverage]:
    """Entries for the same piece (a key in common) once: the first of them."""
    seen: set[str] = set()
    kept = []
    for piece in pieces:
        if not piece.keys or seen.isdisjoint(piece.keys):
            kept.append(piece)
        seen.update(piece.keys)
    return kept


def _story(
    members: tuple[Article, ...],
    pieces: list[Coverage],
    weights: Weights,
    title: str,
    pinned: int,
) -> Story:
    coverage = tuple(sorted(pieces, key=piece_order))
    texts = [(p.title, p.excerpt, p.outlet) for p in coverage]
    spoken = voices(texts) if len(texts) > 1 else ((0,),)
    copies = _copies(coverage, spoken)
    lead = min(members, key=lambda article: _lead_order(article, copies))
    story = Story(
        id=members[0].slug,
        title=title or lead.title,
        lead=lead,
        articles=members,
        coverage=coverage,
        voices=spoken,
        outlets=tuple(dict.fromkeys(p.outlet for p in coverage if p.outlet)),
        heat=_heat(members, coverage, spoken, weights),
        promoted=any(a.promoted for a in members),
        pinned=pinned,
        first=coverage[0].outlet,
        middle=middle(coverage),
    )
    return replace(story, mark=_mark(story))


def _mark(story: Story) -> bytes:
    """Of all that a story says: the files of its records say what each piece is."""
    return mark_of(
        story.title,
        story.lead.path,
        [a.mark for a in story.articles],
        [(p.title, p.link) for p in story.coverage],
        story.voices,
        story.heat,
        story.promoted,
        story.pinned,
    )


def middle(coverage: Iterable[Coverage]) -> datetime | None:
    """The time of the median piece (the earlier of two), None where none is dated."""
    times = sorted(p.published for p in coverage if p.published)
    return times[(len(times) - 1) // 2] if times else None


def _coverage(
    members: tuple[Article, ...], index: LikenessIndex, held: frozenset[str]
) -> list[Coverage]:
    """The members' own pieces, and what they declare that is near in time and words.

    A declared piece that is a record too (one of its keys is in `held`) stands in the
    story that grouping gave that record.
    """
    near = []
    for article in members:
        own = piece_of(article.piece, article.path)
        near += [
            piece
            for piece in article.related
            if held.isdisjoint(piece.keys) and index.near(own, piece_of(piece, ""))
        ]
    return one_each([*(a.piece for a in members), *near])


def _copies(
    coverage: tuple[Coverage, ...], spoken: tuple[tuple[int, ...], ...]
) -> frozenset[Coverage]:
    """The pieces that repeat the text of an earlier one."""
    return frozenset(coverage[i] for voice in spoken for i in sorted(voice)[1:])


def _lead_order(article: Article, copies: frozenset[Coverage]) -> tuple[object, ...]:
    return (
        not article.promoted,
        -article.piece.quality,
        article.piece in copies,
        *time_order(article),
    )


def independent_outlets(
    coverage: Sequence[Coverage], spoken: Iterable[Sequence[int]]
) -> tuple[str, ...]:
    """Outlets with a report of their own: the first to say a text, not those that repeat it."""
    firsts = sorted(min(voice) for voice in spoken)
    return tuple(dict.fromkeys(coverage[i].outlet for i in firsts if coverage[i].outlet))


def _heat(
    members: Sequence[Article],
    coverage: Sequence[Coverage],
    spoken: Iterable[Sequence[int]],
    weights: Weights,
) -> float:
    """The highest heat that a record states (0 or more); else computed, see docs/stories.md."""
    stated = [a.heat for a in members if a.heat is not None and a.heat >= 0]
    if stated:
        return float(max(stated))
    independent = independent_outlets(coverage, spoken)
    dated = [p for p in coverage if p.published is not None and p.outlet in independent]
    first = min((p.published for p in dated if p.published), default=None)
    quick = {p.outlet for p in dated if first and p.published and p.published - first <= _SOON}
    best = max((max(p.quality, 0) for p in coverage), default=0)
    return weights.outlets * len(independent) + weights.speed * len(quick) + weights.quality * best
