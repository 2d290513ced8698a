"""What is related to a record beyond its story: the pieces, in order, as lists show them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from newsstand.model import Article, Coverage, StoryCoverage
from newsstand.outputs import urls
from newsstand.outputs.html.cards import counted, record_of
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.coverage import item
from newsstand.outputs.html.views_of_parts import CoverageItem
from newsstand.site import newest_first
from newsstand.stories.reports import NO_REPORTS
from newsstand.stories.story import one_each, piece_order
from newsstand.text.strings import plural
from newsstand.text.tokens import stems_in

_MANY = 20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOUR = 3_600_000_000  # microseconds
_WEEK = 168.0  # hours


class _PieceFacts:
    """What is asked of a piece on every page that lists it, found out once.

    `words` are the stems of its headline, each once; `at` is its time in microseconds since 1970.
    `items` are the piece in a list, by the record that it is ("" for none), and the list's year.
    """

    __slots__ = ("at", "items", "keys", "piece", "words")

    def __init__(self, piece: Coverage) -> None:
        self.piece = piece
        self.keys = piece.keys
        self.words = tuple(stems_in(piece.title))  # a set takes eight times as much
        self.at = (piece.published - _EPOCH) // _MICROSECOND if piece.published else None
        self.items: dict[tuple[str, int], CoverageItem] = {}


class _Pieces:
    """All pieces that were asked for, by identity: equal entries are one value mostly."""

    def __init__(self) -> None:
        self._facts: dict[int, _PieceFacts] = {}

    def of(self, piece: Coverage) -> _PieceFacts:
        """What there is to say of a piece."""
        facts = self._facts.get(id(piece))
        if facts is None:
            if len(self._facts) > _MANY:
                self._facts.clear()
            facts = self._facts[id(piece)] = _PieceFacts(piece)
        return facts

    def each(self, pieces: Iterable[Coverage]) -> list[_PieceFacts]:
        """What there is to say of each of some pieces."""
        known = self._facts.get
        return [known(id(piece)) or self.of(piece) for piece in pieces]


def _pieces(context: ViewContext) -> _Pieces:
    return context.once("pieces", _Pieces)


def related_pieces(
    context: ViewContext,
    article: Article,
    story: StoryCoverage,
    naming: Iterable[Article],
    holders: Mapping[str, Sequence[Article]],
) -> tuple[Coverage, ...]:
    """What the record declares and what declares it, without the coverage of its story.

    `naming` are the records that declare it, `holders` those that any of the pieces are, by key.
    One entry per piece; those near the record in words and time come first.
    """
    coverage = story.pieces
    shown = {k for piece in coverage for k in piece.keys} | set(article.piece.keys)
    of_records, records, rest = holders.keys(), list[Coverage](), list[Coverage]()
    for piece in (*context.body(article).related, *[a.piece for a in newest_first(naming)]):
        keys = piece.keys
        if not shown.isdisjoint(keys) or (not keys and piece in coverage):
            continue
        if not of_records.isdisjoint(keys):
            records += [holders[key][0].piece for key in keys if key in holders]
        rest.append(piece)  # left out below where it is such a record, but for its other links
    pieces = _pieces(context)
    others = pieces.each(one_each((*records, *rest)))
    near = _near(pieces.of(article.piece), others)
    in_order: list[Coverage] = []
    for value in sorted(near, reverse=True):
        alike = near[value]
        in_order += sorted(alike, key=piece_order) if len(alike) > 1 else alike
    return tuple(in_order)


def _near(own: _PieceFacts, pieces: Iterable[_PieceFacts]) -> dict[float, list[Coverage]]:
    """Pieces by how near they are to one.

    That is the words that two headlines share, halved for every week between them; 0 to a million.
    """
    near: dict[float, list[Coverage]] = {}
    words, moment = frozenset(own.words), own.at
    for facts in pieces:
        theirs, at = facts.words, facts.at
        shared = 0.0
        if not words.isdisjoint(theirs):
            shared = len(words.intersection(theirs)) / math.sqrt(len(words) * len(theirs))
        if moment is None or at is None:
            value = shared * 250_000
        else:
            weeks = abs(moment - at) / _HOUR / _WEEK
            value = int((50_000 + shared * 1_000_000) * math.pow(2.0, -weeks) + 0.5)
        if value in near:
            near[value].append(facts.piece)
        else:
            near[value] = [facts.piece]
    return near


def related_items(
    context: ViewContext,
    pieces: Iterable[Coverage],
    holders: Mapping[str, Sequence[Article]],
    year: int,
) -> tuple[CoverageItem, ...]:
    """Related pieces: each the same on every page that lists it."""
    shown = []
    for facts in _pieces(context).each(pieces):
        record = record_of(holders, facts.piece)
        slug = record.slug if record else ""
        entry = facts.items.get((slug, year))
        if entry is None:
            page = urls.article(slug) if record else ""
            entry = facts.items[slug, year] = item(context, facts.piece, page, year)
        shown.append(entry)
    return tuple(shown)


def related_count(pieces: Sequence[Coverage]) -> str:
    """Such as "36 reports from 12 outlets"; empty for a single one, which shows itself."""
    if len(pieces) < 2:
        return ""
    reports = [piece for piece in pieces if piece.kind not in NO_REPORTS] or pieces
    outlets = {piece.outlet for piece in reports if piece.outlet}
    return counted(len(reports), len(outlets), len(pieces) - len(reports))


def more_label(count: int) -> str:
    """What the fold of further related pieces says."""
    return f"Show {plural(count, 'more report')}" if count else ""
