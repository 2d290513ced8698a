"""Months as calendars, the darker a day the busier it was among the days beside it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from newsstand.outputs import urls
from newsstand.outputs.html.views_of_pages import DayCell, MonthBlock
from newsstand.text.date_names import day_name, month_name
from newsstand.text.strings import plural

_SHADES = 4
_FEWEST = 4  # reports of a busy day: two beside one are no rush


def shades(counts: Iterable[int]) -> tuple[int, ...]:
    """The numbers of reports a day with which each of four shades begins.

    They part a busy day in four: the one that nine in ten of the days with a report do not exceed.
    The days are those of one page, a month's or a year's, so what comes later changes none of it.
    """
    ordered = sorted(filter(None, counts))
    busy = max(ordered[(9 * len(ordered) + 9) // 10 - 1], _FEWEST) if ordered else _FEWEST
    return tuple([busy * part // _SHADES + 1 for part in range(_SHADES)])


def legend(starts: Sequence[int]) -> tuple[str, ...]:
    """What each shade says: "1 to 4", "5 to 8", "9 to 12", "13 or more"."""
    ends = [start - 1 for start in starts[1:]]
    named = [
        f"{start:,}" if start == end else f"{start:,} to {end:,}"
        for start, end in zip(starts, ends, strict=False)
    ]
    return (*named, f"{starts[-1]:,} or more")


def month_block(
    year: int, month: int, days: Mapping[date, int], starts: Sequence[int]
) -> MonthBlock:
    """A month as a calendar with the number of reports on each day; `starts`: see `shades`."""
    total = sum(n for d, n in days.items() if (d.year, d.month) == (year, month))
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(year, month) if year < 9999 else []
    return MonthBlock(
        label=month_name(year, month),
        address=urls.month(year, month) if total else "",
        count=plural(total, "report") if total else "",
        weeks=tuple(tuple(_cell(d, month, days.get(d, 0), starts) for d in week) for week in weeks),
    )


def _cell(day: date, month: int, count: int, starts: Sequence[int]) -> DayCell:
    if day.month != month:
        return DayCell("", "", "", "", "", "", 0, blank=True)
    return DayCell(
        number=str(day.day),
        address=urls.day(day) if count else "",
        count=f"{count:,}" if count else "",
        month=month_name(day.year, day.month),
        noun="report" if count == 1 else "reports",
        label=f"{day_name(day)}: {plural(count, 'report')}",
        level=sum(count >= start for start in starts),
        blank=False,
    )
