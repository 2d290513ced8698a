"""The words of pieces as tables: a row for each piece, in which a word can be looked for."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsstand.stories.grouping.candidates import Telling
from newsstand.stories.grouping.columns import Splice, cell, places_of
from newsstand.stories.grouping.lexicon import WEIGHTS, Lexicon, Row
from newsstand.stories.grouping.likelihood import PART_OF_WORTH
from newsstand.stories.grouping.term_weights import MOST_TELLING, Text, Weighing

_ID = 4  # bytes of a word's number
_MANY = 1500  # searches; for more it is quicker to sort all pieces by their words
_NO_WORD = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, eq=False)
class WordTable:
    """All words of each piece: numbers, where each piece's end, codes of their weights.

    `prints` are four bytes for each piece that are equal where its words are.
    """

    ids: bytes
    ends: array[int]
    codes: bytes
    prints: bytes

    @classmethod
    def of(cls, rows: Sequence[Row]) -> WordTable:
        """Make the table of these rows."""
        return cls(b"", array("I"), b"", b"").spliced(Splice([], 0, len(rows)), rows)

    def row(self, place: int) -> Row:
        """The words of one piece."""
        start, end = self._span(place)
        return array("I", self.ids[_ID * start : _ID * end]), self.codes[start:end]

    def _span(self, place: int) -> tuple[int, int]:
        return (self.ends[place - 1] if place else 0), self.ends[place]

    def with_word(self, word: int) -> list[int]:
        """Places of the pieces that have a word, in order."""
        return [bisect_right(self.ends, at) for at in places_of(self.ids, _bytes(word))]

    def stands(self, row: Row, counted: int) -> bool:
        """Whether one of the first so many pieces has these very words."""
        places = places_of(self.prints, _print_of(row), 0, counted)
        return any(self.row(n) == row for n in places)

    def spliced(self, splice: Splice, rows: Sequence[Row]) -> WordTable:
        """The next version of the table, with new rows."""
        ids, codes, ends = list[bytes](), list[bytes](), array("I")
        more, end = iter(rows), 0
        for first, new, count in (*splice.runs, (0, splice.after, 0)):
            while len(ends) < new:
                row = next(more)
                ids.append(row[0].tobytes())
                codes.append(row[1])
                end += len(row[1])
                ends.append(end)
            if count:
                start, stop = self._span(first)[0], self.ends[first + count - 1]
                ids.append(self.ids[_ID * start : _ID * stop])
                codes.append(self.codes[start:stop])
                ends.extend(_shifted(self.ends[first : first + count], end - start))
                end += stop - start
        prints = splice.column(self.prints, 4, map(_print_of, rows))
        return WordTable(b"".join(ids), ends, b"".join(codes), prints)


@dataclass(frozen=True, slots=True, eq=False)
class ToldTable:
    """The most telling words of each piece, as many cells for each, and its length by them."""

    ids: bytes
    codes: bytes
    lengths: array[float]
    _found: dict[tuple[int, int, int], list[int]] = field(default_factory=dict)
    _postings: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Sequence[tuple[Text, Telling]], lexicon: Lexicon) -> ToldTable:
        """Make the table of texts and what tells most in them."""
        empty = cls(b"", b"", array("d"))
        return empty.spliced(Splice([], 0, len(told)), told, lexicon)

    def at(self, place: int, lexicon: Lexicon, weighing: Weighing) -> Telling:
        """What tells most of one piece."""
        at, ids, worths = place * MOST_TELLING, self.words_at(place), []
        for word, code in zip(ids, self.codes[at : at + len(ids)], strict=True):
            name = lexicon.words[word]
            worths.append((weighing.worth[name] * PART_OF_WORTH[WEIGHTS[code]], name))
        return worths, self.lengths[place]

    def words_at(self, place: int) -> list[int]:
        """Numbers of the words that tell most of one piece."""
        at = _ID * place * MOST_TELLING
        ids = array("I", self.ids[at : at + _ID * MOST_TELLING])
        return [word for word in ids if word != _NO_WORD]

    def with_word(self, word: int, low: int, high: int) -> list[int]:
        """Places, from one to before another, of the pieces that a word tells much of."""
        asked = word, low, high
        if len(self._found) == _MANY and not self._postings:
            for at, number in enumerate(array("I", self.ids)):
                self._postings.setdefault(number, []).append(at // MOST_TELLING)
        if self._postings:
            places = self._postings.get(word, [])
            return places[bisect_left(places, low) : bisect_left(places, high)]
        if asked not in self._found:
            width = MOST_TELLING
            cells = places_of(self.ids, _bytes(word), low * width, high * width)
            self._found[asked] = [at // width for at in cells]
        return self._found[asked]

    def spliced(
        self, splice: Splice, told: Sequence[tuple[Text, Telling]], lexicon: Lexicon
    ) -> ToldTable:
        """The next version of the table, with new rows."""
        rows = [_told_row(text, telling, lexicon) for text, telling in told]
        lengths = array("d", [telling[1] for _, telling in told]).tobytes()
        return ToldTable(
            splice.column(self.ids, _ID * MOST_TELLING, [ids for ids, _ in rows]),
            splice.column(self.codes, MOST_TELLING, [codes for _, codes in rows]),
            array(
                "d",
                splice.column(
                    self.lengths.tobytes(), 8, [cell(lengths, n, 8) for n in range(len(told))]
                ),
            ),
        )


def _told_row(text: Text, telling: Telling, lexicon: Lexicon) -> tuple[bytes, bytes]:
    words = [word for _, word in telling[0]]
    ids = [lexicon.ids[word] for word in words]
    codes = bytes(WEIGHTS.index(text[word]) for word in words)
    more = MOST_TELLING - len(words)
    return array("I", [*ids, *[_NO_WORD] * more]).tobytes(), codes + bytes(more)


def _bytes(word: int) -> bytes:
    return array("I", [word]).tobytes()


def _print_of(row: Row) -> bytes:
    return array("I", [zlib.crc32(row[1], zlib.crc32(row[0]))]).tobytes()


def _shifted(ends: array[int], by: int) -> Iterable[int]:
    return ends if by == 0 else [end + by for end in ends]


class Texts(Sequence[Text]):
    """The weighted words of pieces, read from their table when asked for."""

    def __init__(self, table: WordTable, lexicon: Lexicon) -> None:
        self._table, self._lexicon = table, lexicon
        self._read: dict[int, Text] = {}

    def __getitem__(self, place: int) -> Text:  # type: ignore[override]
        if place not in self._read:
            self._read[place] = self._lexicon.text_of(*self._table.row(place))
        return self._read[place]

    def __len__(self) -> int:
        return len(self._table.ends)


class Tellings(Sequence[Telling]):
    """What tells most of pieces, read from its table when asked for."""

    def __init__(self, table: ToldTable, lexicon: Lexicon, weighing: Weighing) -> None:
        self.table, self._lexicon, self._weighing = table, lexicon, weighing
        self._read: dict[int, Telling] = {}

    def __getitem__(self, place: int) -> Telling:  # type: ignore[override]
        if place not in self._read:
            self._read[place] = self.table.at(place, self._lexicon, self._weighing)
        return self._read[place]

    def __len__(self) -> int:
        return len(self.table.lengths)
