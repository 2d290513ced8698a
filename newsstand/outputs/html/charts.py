"""How busy something was: bars over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from newsstand.model import Article
from newsstand.outputs.html.views_of_parts import Bar, Chart
from newsstand.text.date_names import day_name, month_name, short_day
from newsstand.text.strings import plural
from newsstand.text.zones import local

_MOST_DAYS = 92  # beyond, a bar stands for a month
_MOST_MONTHS = 180  # beyond, a bar stands for a year
_MOST_YEARS = 150  # what is older than the newest report by more has no bar
_FEWEST_REPORTS, _FEWEST_DAYS_WITH_ONE = 5, 3  # what is less is told better by a list
_FEWEST_BARS_OF_DAYS = 30  # so that the bars of a short time are thin too
_FILL = 0.7  # the part of its slot that a bar fills


def chart(articles: Iterable[Article], zone: str = "UTC") -> Chart | None:
    """Reports a day (of a zone), or a month or year over a longer time; None for too few."""
    moments = [a.piece.published for a in articles]
    return chart_of(Counter([local(moment, zone).date() for moment in moments if moment]))


def chart_of(days: Mapping[date, int]) -> Chart | None:
    """A chart of the number of reports of each day, or month, or year: 180 bars at most.

    A few reports of another age, whose year may be a slip, do not press all others into one bar:
    what is older than 150 years before the newest is only counted, in the label.
    """
    last = max(days, default=date.min)
    drawn = {day: count for day, count in days.items() if last.year - day.year < _MOST_YEARS}
    if len(drawn) < _FEWEST_DAYS_WITH_ONE or sum(drawn.values()) < _FEWEST_REPORTS:
        return None
    older = sum(days.values()) - sum(drawn.values())
    first = min(drawn)
    if (last - first).days < _MOST_DAYS:
        begin = max(last.toordinal() - _FEWEST_BARS_OF_DAYS + 1, date.min.toordinal())
        return _chart(_by_day(drawn, min(first, date.fromordinal(begin)), last), "day", older)
    if _month(last) - _month(first) < _MOST_MONTHS:
        return _chart(_by_month(drawn, first, last), "month", older)
    return _chart(_by_year(drawn, first, last), "year", older)


def _by_day(days: Mapping[date, int], first: date, last: date) -> list[tuple[str, str, int]]:
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [(short_day(d), day_name(d), days.get(d, 0)) for d in every]


def _by_month(days: Mapping[date, int], first: date, last: date) -> list[tuple[str, str, int]]:
    counts = Counter[int]()
    for day, count in days.items():
        counts[_month(day)] += count
    names = ((month_name(n // 12, n % 12 + 1), n) for n in range(_month(first), _month(last) + 1))
    return [(name, name, counts[n]) for name, n in names]


def _by_year(days: Mapping[date, int], first: date, last: date) -> list[tuple[str, str, int]]:
    counts = Counter[int]()
    for day, count in days.items():
        counts[day.year] += count
    return [(str(y), str(y), counts[y]) for y in range(first.year, last.year + 1)]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _chart(slots: Sequence[tuple[str, str, int]], unit: str, older: int) -> Chart:
    most = max(count for _, _, count in slots)
    width = 100 / len(slots)
    bars = []
    for place, (_, name, count) in enumerate(slots):
        height = 100 * count / most
        bars.append(
            Bar(
                x=f"{place * width:.2f}",
                y=f"{100 - height:.1f}",
                width=f"{width * _FILL:.2f}",
                height=f"{height:.1f}",
                label=f"{name}: {plural(count, 'report')}",
            )
        )
    _, name, count = max(slots, key=lambda s: s[2])
    most_text = f"the most in one {unit}: {count:,}, {'on' if unit == 'day' else 'in'} {name}"
    total = plural(sum(count for _, _, count in slots), "report")
    label = f"{total} in {plural(len(slots), unit)}"
    if count > 1:
        label += f"; {most_text}"
    if older:
        label += f"; {older:,} older"
    return Chart(bars=tuple(bars), start=slots[0][0], end=slots[-1][0], label=label)
