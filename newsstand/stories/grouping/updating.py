"""What a change of some pieces does to the words of all.

Whatever a piece's words and weights depend on, and that changed, is looked for in the columns by
what changed: a habit that became one or ceased, a compound whose parts came or went, a word whose
weight is another now. Where the whole site is known by something else (it is another month, or
twice as large), nothing is followed up: that raises TooMuchError.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from newsstand.stories.grouping.columns import Splice
from newsstand.stories.grouping.compounds import SHORTEST_COMPOUND, add_parts, parts_among
from newsstand.stories.grouping.differences import Difference, TooMuchError, most_changed
from newsstand.stories.grouping.habits import KINDS, HabitTable, habits_of
from newsstand.stories.grouping.lexicon import PARTS, Counts, KnownWords, Lexicon, Row
from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.remembered import GroupMemory
from newsstand.stories.grouping.similarity import weighing_of
from newsstand.stories.grouping.term_weights import Text, Weighing, Wording
from newsstand.stories.grouping.time_decay import Times
from newsstand.stories.grouping.tokens import parts_of, tail_of, words_of
from newsstand.stories.grouping.word_tables import ToldTable, WordTable


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of all pieces after a change. `again` are places whose neighbours may be others."""

    lexicon: Lexicon
    known: array[int]
    counts: array[int]
    counted: int
    habits: HabitTable
    rows: WordTable
    told: ToldTable
    weighing: Weighing
    again: set[int]


def reading(
    memory: GroupMemory, found: Difference, splice: Splice, pieces: Sequence[Piece], times: Times
) -> Reading:
    """Read what is to be read again, and weigh what weighs another thing now."""
    step = _Reader(memory, found, splice, pieces)
    own = step.own_words()
    known = step.known_after(own)
    own |= step.with_other_compounds(known, own)
    rows, new = step.rows(own, known)
    counts, counted, changes = step.counts(rows, new, times.counted)
    known.extend([0] * (len(step.lexicon.words) - len(known)))
    before = _weighing(step.lexicon, memory.counts, memory.counted, memory, times)
    after = _weighing(step.lexicon, counts, counted, memory, times)
    if before.common.scale != after.common.scale:
        raise TooMuchError
    moved = set(own)
    for word in changes:
        name = step.lexicon.words[word]
        if before.common[name] != after.common[name]:
            moved.update(rows.with_word(word))
    if len(moved | step.again) > 2 * most_changed(len(pieces)):
        raise TooMuchError
    texts = (step.lexicon.text_of(*rows.row(n)) for n in sorted(moved))
    told = memory.told.spliced(
        splice.without(moved), [(text, after.told(text)) for text in texts], step.lexicon
    )
    return Reading(
        step.lexicon, known, counts, counted, step.habits, rows, told, after, step.again | moved
    )


def _weighing(
    lexicon: Lexicon, counts: Sequence[int], counted: int, memory: GroupMemory, times: Times
) -> Weighing:
    wording = Wording((), (), Counts(lexicon, counts), counted)
    return weighing_of(wording, memory.rule, timed=times.timed)


