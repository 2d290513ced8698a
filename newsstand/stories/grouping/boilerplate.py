"""Boilerplate: what an outlet prints again and again says nothing of any event.

They are the ends and beginnings of headlines (" - Harbour Gazette", "Morning briefing: …"),
phrases of excerpts ("The post … appeared first on …"), excerpts under several headlines, and
headlines that differ in nothing but a number or a date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.recent_counts import DayCounts, RecentCounts
from newsstand.stories.grouping.texts import LONGEST_UNDATED
from newsstand.text.languages import DATE_WORDS
from newsstand.text.tokens import tokens_of, word_of

LEAST_OF_A_HABIT = 3  # pieces
_PHRASE = 4  # words: shorter ones return by chance
_ENDS = 5  # phrases at the beginning and at the end of an excerpt that are looked at
_LONGEST_END = 5  # words of a beginning or an end
_HEAD = re.compile(r"^([^:|–—]{2,60}?)\s*(?::|\s[-–—|])\s+")
_TAIL = re.compile(r"\s+[-–—|·»]+\s+([^-–—|·»]{2,60})$")


class Boilerplate:
    """Counts what the newest pieces have in common."""

    def __init__(self, days: Iterable[DayCounts] = ()) -> None:
        self._recent = RecentCounts(1, days)
        self.counts = self._recent.sums[0]
        self._phrases: dict[str, Mapping[int, str]] = {}  # of the newest day's excerpts

    @property
    def days(self) -> tuple[DayCounts, ...]:
        """The days that are counted."""
        return tuple(self._recent.days)

    def add(self, pieces: Sequence[Piece]) -> None:
        """Count the pieces of a day."""
        self._phrases = {p.key: _phrases(p.outlet, p.excerpt[:LONGEST_UNDATED]) for p in pieces}
        day = Counter(chain.from_iterable(map(_traits, pieces)))
        day.update(chain.from_iterable([{*found.values()} for found in self._phrases.values()]))
        self._recent.add(DayCounts(len(pieces), len(pieces), (day,)))

    def own_title(self, piece: Piece) -> str:
        """The headline without what its outlet always begins or ends with."""
        title = piece.title.strip()
        tail, head = tail_of(title), head_of(title)
        if tail and self._is_habit(_key("tail", tail)):
            title = title[: title.rindex(tail)].rstrip(" -–—|·»")
        if head and piece.outlet and self._is_habit(_key("head", piece.outlet, head)):
            title = title[len(head) :].lstrip(" :-–—|")
        return title

    def own_excerpt(self, piece: Piece) -> str:
        """The excerpt without what its outlet prints under other headlines too."""
        excerpt = piece.excerpt[:LONGEST_UNDATED]
        if not piece.outlet or not excerpt:
            return excerpt
        if self._is_habit(_key("excerpt", piece.outlet, excerpt)):
            return ""
        phrases, counts = self._phrases.get(piece.key, {}), self.counts
        starts = [n for n, phrase in phrases.items() if counts[phrase] >= LEAST_OF_A_HABIT]
        if not starts:
            return excerpt
        stale = {n for start in starts for n in range(start, start + _PHRASE)}
        tokens = tokens_of(excerpt)
        return " ".join([token for n, token in enumerate(tokens) if n not in stale])

    def _is_habit(self, trait: str) -> bool:
        return self.counts.get(trait, 0) >= LEAST_OF_A_HABIT


def _key(*parts: str) -> str:
    """The key by which a trait is counted."""
    return "\0".join(parts)


def _traits(piece: Piece) -> Iterable[str]:
    """What other pieces may have in common with this one by habit."""
    title, outlet = piece.title.strip(), piece.outlet
    if tail := tail_of(title):
        yield _key("tail", tail)
    if outlet:
        if head := head_of(title):
            yield _key("head", outlet, head)
        if excerpt := piece.excerpt[:LONGEST_UNDATED]:
            yield _key("excerpt", outlet, excerpt)


def _phrases(outlet: str, excerpt: str) -> dict[int, str]:
    """The keys of the runs of some words at both ends of an excerpt, by the place of each."""
    if not outlet:
        return {}
    tokens = tokens_of(excerpt)
    count = len(tokens) - _PHRASE + 1
    starts = range(count)
    at_ends = (*starts[:_ENDS], *starts[_ENDS:][-_ENDS:])
    key = _key("phrase", outlet, "")
    return {n: key + " ".join(tokens[n : n + _PHRASE]) for n in at_ends}


@lru_cache(maxsize=1 << 11)  # asked for twice, of a day's reports
def head_of(title: str) -> str:
    """What a headline says before its first colon, bar or dash, if that is short; else nothing."""
    found = _HEAD.match(title)
    return found[1] if found and len(found[1].split()) <= _LONGEST_END else ""


@lru_cache(maxsize=1 << 11)
def tail_of(title: str) -> str:
    """What follows the last dash or bar of a headline, if that is short; else nothing."""
    found = _TAIL.search(title)
    return found[1] if found and len(found[1].split()) <= _LONGEST_END else ""


@lru_cache(maxsize=1 << 14)
def frame_of(title: str) -> tuple[str, ...]:
    """A headline as words, its numbers and dates taken out: equal for the parts of a series."""
    plain = (word.plain for word in map(word_of, tokens_of(title)) if word)
    return tuple(word for word in plain if word not in DATE_WORDS and not word[0].isdigit())
