"""What is related to a record beyond its story: the pieces, in order, as lists show them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from newsstand.model import Article, Coverage
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import counted
from newsstand.outputs.html.coverage import item
from newsstand.outputs.html.views import CoverageItem
from newsstand.site import Site, newest_first
from newsstand.stories.grouping.tokens import stems_in
from newsstand.stories.story import piece_order
from newsstand.text.strings import plural

_MANY = 20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOUR = 3_600_000_000  # microseconds
_WEEK = 168.0  # hours


class _Known:
    """What is asked of a piece on every page that lists it, found out once.

    `words` are the stems of its headline, each once; `at` is its time in microseconds since 1970,
    `records` are the records that are this piece. It `is_held` if those have all its keys: then it
    adds nothing to them.
    """

    __slots__ = ("at", "is_held", "item", "keys", "piece", "records", "words")

    def __init__(self, piece: Coverage) -> None:
        self.piece = piece
        self.keys = piece.keys
        self.words = tuple(stems_in(piece.title))  # a set takes eight times as much
        self.at = (piece.published - _EPOCH) // _MICROSECOND if piece.published else None
        self.records: list[_Known] = []
        self.is_held = False
        self.item: CoverageItem | None = None


class _Pieces:
    """All pieces that were asked for, by identity: equal entries are one value mostly."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[int, _Known] = {}

    def of(self, piece: Coverage) -> _Known:
        """What is known of a piece."""
        known = self._known.get(id(piece))
        if known is None:
            if len(self._known) > _MANY:
                self._known.clear()
            known = self._known[id(piece)] = _Known(piece)
            holder = self._site.holder
            known.records = [self.of(a.piece) for k in piece.keys if (a := holder.get(k))]
            held = {k for record in known.records for k in record.keys}
            known.is_held = bool(piece.keys) and held.issuperset(piece.keys)
        return known

    def all_of(self, pieces: Iterable[Coverage]) -> list[_Known]:
        """What is known of each."""
        known, of = self._known.get, self.of
        return [known(id(piece)) or of(piece) for piece in pieces]

    def item(self, piece: Coverage) -> CoverageItem:
        """The piece in a list."""
        known = self.of(piece)
        if known.item is None:
            known.item = item(self._site, piece)
        return known.item


def _pieces(site: Site) -> _Pieces:
    return formatting.once(site, "pieces", lambda: _Pieces(site))


def related_pieces(site: Site, article: Article) -> tuple[Coverage, ...]:
    """What the record declares and what declares it, without its story's coverage.

    One entry per piece; those near the record in words and time come first.
    """
    story = site.told(site.story_of[article.path])
    shown = {k for piece in story.coverage for k in piece.keys} | set(article.piece.keys)
    pieces = _pieces(site)
    declared = (*article.related, *[a.piece for a in _named_by(site, article)])
    others = [
        known
        for known in pieces.all_of(declared)
        if shown.isdisjoint(known.keys) and (known.keys or known.piece not in story.coverage)
    ]
    records = [record for known in others if known.records for record in known.records]
    rest = [known for known in others if not known.is_held]
    near = _near(pieces.of(article.piece), (*dict.fromkeys(records), *rest))
    found: list[Coverage] = []
    for value in sorted(near, reverse=True):
        alike = near[value]
        found += sorted(alike, key=piece_order) if len(alike) > 1 else alike
    return tuple(found)


def _near(own: _Known, pieces: Iterable[_Known]) -> dict[float, list[Coverage]]:
    """Pieces, each once (as in `stories.one_each`), by how near they are to one.

    That is the words that two headlines share, halved for every week between them; 0 to a million.
    """
    near: dict[float, list[Coverage]] = {}
    seen: set[str] = set()
    words, moment = frozenset(own.words), own.at
    for known in pieces:
        keys = known.keys
        if keys:
            is_new = seen.isdisjoint(keys)
            seen.update(keys)
            if not is_new:
                continue
        theirs, at = known.words, known.at
        shared = 0.0
        if not words.isdisjoint(theirs):
            shared = len(words.intersection(theirs)) / math.sqrt(len(words) * len(theirs))
        if moment is None or at is None:
            value = shared * 250_000
        else:
            weeks = abs(moment - at) / _HOUR / _WEEK
            value = int((50_000 + shared * 1_000_000) * math.pow(2.0, -weeks) + 0.5)
        if value in near:
            near[value].append(known.piece)
        else:
            near[value] = [known.piece]
    return near


def _named_by(site: Site, article: Article) -> tuple[Article, ...]:
    """The records that name this one as related, newest first as all records are."""
    return newest_first([site.records[path] for path in site.kin.named_by(article.path)])


def related_items(site: Site, pieces: Iterable[Coverage]) -> tuple[CoverageItem, ...]:
    """Related pieces: each the same on every page that lists it."""
    return tuple(map(_pieces(site).item, pieces))


def related_count(pieces: Sequence[Coverage]) -> str:
    """Such as "36 reports from 12 outlets"."""
    return counted(len(pieces), len({p.outlet for p in pieces if p.outlet}))


def more_label(count: int) -> str:
    """What the fold of further related pieces says."""
    return f"Show {plural(count, 'more report')}" if count else ""
