"""The archive: all years, and each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from newsstand.model import Page
from newsstand.outputs import urls
from newsstand.outputs.html.archive_days import day_page, month_page
from newsstand.outputs.html.archive_parts import (
    Counts,
    addresses_of,
    archive_trail,
    counted_in,
    step,
)
from newsstand.outputs.html.calendars import legend, month_block, shades
from newsstand.outputs.html.cards import counted
from newsstand.outputs.html.charts import chart_of
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.head import head
from newsstand.outputs.html.views_of_pages import (
    ArchiveView,
    MonthBlock,
    YearBlock,
    YearView,
)
from newsstand.outputs.html.views_of_parts import Link
from newsstand.site import Site
from newsstand.text.date_names import month_name


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
        yield month_page(site, months, place, counts)
    for place in range(len(days)):
        yield day_page(site, days[place], _before_after(days, place))
    if None in site.by_day:
        yield day_page(site, None, (None, None))


class ArchiveInputs(Struct, frozen=True):
    """How much there is: in all, a day, without a date."""

    summary: str
    counts: Counts
    undated: str


def _archive(site: Site, counts: Mapping[date, int]) -> Page:
    inputs = ArchiveInputs(
        counted(len(site.articles), len(site.by_outlet)) if site.articles else "",
        tuple(sorted(counts.items())),
        counted_in(site.by_day.get(None, ())) if None in site.by_day else "",
    )
    return Page(urls.ARCHIVE, "archive.html", _archive_view, inputs)


def _archive_view(context: ViewContext, inputs: ArchiveInputs) -> ArchiveView:
    summary, counts = inputs.summary or counted(0, 0), dict(inputs.counts)
    years = sorted({day.year for day in counts}, reverse=True)
    months, scale = _months(years[0], counts) if years else ((), ())
    return ArchiveView(
        head=head(context, urls.ARCHIVE, "Archive", f"{summary}, by day.", section="archive"),
        summary=summary,
        chart=chart_of(counts),
        months=months,
        scale=scale,
        years=tuple(_year_block(year, counts) for year in years),
        undated=Link("Undated", urls.UNDATED, count=inputs.undated) if inputs.undated else None,
        empty="" if inputs.summary else "No report has been published yet.",
    )


def _months(
    year: int, counts: Mapping[date, int]
) -> tuple[tuple[MonthBlock, ...], tuple[str, ...]]:
    """The months of a year that have a report, and what their shades say."""
    days = {day: count for day, count in counts.items() if day.year == year}
    starts, months = shades(days.values()), sorted({day.month for day in days})
    return tuple([month_block(year, month, days, starts) for month in months]), legend(starts)


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
    summary = counted_in([a for day, _ in days for a in site.by_day[day]])
    inputs = YearInputs(year, summary, days, step(named, place, -1), step(named, place, 1))
    return Page(urls.year(year), "year.html", _year_view, inputs)


def _year_view(context: ViewContext, inputs: YearInputs) -> YearView:
    year, summary = inputs.year, inputs.summary
    months, scale = _months(year, dict(inputs.counts))
    return YearView(
        head=head(
            context,
            urls.year(year),
            str(year),
            f"{summary} in {year}.",
            section="archive",
            neighbours=addresses_of(inputs.earlier, inputs.later),
        ),
        label=str(year),
        summary=summary,
        trail=archive_trail(),
        months=months,
        scale=scale,
        earlier=inputs.earlier,
        later=inputs.later,
    )


def _before_after(days: Sequence[date], place: int) -> tuple[date | None, date | None]:
    before = days[place - 1] if place else None
    return before, days[place + 1] if place + 1 < len(days) else None
