"""Neighbours after a change: lost by what changed or went, looked for again for what is new."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from newsstand.stories.grouping.candidates import MOST_POSTINGS, Pair, Pairs, are_near, product
from newsstand.stories.grouping.columns import Splice, places_of
from newsstand.stories.grouping.differences import TooMuchError
from newsstand.stories.grouping.lexicon import Lexicon
from newsstand.stories.grouping.time_decay import Times
from newsstand.stories.grouping.word_tables import Tellings, ToldTable

_FEW = 100  # places that are searched for; from more on it is quicker to look at all pairs
_WIDTHS = (("ones", "I"), ("others", "I"), ("nats", "d"))


def pairs_without(pairs: Pairs, left: Collection[int]) -> tuple[Pairs, set[int]]:
    """Pairs without those of some places, and whom these had as neighbours."""
    lost = _lost(pairs, left)
    met = {n for pair in lost for n in (pairs.ones[pair], pairs.others[pair])}
    return _spliced(pairs, Splice.of(len(pairs), lost, ()), ()), met.difference(left)


def _lost(pairs: Pairs, left: Collection[int]) -> Iterable[int]:
    """Which pairs have one of some places."""
    if len(left) > _FEW:
        ends = enumerate(zip(pairs.ones, pairs.others, strict=True))
        return [n for n, (one, other) in ends if one in left or other in left]
    ones, found = pairs.ones.tobytes(), set[int]()
    for place in left:
        start = bisect_left(pairs.others, place)
        after = bisect_left(pairs.others, place + 1)
        found.update(range(start, after))
        found.update(places_of(ones, array("I", [place]).tobytes(), after))
    return found


def pairs_moved(pairs: Pairs, moved: Sequence[int] | None) -> Pairs:
    """Pairs by the new places of their pieces, which stand in the same order."""
    if moved is None:
        return pairs
    ones, others = (array("I", map(moved.__getitem__, c)) for c in (pairs.ones, pairs.others))
    return Pairs(ones, others, pairs.nats)


def pairs_with(pairs: Pairs, more: Iterable[Pair]) -> Pairs:
    """Pairs and some more, in order."""
    new = sorted(more, key=lambda pair: (pair[1], pair[0]))
    put_in = []
    for one, other, _ in new:
        start = bisect_left(pairs.others, other)
        end = bisect_right(pairs.others, other, start)
        put_in.append(bisect_left(pairs.ones, one, start, end))
    return _spliced(pairs, Splice.of(len(pairs), (), put_in), new)


def _spliced(pairs: Pairs, splice: Splice, more: Collection[Pair]) -> Pairs:
    columns = []
    for n, (name, kind) in enumerate(_WIDTHS):
        old: array[int] = getattr(pairs, name)
        cells = [array(kind, [pair[n]]).tobytes() for pair in more]
        columns.append(array(kind, splice.column(old.tobytes(), old.itemsize, cells)))
    return Pairs(*columns)  # type: ignore[arg-type]


def met_again(
    again: Collection[int], times: Times, tellings: Tellings, lexicon: Lexicon
) -> Iterator[Pair]:
    """All neighbours of some places, each pair once."""
    for n in sorted(again):
        for other in _candidates(n, times, tellings, lexicon):
            if other == n or (other < n and other in again):
                continue
            first, last = min(n, other), max(n, other)
            (mine, length), (theirs, their_length) = tellings[first], tellings[last]
            nats = product(mine, theirs)
            if are_near(times, first, last, nats, lengths=(length, their_length)):
                yield first, last, nats


def _candidates(n: int, times: Times, tellings: Tellings, lexicon: Lexicon) -> set[int]:
    """Places that share one of a piece's most telling words and are near enough in time."""
    found = set[int]()
    hours = times.hours[n]
    spans = [times.within(hours)]
    if times.timed and hours is not None:
        spans.append(times.undated)
    for _, word in tellings[n][0]:
        number = lexicon.ids[word]
        for low, high in spans:
            found.update(tellings.table.with_word(number, low, high))
    return found


def look_out_for_crowds(
    places: Iterable[int], table: ToldTable, hours: Sequence[float], reach: float | None
) -> None:
    """Raise TooMuchError where one of these pieces has a word that too many have.

    Of such a word only some pieces are looked at, so that one more changes who finds whom.
    Counted are those so many hours around the piece, or all.
    """
    for place in places:
        low, high = 0, len(hours)
        if reach is not None:
            low = bisect_left(hours, hours[place] - reach)
            high = bisect_right(hours, hours[place] + reach)
        for word in table.words_at(place):
            if len(table.with_word(word, low, high)) > MOST_POSTINGS:
                raise TooMuchError
