"""The archive: years, months, days, and what has no date."""

from __future__ import annotations

import heapq
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from newsstand.model import Article, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html.cards import card, counted
from newsstand.outputs.html.charts import chart_of, month_block
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.days import folded_rows
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import (
    ArchiveView,
    DayView,
    MonthBlock,
    MonthView,
    YearBlock,
    YearView,
)
from newsstand.outputs.html.views import Card, Link
from newsstand.site import OLDEST, Line, Site, end_of_day
from newsstand.text.dates import day_name, month_name, weekday_name

_CARDS = (5, 3, 2, 1)  # a card across, and others below it in two columns
_DAY_CARDS = (7, 4, 3, 2, 1)  # or in three


def archive_pages(site: Site) -> Iterator[Page]:
    """Every page of the archive."""
    days = sorted(day for day in site.by_day if day)
    counts = {day: len(site.by_day[day]) for day in days}
    months = sorted({(d.year, d.month) for d in days})
    years = sorted({d.year for d in days})
    yield _archive(site, counts)
    for place in range(len(years)):
        yield _year(site, years, place, counts)
    for place in range(len(months)):
        yield _month(site, months, place, counts)
    for place in range(len(days)):
        yield _day(site, days[place], _before_after(days, place))
    if None in site.by_day:
        yield _day(site, None, (None, None))


Counts = tuple[tuple[date, int], ...]
"""How many records each day has, the oldest first."""


class ArchiveInputs(Struct, frozen=True):
    """How much there is: in all, a day, without a date."""

    summary: str
    counts: Counts
    undated: str


def _archive(site: Site, counts: Mapping[date, int]) -> Page:
    inputs = ArchiveInputs(
        counted(len(site.articles), len(site.by_outlet)) if site.articles else "",
        tuple(sorted(counts.items())),
        _counted(site.by_day.get(None, ())) if None in site.by_day else "",
    )
    return Page(urls.ARCHIVE, "archive.html", _archive_view, inputs)


def _archive_view(context: ViewContext, inputs: ArchiveInputs) -> ArchiveView:
    summary, counts = inputs.summary or counted(0, 0), dict(inputs.counts)
    years = sorted({day.year for day in counts}, reverse=True)
    return ArchiveView(
        head=head(context, urls.ARCHIVE, "Archive", f"{summary}, by day.", section="archive"),
        summary=summary,
        chart=chart_of(counts),
        months=_months(years[0], counts) if years else (),
        years=tuple(_year_block(year, counts) for year in years),
        undated=Link("Undated", urls.UNDATED, count=inputs.undated) if inputs.undated else None,
        empty="" if inputs.summary else "No report has been published yet.",
    )


def _months(year: int, counts: Mapping[date, int]) -> tuple[MonthBlock, ...]:
    months = sorted({day.month for day in counts if day.year == year})
    return tuple([month_block(year, month, counts) for month in months])


def _counted(articles: Sequence[Article]) -> str:
    return counted(len(articles), len({a.piece.outlet for a in articles} - {""}))


def _year_block(year: int, counts: Mapping[date, int]) -> YearBlock:
    months = sorted({d.month for d in counts if d.year == year})
    total = sum(n for d, n in counts.items() if d.year == year)
    return YearBlock(
        label=str(year),
        address=urls.year(year),
        count=counted(total, 0),
        months=tuple(
            Link(
                month_name(year, m),
                urls.month(year, m),
                count=f"{sum(n for d, n in counts.items() if (d.year, d.month) == (year, m)):,}",
            )
            for m in months
        ),
    )


def _trail(*links: Link) -> tuple[Link, ...]:
    return (Link("Archive", urls.ARCHIVE), *links)


class YearInputs(Struct, frozen=True):
    """A year, how many records each of its days has, and the years before and after it."""

    year: int
    summary: str
    counts: Counts
    earlier: Link | None
    later: Link | None


def _year(site: Site, years: Sequence[int], place: int, counts: Mapping[date, int]) -> Page:
    year, named = years[place], [(str(y), urls.year(y)) for y in years]
    days = tuple((day, count) for day, count in sorted(counts.items()) if day.year == year)
    summary = _counted([a for day, _ in days for a in site.by_day[day]])
    inputs = YearInputs(year, summary, days, _step(named, place, -1), _step(named, place, 1))
    return Page(urls.year(year), "year.html", _year_view, inputs)


def _year_view(context: ViewContext, inputs: YearInputs) -> YearView:
    year, summary, counts = inputs.year, inputs.summary, dict(inputs.counts)
    return YearView(
        head=head(
            context,
            urls.year(year),
            str(year),
            f"{summary} in {year}.",
            section="archive",
            neighbours=_addresses(inputs.earlier, inputs.later),
        ),
        label=str(year),
        summary=summary,
        trail=_trail(),
        months=_months(year, counts),
        earlier=inputs.earlier,
        later=inputs.later,
    )


def _step(places: Sequence[tuple[str, str]], place: int, by: int) -> Link | None:
    beside = place + by
    return Link(*places[beside]) if 0 <= beside < len(places) else None


def _addresses(earlier: Link | None, later: Link | None) -> tuple[str, str]:
    return earlier.address if earlier else "", later.address if later else ""