class _Reader:
    """The steps of `reading`, in their order."""

    def __init__(
        self,
        memory: GroupMemory,
        found: Difference,
        splice: Splice,
        pieces: Sequence[Piece],
    ) -> None:
        self.memory, self._splice, self._pieces = memory, splice, pieces
        self.lexicon = Lexicon(memory.words)
        fresh = splice.new_rows
        come = [habits_of(pieces[n]) for n in fresh]
        self.habits = memory.habits.spliced(splice, come)
        self._again = set(fresh)  # places to be read again
        self.again: set[int] = set()  # places whose neighbours may be others
        seen = [*come, *(memory.habits.at(row) for row in found.gone)]
        for n, kind in enumerate(KINDS):
            turned = self._again if kind != "series" else self.again
            for value in {marks[n] for marks in seen}:
                if self.habits.is_one(kind, value) != memory.habits.is_one(kind, value):
                    turned.update(self.habits.with_mark(kind, value))
        self._gone = set(found.gone)
        self._left = {*found.gone, *self._origins(self._again)}  # old rows that are no more

    def _origins(self, places: Iterable[int]) -> set[int]:
        return {row for n in places if (row := self._splice.origin(n)) is not None}

    def own_words(self) -> dict[int, Text]:
        """Words of what is to be read again, without parts of compounds."""
        return {n: self._own_words(n) for n in sorted(self._again)}

    def _own_words(self, place: int) -> Text:
        piece, habits = self._pieces[place], self.habits
        excerpt = "" if habits.has("standing", place) else piece.excerpt
        shared = habits.has("tails", place)
        return words_of(piece.title, excerpt, frozenset({tail_of(piece.title)} if shared else ()))

    def known_after(self, own: Mapping[int, Text]) -> array[int]:
        """How many pieces have each word as their own, now."""
        changes: Counter[int] = Counter()
        for row in self._left:
            ids, codes = self.memory.rows.row(row)
            changes.subtract(w for w, code in zip(ids, codes, strict=True) if code < PARTS)
        for text in own.values():
            changes.update(self.lexicon.id_of(word) for word in text)
        known = self.memory.known[:]
        known.extend([0] * (len(self.lexicon.words) - len(known)))
        for word, change in changes.items():
            known[word] += change
        self._turned = [w for w, c in changes.items() if bool(known[w]) != bool(known[w] - c)]
        return known

    def with_other_compounds(
        self, known: Sequence[int], read: Mapping[int, Text]
    ) -> dict[int, Text]:
        """The own words of pieces with a compound that has other parts now."""
        names, memory = self.lexicon.words, self.memory
        before, after = KnownWords(self.lexicon, memory.known), KnownWords(self.lexicon, known)
        every = "\n".join(["", *names, ""]) if self._turned else ""
        found: dict[int, Text] = {}
        for compound in {c for w in self._turned for c in _compounds_with(names[w], every)}:
            if parts_of(compound, before) == parts_of(compound, after):
                continue
            for row in memory.rows.with_word(self.lexicon.ids[compound]):
                if row not in self._left:
                    ids, codes = memory.rows.row(row)
                    bare = sum(code < PARTS for code in codes)
                    found[self._splice.place(row)] = self.lexicon.text_of(ids[:bare], codes[:bare])
        return {n: text for n, text in found.items() if n not in read}

    def rows(self, own: Mapping[int, Text], known: Sequence[int]) -> tuple[WordTable, list[Row]]:
        """The words of all pieces, and the rows among them that are new."""
        self._left |= self._origins(own)
        parts = parts_among(KnownWords(self.lexicon, known))
        rows = []
        for _, text in sorted(own.items()):
            whole = text.copy()
            add_parts(whole, parts)
            rows.append(self.lexicon.row_of(whole, len(text)))
        return self.memory.rows.spliced(self._splice.without(own), rows), rows

    def counts(
        self, rows: WordTable, new: Iterable[Row], counted: int
    ) -> tuple[array[int], int, list[int]]:
        """How many of the texts that count have each word; how many count; what changed."""
        memory = self.memory
        before = counted_of(memory)
        touched = [*(memory.rows.row(row) for row in self._left), *new]
        changes: Counter[int] = Counter()
        texts = memory.counted
        for row in {(ids.tobytes(), codes): (ids, codes) for ids, codes in touched}.values():
            change = rows.stands(row, counted) - memory.rows.stands(row, before)
            if change:
                texts += change
                changes.update(dict.fromkeys(row[0], change))
        counts = memory.counts[:]
        counts.extend([0] * (len(self.lexicon.words) - len(counts)))
        for word, change in changes.items():
            counts[word] += change
        return counts, texts, [word for word, change in changes.items() if change]


def counted_of(memory: GroupMemory) -> int:
    """How many of the pieces of a memory, from the first on, count for the whole site."""
    if memory.basis.begin is None:
        return len(memory.keys)
    dated = bisect_left(memory.hours, True, key=isnan)
    return bisect_left(memory.hours, memory.basis.begin, 0, dated)


def _compounds_with(word: str, every: str) -> set[str]:
    """The long words that begin or end with a word; all words stand in `every`, a line each."""
    found = set()
    for wanted in (f"\n{word}", f"{word}\n"):
        at = every.find(wanted)
        while at >= 0:
            start = every.rfind("\n", 0, at + 1) + 1
            line = every[start : every.index("\n", start)]
            if len(line) >= SHORTEST_COMPOUND:
                found.add(line)
            at = every.find(wanted, at + 1)
    return found
