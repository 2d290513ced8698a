"""Months and days of the archive, and what has no date: as they were when they were over."""

from __future__ import annotations

import heapq
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from newsstand.model import Article, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html.archive_parts import (
    Counts,
    addresses_of,
    archive_trail,
    counted_in,
    step,
)
from newsstand.outputs.html.calendars import legend, month_block, shades
from newsstand.outputs.html.cards import cards_of
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.days import day_parts, folded_rows
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.views_of_pages import DayView, MonthView
from newsstand.outputs.html.views_of_parts import Link
from newsstand.site import Line, Site, end_of_day
from newsstand.stories.story import outlets_before
from newsstand.text.date_names import day_name, month_name, weekday_name
from newsstand.text.dates import OLDEST

AS_IT_STOOD = ". Each story is told as it stood that day."
_CARDS = (7, 4, 3, 2, 1)  # a large card, and others below it in three columns, or in two


class MonthInputs(Struct, frozen=True):
    """A month, how many records each day has, its best stories, the months before and after it."""

    year: int
    month: int
    summary: str
    counts: Counts
    best: tuple[Story, ...]
    earlier: Link | None
    later: Link | None


def month_page(
    site: Site, months: Sequence[tuple[int, int]], place: int, counts: Mapping[date, int]
) -> Page:
    """A month: its calendar and its best stories."""
    year, month = months[place]
    days = [(d, n) for d, n in sorted(counts.items()) if (d.year, d.month) == (year, month)]
    mine = [a for d, _ in reversed(days) for a in site.by_day[d]]
    named = [(month_name(*m), urls.month(*m)) for m in months]
    inputs = MonthInputs(
        year,
        month,
        counted_in(mine),
        tuple(days),
        _best(site, mine, 1, _end_of_month(year, month, site.config.timezone)),
        step(named, place, -1),
        step(named, place, 1),
    )
    return Page(urls.month(year, month), "month.html", _month_view, inputs)


def _month_view(context: ViewContext, inputs: MonthInputs) -> MonthView:
    year, month, summary = inputs.year, inputs.month, inputs.summary
    label, end = month_name(year, month), _end_of_month(year, month, context.config.timezone)
    starts = shades(count for _, count in inputs.counts)
    return MonthView(
        head=head(
            context,
            urls.month(year, month),
            label,
            f"{summary} in {label}.",
            section="archive",
            neighbours=addresses_of(inputs.earlier, inputs.later),
        ),
        label=label,
        summary=summary,
        trail=archive_trail(Link(str(year), urls.year(year))),
        month=month_block(year, month, dict(inputs.counts), starts),
        scale=legend(starts),
        cards=cards_of(context, inputs.best, end, year),
        earlier=inputs.earlier,
        later=inputs.later,
    )


def _end_of_month(year: int, month: int, zone: str) -> datetime | None:
    return end_of_day(date(year, month, monthrange(year, month)[1]), zone)


def _best(
    site: Site,
    articles: Sequence[Article],
    least_outlets: int,
    end: datetime | None,
) -> tuple[Story, ...]:
    """The stories that these records belong to, by how many outlets had them at a moment.

    Their number is the largest of `_CARDS` for which there are enough: no column stays empty.
    """
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    counted = [(outlets_before(story, end), story) for story in stories.values()]
    chosen = [pair for pair in counted if pair[0] >= least_outlets]
    fitting = next((number for number in _CARDS if number <= len(chosen)), 0)
    best = heapq.nsmallest(fitting, chosen, key=lambda pair: _weight(pair[0], pair[1], end))
    return tuple([story for _, story in best])


def _weight(outlets: int, story: Story, end: datetime | None) -> tuple[object, ...]:
    """What is first promoted, then told by the most outlets, then newest, by what was known."""
    until_end = [a for a in story.articles if not end or (a.piece.published or OLDEST) < end]
    heat = max([a.heat or 0 for a in until_end])
    newest = max([a.piece.published or OLDEST for a in until_end])
    promoted = any(a.promoted for a in until_end)
    return (not promoted, -outlets, -heat, -(newest - OLDEST).total_seconds(), until_end[0].path)


class DayInputs(Struct, frozen=True):
    """A day (None: the undated), its records, its best stories, the days before and after it.

    All of it as it was when the day was over.
    """

    day: date | None
    summary: str
    lines: tuple[Line, ...]
    best: tuple[Story, ...]
    earlier: Link | None
    later: Link | None


def day_page(site: Site, day: date | None, beside: tuple[date | None, date | None]) -> Page:
    """A day, or what has no date."""
    earlier, later = (Link(day_name(d), urls.day(d)) if d else None for d in beside)
    articles = site.by_day[day]
    inputs = DayInputs(
        day,
        counted_in(articles),
        tuple([site.lines[article.path] for article in articles]),
        _best(site, articles, 2, end_of_day(day, site.config.timezone)),
        earlier,
        later,
    )
    return Page(urls.day(day), "day.html", _day_view, inputs)


def _day_view(context: ViewContext, inputs: DayInputs) -> DayView:
    day, summary = inputs.day, inputs.summary
    end = end_of_day(day, context.config.timezone)
    address, label = urls.day(day), weekday_name(day) if day else "Undated"
    listed = (line.article.piece for line in inputs.lines)
    parts = day_parts(context, inputs.lines) if day else ()
    return DayView(
        head=head(
            context,
            address,
            label,
            f"{summary}.",
            section="archive",
            json_ld=collection(context, label, address, listed),
            neighbours=addresses_of(inputs.earlier, inputs.later),
        ),
        label=label,
        summary=summary + (AS_IT_STOOD if day and inputs.best else ""),
        trail=_day_trail(day),
        cards=cards_of(context, inputs.best, end, day.year if day else 0),
        rows=() if parts else folded_rows(context, inputs.lines),
        earlier=inputs.earlier,
        later=inputs.later,
        parts=parts,
    )


def _day_trail(day: date | None) -> tuple[Link, ...]:
    if day is None:
        return archive_trail()
    month = Link(month_name(day.year, day.month), urls.month(day.year, day.month))
    return archive_trail(Link(str(day.year), urls.year(day.year)), month)
