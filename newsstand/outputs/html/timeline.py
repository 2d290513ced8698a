"""Who reported a story when, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from newsstand.model import StoryCoverage
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import counted
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.coverage import copies_in
from newsstand.outputs.html.views_of_parts import Tick, Timeline, TimelineMark, When
from newsstand.stories.reports import reports_of
from newsstand.text.date_names import clock, hours_between, short_day, span
from newsstand.text.zones import local

_LEFT, _RIGHT = 2.0, 98.0  # per cent of the axis that marks may use
_MARK = 4.5  # per cent: what a mark takes of the axis on a phone
_LANES = 8
_MIDDLE = 0.32  # the part of the axis at either end over which the ends' labels reach
_TICKS = 2  # between the ends
_STEPS = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 672, 1344, 2688, 8736)  # hours
_SHORT = 6  # hours: a shorter time has its ends only
_FEWEST = 3  # of two, two lines say the same


def timeline(context: ViewContext, coverage: StoryCoverage, year: int) -> Timeline | None:
    """Who reported when, on one axis; None where fewer than three reports have a time."""
    dated = [(i, p, p.published) for i, p in enumerate(reports_of(coverage)) if p.published]
    if len(dated) < _FEWEST:
        return None
    first, last = dated[0][2], dated[-1][2]
    ends_said = [formatting.time_of(context, dated[n][1], year) for n in (0, -1)]
    copied = copies_in(coverage)
    ends = [-_MARK] * _LANES
    marks = []
    for place, piece, moment in dated:
        x = _place_of(moment, first, last)
        lane = next((n for n, end in enumerate(ends) if x - end >= _MARK), _LANES - 1)
        ends[lane] = x
        shape = "first" if place == 0 else "copy" if place in copied else "independent"
        who = formatting.outlet_name(context, piece.outlet) or "Outlet not named"
        marks.append(
            TimelineMark(
                f"{x:.1f}",
                lane,
                shape,
                f"\u2068{who}\u2069, {formatting.time_of(context, piece, year).short}",
            )
        )
    label = counted(len(dated), len({p.outlet for _, p, _ in dated if p.outlet}))
    within = f" within {span(first, last)}" if last > first else " at one time"
    within = "" if any(piece.is_day for _, piece, _ in dated) else within
    return Timeline(
        marks=tuple(marks),
        ticks=_ticks(context, (first, last), ends_said),
        lanes=max(mark.lane for mark in marks) + 1,
        label=f"{label}{within}, from {ends_said[0].full} to {ends_said[1].full}",
    )


def _place_of(moment: datetime, first: datetime, last: datetime) -> float:
    whole = hours_between(first, last)
    part = hours_between(first, moment) / whole if whole else 0.5
    return _LEFT + (_RIGHT - _LEFT) * part


def _ticks(
    context: ViewContext, ends: tuple[datetime, datetime], ends_shown: Sequence[When]
) -> tuple[Tick, ...]:
    first, last = ends
    if first == last:
        return (Tick("50", ends_shown[0].short, "middle"),)
    between = [
        Tick(f"{_place_of(moment, first, last):.1f}", _tick_label(moment), "middle")
        for moment in _round_moments(first, last, context.config.timezone)
    ]
    return (
        Tick("0", ends_shown[0].short, "start"),
        *between,
        Tick("100", ends_shown[1].short, "end"),
    )


def _round_moments(first: datetime, last: datetime, zone: str) -> Sequence[datetime]:
    """Round times by the zone's clock in the middle of the axis: as near as there is room for."""
    if hours_between(first, last) <= _SHORT:
        return ()
    begin, end = (local(first + (last - first) * part, zone) for part in (_MIDDLE, 1 - _MIDDLE))
    for step in _STEPS:
        if hours_between(begin, end) < step * (_TICKS + 1):
            moments = _every(step, begin, end)
            if len(moments) <= _TICKS:
                return moments
    return ()


def _every(step: int, begin: datetime, end: datetime) -> list[datetime]:
    """The times between two that are whole multiples of a step of so many hours."""
    midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight - timedelta(days=(midnight.toordinal() - 1) % max(step // 24, 1))
    count = int(hours_between(start, end) / step)
    moments = [start + timedelta(hours=step * n) for n in range(count + 1)]
    return [moment for moment in moments if moment >= begin]


def _tick_label(moment: datetime) -> str:
    """The hour; at midnight the day that begins."""
    return clock(moment) if moment.hour or moment.minute else short_day(moment)
