"""A story from its records: its coverage, its voices, its lead, its heat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from newsstand.content.kinds.settings import Weights
from newsstand.model import Article, ArticleBody, Coverage, Story, StoryCoverage
from newsstand.stories.near_duplicates import voices
from newsstand.text.fingerprint import fingerprint_of

_LATEST = datetime.max.replace(tzinfo=UTC)
_SOON = timedelta(hours=6)
# What a record's `type` may say that it is instead of a report.
NO_REPORTS = frozenset("sponsored opinion column review quiz horoscope live".split())
IsNear = Callable[[Article, Coverage], bool]
"""Whether a piece that a record declares reports the record's own event."""


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


@dataclass(frozen=True, slots=True)
class StoryMaker:
    """Makes the stories of a site.

    `body` gives the body of a record. `is_held` tells which pieces are records: such a declared
    piece stands in the story that grouping gave its record, and nowhere else.
    """

    weights: Weights
    body: Callable[[Article], ArticleBody]
    is_held: Callable[[Coverage], bool]
    is_near: IsNear

    def story(
        self, members: Iterable[Article], title: str = "", pinned: int = 0
    ) -> tuple[Story, StoryCoverage]:
        """The story of these records; `title` is the editor's own, "" for the lead's."""
        records = tuple(sorted(members, key=time_order))
        coverage = self.coverage(records)
        reported = reports_of(coverage)
        copies = _copies(coverage)
        lead = min(records, key=lambda article: _lead_order(article, copies, reported))
        story = Story(
            id=records[0].slug,
            title=title or lead.title,
            lead=lead,
            articles=records,
            outlets=reporting_outlets(coverage),
            heat=_heat(records, coverage, self.weights),
            promoted=any(a.promoted for a in records),
            pinned=pinned,
            first=reported[0].outlet,
            middle=middle(reported),
        )
        return replace(story, fingerprint=_fingerprint(story, coverage)), coverage

    def coverage(self, records: Iterable[Article]) -> StoryCoverage:
        """All that reports the event of these records, which come in order of time."""
        pieces = tuple(sorted(self._pieces(tuple(records)), key=_report_first))
        texts = [(p.title, p.excerpt, p.wire or p.outlet) for p in pieces]
        return StoryCoverage(pieces, voices(texts) if len(texts) > 1 else ((0,),))

    def _pieces(self, members: Sequence[Article]) -> list[Coverage]:
        """The members' own pieces, and what they declare that is near in time and words."""
        near = [
            piece
            for article in members
            for piece in self.body(article).related
            if not self.is_held(piece) and self.is_near(article, piece)
        ]
        return one_each([*(a.piece for a in members), *near])


def _report_first(piece: Coverage) -> tuple[object, ...]:
    """What is no report is never the first of a story that has one."""
    return (piece.kind in NO_REPORTS, *piece_order(piece))


def _fingerprint(story: Story, coverage: StoryCoverage) -> bytes:
    """Of all that a story says: its records say what their pieces are, those they declare do not.

    Of two entries for one piece, another one may be near by now.
    """
    own = {id(article.piece) for article in story.articles}
    return fingerprint_of(
        story.title,
        story.lead.path,
        [a.fingerprint for a in story.articles],
        [(p.title, p.link) if id(p) in own else p for p in coverage.pieces],
        coverage.voices,
        story.heat,
        story.promoted,
        story.pinned,
    )


def reports_of(coverage: StoryCoverage) -> tuple[Coverage, ...]:
    """The pieces that report; all, where none does."""
    found = tuple(piece for piece in coverage.pieces if piece.kind not in NO_REPORTS)
    return found or coverage.pieces


def reporting_outlets(coverage: StoryCoverage) -> tuple[str, ...]:
    """The outlets that report, each once, the first to do so first."""
    return tuple(dict.fromkeys(piece.outlet for piece in reports_of(coverage) if piece.outlet))


def middle(coverage: Iterable[Coverage]) -> datetime | None:
    """The time of the median piece (the earlier of two), None where none is dated."""
    times = sorted(p.published for p in coverage if p.published)
    return times[(len(times) - 1) // 2] if times else None


def _copies(coverage: StoryCoverage) -> frozenset[Coverage]:
    """The pieces that repeat the text of an earlier one."""
    return frozenset(coverage.pieces[i] for voice in coverage.voices for i in sorted(voice)[1:])


def _lead_order(
    article: Article, copies: frozenset[Coverage], reported: Sequence[Coverage]
) -> tuple[object, ...]:
    return (
        article.piece.kind in NO_REPORTS and reported[0].kind not in NO_REPORTS,
        not article.promoted,
        -article.piece.quality,
        article.piece in copies,
        *time_order(article),
    )


def independent_outlets(coverage: StoryCoverage) -> tuple[str, ...]:
    """Outlets with a report of their own: the first to say a text, not those that repeat it."""
    reported = reports_of(coverage)
    firsts = [coverage.pieces[place] for place in sorted(map(min, coverage.voices))]
    own = [piece.outlet for piece in firsts if piece.outlet and piece in reported]
    return tuple(dict.fromkeys(own))


def _heat(members: Sequence[Article], coverage: StoryCoverage, weights: Weights) -> float:
    """The highest heat that a record states (0 or more); else computed, see docs/stories.md."""
    are_reports = [a for a in members if a.piece.kind not in NO_REPORTS] or members
    stated = [a.heat for a in are_reports if a.heat is not None and a.heat >= 0]
    if stated:
        return float(max(stated))
    independent = independent_outlets(coverage)
    reported = reports_of(coverage)
    dated = [p for p in reported if p.published is not None and p.outlet in independent]
    first = min((p.published for p in dated if p.published), default=None)
    quick = {p.outlet for p in dated if first and p.published and p.published - first <= _SOON}
    best = max((max(p.quality, 0) for p in reported), default=0)
    return weights.outlets * len(independent) + weights.speed * len(quick) + weights.quality * best
