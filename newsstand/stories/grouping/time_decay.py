"""What the times of pieces tell: who is near whom, and what distance costs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import log1p
from typing import NamedTuple

from newsstand.stories.grouping.likelihood import Cluster, step

HALF_LIFE_HOURS = 48.0  # in which likeness halves
HOURS_OF_UNDATED = 48.0  # how far an undated piece counts as being from any other

_GAP_OF_UNDATED = 144.0  # hours that an undated piece has to make up for by its words
_COST_OF_HALF_LIFE = 0.75  # nats
_COST_OF_CROWD = 0.3  # nats for each e-fold of the pieces that came in between
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Basis(NamedTuple):
    """What the times say of a site as a whole.

    `timed`: whether they tell anything. `begin`: records from before it count, None if all do.
    `crowd`: pieces an hour, in steps.
    """

    timed: bool
    begin: float | None
    crowd: float


class Times:
    """Times of pieces in order, the undated (None) last. Hours are since 1970, UTC.

    `timed` is False where more than half of the pieces share one instant or have none: what
    is left of the times tells little, and no window applies. `counted` are the places, from the
    first on, by which the site is known (how common words are, how busy it is): those before
    the month of the newest piece, so that news of this month changes nothing for others. On a
    young site, where those are less than half, those before its week or its day, at last all.
    `least_cost` is the nats that time costs two groups of the same hours.
    """

    def __init__(self, hours: Sequence[float | None], window_hours: float) -> None:
        self.hours = hours
        self._dated = [h for h in hours if h is not None]
        self.window_hours = window_hours
        commonest = max(Counter(hours).values(), default=0)
        self.timed = commonest * 2 <= len(hours) and bool(self._dated)
        begin, self.counted = self._counted()
        self._crowd = self._per_hour() if self.timed else 0.0
        self.basis = Basis(self.timed, begin, self._crowd)
        self.least_cost = self._cost(0.0)

    def _counted(self) -> tuple[float | None, int]:
        for begin in _begun(self._dated[-1]) if self.timed else ():
            before = bisect_left(self._dated, begin)
            if before * 2 >= len(self.hours):
                return begin, before
        return None, len(self.hours)

    def _per_hour(self) -> float:
        """Pieces an hour, by the middle half: one that is misdated by years changes nothing."""
        count = min(self.counted, len(self._dated))
        first, last = self._dated[count // 4], self._dated[3 * count // 4]
        return step(count / 2 / (last - first + 12.0), steps=1)

    def fade(self, a: float | None, b: float | None) -> float:
        """What likeness keeps (0 to 1) of two pieces with these times."""
        return float(2.0 ** (-self.apart(a, b) / HALF_LIFE_HOURS))

    def apart(self, a: float | None, b: float | None) -> float:
        """Hours between two times; where one is missing a guess, or 0 if times tell nothing."""
        if a is None or b is None:
            return HOURS_OF_UNDATED if self.timed else 0.0
        return abs(a - b)

    def cost(self, a: Cluster, b: Cluster) -> float:
        """Nats to be made up for by words: for the gap, and for how much came in between."""
        if a.first is None or a.last is None or b.first is None or b.last is None:
            gap = _GAP_OF_UNDATED if self.timed else 0.0
        else:
            gap = max(0.0, a.first - b.last, b.first - a.last)
        return self._cost(gap) if gap else self.least_cost

    def cost_between(self, a: float | None, b: float | None) -> float:
        """As `cost`, for single pieces of these times."""
        if a is None or b is None:
            return self._cost(_GAP_OF_UNDATED) if self.timed else self.least_cost
        return self._cost(abs(a - b))

    def _cost(self, gap: float) -> float:
        crowd = _COST_OF_CROWD * log1p(self._crowd * (gap + 1.0)) if self._crowd else 0.0
        return _COST_OF_HALF_LIFE * gap / HALF_LIFE_HOURS + crowd

    def within(self, hours: float | None) -> tuple[int, int]:
        """Places from the first to before the last dated piece in the window around a time."""
        if hours is None or not self.timed:
            return 0, len(self.hours)
        low = bisect_left(self._dated, hours - self.window_hours)
        return low, bisect_right(self._dated, hours + self.window_hours)

    @property
    def undated(self) -> tuple[int, int]:
        """Places of the undated pieces, from the first to before the last."""
        return len(self._dated), len(self.hours)


def _begun(hours: float) -> Iterator[float]:
    """When the month, the week and the day of a time begin, in hours since 1970 (UTC)."""
    moment = _EPOCH + timedelta(hours=hours)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    for begin in (day.replace(day=1), day - timedelta(days=day.weekday()), day):
        yield (begin - _EPOCH) / timedelta(hours=1)
