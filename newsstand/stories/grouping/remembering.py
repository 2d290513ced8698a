"""A whole index, and how it was grouped, as a memory."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from math import nan

from newsstand.stories.grouping.columns import Splice
from newsstand.stories.grouping.habits import HabitTable, declared_mark, habits_of, mark_of
from newsstand.stories.grouping.lexicon import Lexicon
from newsstand.stories.grouping.pieces import Decisions
from newsstand.stories.grouping.remembered import GroupMemory
from newsstand.stories.grouping.similarity import LikenessIndex
from newsstand.stories.grouping.word_tables import ToldTable, WordTable


def memory_of(
    index: LikenessIndex, decisions: Decisions, knots: Sequence[int], groups: Sequence[int]
) -> GroupMemory:
    """What is to be known of these pieces; `knots` and `groups` give each one's first place."""
    pieces, wording, lexicon = index.pieces, index.wording, Lexicon()
    rows = [
        lexicon.row_of(text, bare) for text, bare in zip(wording.texts, wording.bare, strict=True)
    ]
    own = zip(rows, wording.bare, strict=True)
    known = Counter(chain.from_iterable(ids[:bare] for (ids, _), bare in own))
    with_word = wording.records_with
    return GroupMemory(
        rule=index.rule,
        decisions=decisions,
        basis=index.times.basis,
        counted=wording.counted,
        words=lexicon.words,
        known=array("I", [known[n] for n in range(len(lexicon.words))]),
        counts=array("I", [with_word.get(word, 0) for word in lexicon.words]),
        keys=[piece.key for piece in pieces],
        marks=b"".join(map(mark_of, pieces)),
        declared=b"".join(map(declared_mark, pieces)),
        hours=array("d", [nan if p.hours is None else p.hours for p in pieces]),
        habits=HabitTable().spliced(Splice([], 0, len(pieces)), list(map(habits_of, pieces))),
        rows=WordTable.of(rows),
        told=ToldTable.of(list(zip(wording.texts, index.telling, strict=True)), lexicon),
        pairs=index.pairs,
        knots=array("I", knots),
        groups=array("I", groups),
    )
