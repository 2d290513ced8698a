"""Counts over the newest reports, in whole days: days that are not needed are forgotten."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping

from msgspec import Struct

LEAST_COUNTED = 2000  # reports that are counted at least, where there are so many


class DayCounts(Struct, frozen=True, array_like=True):
    """The counts of one day, by kind, with the number of its reports and of its different texts."""

    reports: int
    texts: int
    kinds: tuple[Mapping[str, int], ...]


class RecentCounts:
    """The sums over the newest days: `sums` by kind, and the number of different `texts`."""

    def __init__(self, kinds: int, days: Iterable[DayCounts] = ()) -> None:
        self.sums: tuple[Counter[str], ...] = tuple([Counter() for _ in range(kinds)])
        self.texts = 0
        self.days: deque[DayCounts] = deque()
        self._reports = 0
        for day in days:
            self.add(day)

    def add(self, day: DayCounts) -> None:
        """Count one more day."""
        self.days.append(day)
        self._reports += day.reports
        self.texts += day.texts
        for sums, counts in zip(self.sums, day.kinds, strict=True):
            sums.update(counts.keys())  # most are one, and keys are counted fastest
            sums.update({key: count - 1 for key, count in counts.items() if count > 1})
        while self._reports - self.days[0].reports >= LEAST_COUNTED:
            old = self.days.popleft()
            self._reports -= old.reports
            self.texts -= old.texts
            for sums, counts in zip(self.sums, old.kinds, strict=True):
                for key, count in counts.items():
                    left = sums[key] - count
                    if left:
                        sums[key] = left
                    else:
                        sums.pop(key)
