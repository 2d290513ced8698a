"""A story from its records: its coverage, its voices, its lead, its heat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from newsstand.content.kinds.settings import Weights
from newsstand.model import Article, ArticleBody, Coverage, Story, StoryCoverage
from newsstand.stories.near_duplicates import overlap, voices
from newsstand.stories.reports import NO_REPORTS, first_report, independent_outlets, reports_of
from newsstand.text.fingerprint import fingerprint_of

_LATEST = datetime.max.replace(tzinfo=UTC)
_SOON = timedelta(hours=6)
_ONE_HEADLINE = 0.5  # part of the words of two headlines that say the same
_LAST_DAY = timedelta(hours=24)  # of a story: its headline is one of that
IsNear = Callable[[Coverage, Coverage], bool]
"""Whether a piece that a record declares (the second) reports the record's own event."""


def time_order(article: Article) -> tuple[bool, datetime, str]:
    """Oldest first, the undated last, then by path."""
    published = article.piece.published
    return (published is None, published or _LATEST, article.path)


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


def states_of(records: Collection[Article]) -> list[list[Article]]:
    """Records by the piece that they are, its oldest state first: those with one link are one.

    Where their headlines say different things (a changelog, a live blog) they are several.
    """
    links = [key for article in records for key in article.piece.keys]
    if len(set(links)) == len(links):  # mostly
        return [[article] for article in records]
    states: list[list[Article]] = []
    with_key: dict[str, list[list[Article]]] = {}
    for article in sorted(records, key=_state_order):
        keys = article.piece.keys
        same_key = [older for key in keys for older in with_key.get(key, ())]
        same = next((older for older in same_key if _says_the_same(older[-1], article)), None)
        if same is None:
            same = []
            states.append(same)
        same.append(article)
        for key in keys:
            if not any(state is same for state in with_key.setdefault(key, [])):
                with_key[key].append(same)
    return states


def _state_order(article: Article) -> tuple[bool, datetime, str]:
    moment = article.updated or article.published
    return (moment is not None, moment or _LATEST, article.path)


def _says_the_same(one: Article, other: Article) -> bool:
    return one.title == other.title or overlap(one.title, other.title) >= _ONE_HEADLINE


def _state(states: Sequence[Article]) -> Coverage:
    """The newest state of a piece, with the time of the first."""
    piece = states[-1].piece
    if len(states) == 1:
        return piece
    first = min((a.piece for a in states if a.published), key=piece_order, default=piece)
    return replace(piece, published=first.published, is_day=first.is_day)


class StoryMaker(Struct, frozen=True):
    """Makes the stories of a site.

    `body` gives the body of a record. `is_held` tells which pieces are records: they stand in the
    story of their record.
    """

    weights: Weights
    body: Callable[[Article], ArticleBody]
    is_held: Callable[[Coverage], bool]
    is_near: IsNear

    def story(
        self, lasting_id: str, records: tuple[Article, ...], title: str = "", pinned: int = 0
    ) -> tuple[Story, StoryCoverage]:
        """The story of records in order of time; `title` is the editor's own, "" for the lead's."""
        coverage = self.coverage(records)
        return story_of(lasting_id, records, coverage, self.weights, title, pinned), coverage

    def coverage(self, records: Iterable[Article]) -> StoryCoverage:
        """All that reports the event of these records, which come in order of time."""
        pieces = tuple(sorted(self._pieces(tuple(records)), key=_report_first))
        if len(pieces) == 1:
            return StoryCoverage(pieces, ((0,),))
        texts = [(p.title, p.excerpt, p.wire or p.outlet) for p in pieces]
        return StoryCoverage(pieces, voices(texts))

    def _pieces(self, members: Sequence[Article]) -> list[Coverage]:
        """The members' own pieces, and what they declare that is near in time and words."""
        near = [
            piece
            for article in members
            for piece in self.body(article).related
            if not self.is_held(piece) and self.is_near(article.piece, piece)
        ]
        return [*map(_state, states_of(members)), *one_each(near)]


def _report_first(piece: Coverage) -> tuple[object, ...]:
    """What is no report is never the first of a story that has one."""
    return (piece.kind in NO_REPORTS, *piece_order(piece))


def story_of(
    lasting_id: str,
    records: tuple[Article, ...],
    coverage: StoryCoverage,
    weights: Weights,
    title: str = "",
    pinned: int = 0,
) -> Story:
    """A story of records in order of time, and of all that reports it; `lasting_id` is its id."""
    pieces, reported = coverage.pieces, reports_of(coverage)
    first = first_report(coverage)
    lead = records[0] if len(records) == 1 else min(records, key=_lead_order(records, coverage))
    since: dict[str, datetime | None] = {}
    for piece in reported:
        if piece.outlet:
            since.setdefault(piece.outlet, piece.published)
    story = Story(
        id=lasting_id,
        title=title or lead.title,
        lead=lead,
        articles=records,
        outlets=tuple(since),
        heat=_heat(records, coverage, reported, weights),
        promoted=any(a.promoted for a in records),
        pinned=pinned,
        first=first.outlet if first else "",
        middle=middle(reported),
        reports=len(reported),
        others=len(pieces) - len(reported),
        since=tuple(since.values()) if len(since) > 1 else (),
    )
    return replace(story, fingerprint=_fingerprint(story, coverage))