class MonthInputs(Struct, frozen=True):
    """A month, how many records each day has, its best stories, the months before and after it."""

    year: int
    month: int
    summary: str
    counts: Counts
    best: tuple[Story, ...]
    earlier: Link | None
    later: Link | None


def _month(
    site: Site, months: Sequence[tuple[int, int]], place: int, counts: Mapping[date, int]
) -> Page:
    year, month = months[place]
    days = [(d, n) for d, n in sorted(counts.items()) if (d.year, d.month) == (year, month)]
    mine = [a for d, _ in reversed(days) for a in site.by_day[d]]
    named = [(month_name(*m), urls.month(*m)) for m in months]
    inputs = MonthInputs(
        year,
        month,
        _counted(mine),
        tuple(days),
        _best(site, mine, _CARDS, 1, _end_of_month(year, month, site.config.timezone)),
        _step(named, place, -1),
        _step(named, place, 1),
    )
    return Page(urls.month(year, month), "month.html", _month_view, inputs)


def _month_view(context: ViewContext, inputs: MonthInputs) -> MonthView:
    year, month, summary = inputs.year, inputs.month, inputs.summary
    label, end = month_name(year, month), _end_of_month(year, month, context.config.timezone)
    return MonthView(
        head=head(
            context,
            urls.month(year, month),
            label,
            f"{summary} in {label}.",
            section="archive",
            neighbours=_addresses(inputs.earlier, inputs.later),
        ),
        label=label,
        summary=summary,
        trail=_trail(Link(str(year), urls.year(year))),
        month=month_block(year, month, dict(inputs.counts)),
        cards=_cards(context, inputs.best, end, year),
        earlier=inputs.earlier,
        later=inputs.later,
    )


def _end_of_month(year: int, month: int, zone: str) -> datetime | None:
    return end_of_day(date(year, month, monthrange(year, month)[1]), zone)


def _cards(
    context: ViewContext, stories: Iterable[Story], end: datetime | None, year: int
) -> tuple[Card, ...]:
    """Stories as they were at a moment."""
    return tuple([card(context, context.before(story, end), year) for story in stories])


def _best(
    site: Site,
    articles: Sequence[Article],
    most: Sequence[int],
    least_outlets: int,
    end: datetime | None,
) -> tuple[Story, ...]:
    """The stories that these records belong to, by how many outlets had them at a moment.

    So many of them (the first of `most` that there are) that no column stays empty.
    """
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    counted = [(story.outlets_before(end), story) for story in stories.values()]
    chosen = [pair for pair in counted if pair[0] >= least_outlets]
    fitting = next((number for number in most if number <= len(chosen)), 0)
    best = heapq.nsmallest(fitting, chosen, key=lambda pair: _weight(pair[0], pair[1], end))
    return tuple([story for _, story in best])


def _weight(outlets: int, story: Story, end: datetime | None) -> tuple[object, ...]:
    """What is first promoted, then told by the most outlets, then newest, by what was known."""
    then = [a for a in story.articles if not (a.published and end and a.published >= end)]
    heat = max(a.heat or 0 for a in then or story.articles)
    newest = max((a.published for a in then if a.published), default=OLDEST)
    promoted = any(a.promoted for a in then)
    return (not promoted, -outlets, -heat, -(newest - OLDEST).total_seconds(), then[0].path)


def _before_after(days: Sequence[date], place: int) -> tuple[date | None, date | None]:
    before = days[place - 1] if place else None
    return before, days[place + 1] if place + 1 < len(days) else None


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


def _day(site: Site, day: date | None, beside: tuple[date | None, date | None]) -> Page:
    earlier, later = (Link(day_name(d), urls.day(d)) if d else None for d in beside)
    articles = site.by_day[day]
    inputs = DayInputs(
        day,
        _counted(articles),
        tuple([site.lines[article.path] for article in articles]),
        _best(site, articles, _DAY_CARDS, 2, end_of_day(day, site.config.timezone)),
        earlier,
        later,
    )
    return Page(urls.day(day), "day.html", _day_view, inputs)


def _day_view(context: ViewContext, inputs: DayInputs) -> DayView:
    day, summary = inputs.day, inputs.summary
    end = end_of_day(day, context.config.timezone)
    address, label = urls.day(day), weekday_name(day) if day else "Undated"
    listed = (line.article.piece for line in inputs.lines)
    return DayView(
        head=head(
            context,
            address,
            label,
            f"{summary}.",
            section="archive",
            json_ld=collection(context, label, address, listed),
            neighbours=_addresses(inputs.earlier, inputs.later),
        ),
        label=label,
        summary=summary,
        trail=_day_trail(day),
        cards=_cards(context, inputs.best, end, day.year if day else 0),
        rows=folded_rows(context, inputs.lines),
        earlier=inputs.earlier,
        later=inputs.later,
    )


def _day_trail(day: date | None) -> tuple[Link, ...]:
    if day is None:
        return _trail()
    month = Link(month_name(day.year, day.month), urls.month(day.year, day.month))
    return _trail(Link(str(day.year), urls.year(day.year)), month)