def outlets_before(story: Story, end: datetime | None) -> int:
    """How many outlets had a story before a moment; None: in all. The undated always had."""
    if end is None or len(story.since) < 2:
        return len(story.outlets)
    return len([moment for moment in story.since if moment is None or moment < end])


def story_before(
    story: Story, coverage: StoryCoverage, end: datetime, weights: Weights
) -> tuple[Story, StoryCoverage]:
    """A story as it was at a moment: of what was published before it, and what has no time.

    Its headline is that of a report, since a title of the editor's may tell what came later. A
    story that had no record by then, or has had none since, is given as it is.
    """
    records = tuple([a for a in story.articles if a.published is None or a.published < end])
    kept = [n for n, p in enumerate(coverage.pieces) if p.published is None or p.published < end]
    is_whole = len(records) == len(story.articles) and len(kept) == len(coverage.pieces)
    if is_whole or not records:
        return story, coverage
    place = {old: new for new, old in enumerate(kept)}
    voices_then = [tuple(place[n] for n in voice if n in place) for voice in coverage.voices]
    state_of = {a.path: _state(states) for states in states_of(records) for a in states}
    states_then = {
        _state(states): state_of[a.path]
        for states in states_of(story.articles)
        for a in states
        if a.path in state_of
    }
    pieces = tuple([states_then.get(piece := coverage.pieces[n], piece) for n in kept])
    coverage_then = StoryCoverage(pieces, tuple(voice for voice in voices_then if voice))
    return story_of(story.id, records, coverage_then, weights), coverage_then


def _fingerprint(story: Story, coverage: StoryCoverage) -> bytes:
    """A fingerprint of all that a story says; that of a record does not say its related pieces.

    Of two entries for one piece, another one may be near by now.
    """
    own = {id(article.piece) for article in story.articles}
    return fingerprint_of(
        story.id,
        story.title,
        story.lead.path,
        [a.fingerprint for a in story.articles],
        [(p.title, p.link) if id(p) in own else p for p in coverage.pieces],
        coverage.voices,
        story.heat,
        story.promoted,
        story.pinned,
    )


def middle(coverage: Iterable[Coverage]) -> datetime | None:
    """The time of the median piece (the earlier of two), None where none is dated."""
    times = sorted(p.published for p in coverage if p.published)
    return times[(len(times) - 1) // 2] if times else None


def _copies(coverage: StoryCoverage) -> frozenset[Coverage]:
    """The pieces that repeat the text of an earlier one."""
    return frozenset(coverage.pieces[i] for voice in coverage.voices for i in sorted(voice)[1:])


def _lead_order(
    records: Sequence[Article], coverage: StoryCoverage
) -> Callable[[Article], tuple[object, ...]]:
    """What leads a story comes first: the newest good report of its own of the story's last day.

    An advert or an opinion does so only where there is nothing else, a copy where all are copies,
    and the older state of a piece never before the newest. "Good" is a quality of half the best of
    that day or more.
    """
    copies = _copies(coverage)
    now = {states[-1].path: _state(states) for states in states_of(records)}
    newest = max((a.published for a in records if a.published), default=None)

    def is_late(article: Article) -> bool:
        published = article.published
        return bool(newest and published and newest - published <= _LAST_DAY)

    day = [a for a in records if is_late(a)] or records
    best = max(a.piece.quality for a in day)

    def order(article: Article) -> tuple[object, ...]:
        published = article.published
        return (
            article.piece.kind in NO_REPORTS,
            newest is not None and not is_late(article),
            now.get(article.path) in copies,
            article.path not in now,
            not article.promoted,
            2 * article.piece.quality < best,
            -published.timestamp() if published else 0.0,
            article.path,
        )

    return order


def _heat(
    members: Sequence[Article],
    coverage: StoryCoverage,
    reported: Sequence[Coverage],
    weights: Weights,
) -> float:
    """The highest heat that a record states (0 or more); else computed, see docs/stories.md."""
    are_reports = [a for a in members if a.piece.kind not in NO_REPORTS] or members
    stated = [a.heat for a in are_reports if a.heat is not None and a.heat >= 0]
    if stated:
        return float(max(stated))
    independent = independent_outlets(coverage)
    dated = [
        (p.published, p.outlet)
        for p in reported
        if p.published and not p.is_day and p.outlet in independent
    ]
    first = min(dated, default=(_LATEST, ""))[0]
    quick = {outlet for moment, outlet in dated if moment - first <= _SOON}
    best = max([0, *[p.quality for p in reported]])
    return weights.outlets * len(independent) + weights.speed * len(quick) + weights.quality * best
