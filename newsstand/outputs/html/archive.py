"""The archive: years, months, days, and what has no date."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from newsstand.model import Article, Page, Story
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import article_row, card, counted
from newsstand.outputs.html.charts import month_block
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import ArchiveView, DayView, MonthView, YearBlock, YearView
from newsstand.outputs.html.views import Link
from newsstand.site import Site
from newsstand.text.dates import day_name, month_name, weekday_name
from newsstand.text.fingerprint import mark_of

_CARDS = 5
_DAY_CARDS = 6


def archive_pages(site: Site) -> Iterator[Page]:
    """Every page of the archive."""
    days = sorted(day for day in site.by_day if day)
    counts = {day: len(site.by_day[day]) for day in days}
    months = sorted({(d.year, d.month) for d in days})
    years = sorted({d.year for d in days})
    yield _archive(site, years, counts)
    for place in range(len(years)):
        yield _year(site, years, place, counts)
    for place in range(len(months)):
        yield _month(site, months, place, counts)
    for place in range(len(days)):
        yield _day(site, days[place], _before_after(days, place))
    if None in site.by_day:
        yield _day(site, None, (None, None))


def _archive(site: Site, years: Sequence[int], counts: dict[date, int]) -> Page:
    view = partial(_archive_view, site, years, counts)
    undated = _counted(site.by_day.get(None, ()))
    shows = mark_of("archive", counts, len(site.articles), len(site.by_outlet), undated)
    return Page(urls.ARCHIVE, "archive.html", view, shows)


def _archive_view(site: Site, years: Sequence[int], counts: dict[date, int]) -> ArchiveView:
    undated = site.by_day.get(None, ())
    summary = counted(len(site.articles), len(site.by_outlet))
    return ArchiveView(
        head=head(site, urls.ARCHIVE, "Archive", f"{summary}, by day.", section="archive"),
        summary=summary,
        years=tuple(_year_block(year, counts) for year in reversed(years)),
        undated=Link("Undated", urls.UNDATED, count=_counted(undated)) if undated else None,
        empty="" if site.articles else "No report has been published yet.",
    )


def _counted(articles: Sequence[Article]) -> str:
    return counted(len(articles), len({a.piece.outlet for a in articles} - {""}))


def _year_block(year: int, counts: dict[date, int]) -> YearBlock:
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


def _year(site: Site, years: Sequence[int], place: int, counts: dict[date, int]) -> Page:
    view, days = partial(_year_view, site, years, place, counts), _days_of(years[place], counts)
    still = site.fresh is not None and site.fresh.days is not None  # it only counts
    shows = b"" if still else mark_of(years, [(d, counts[d]) for d in days], _in_days(site, days))
    return Page(urls.year(years[place]), "year.html", view, shows, still=still)


def _days_of(year: int, counts: dict[date, int]) -> list[date]:
    return [day for day in counts if day.year == year]


def _in_days(site: Site, days: Sequence[date]) -> str:
    return _counted([a for day in days for a in site.by_day[day]])


def _year_view(site: Site, years: Sequence[int], place: int, counts: dict[date, int]) -> YearView:
    year = years[place]
    summary = _in_days(site, _days_of(year, counts))
    earlier = _step([(str(y), urls.year(y)) for y in years], place, -1)
    later = _step([(str(y), urls.year(y)) for y in years], place, 1)
    return YearView(
        head=head(
            site,
            urls.year(year),
            str(year),
            f"{summary} in {year}.",
            section="archive",
            neighbours=_addresses(earlier, later),
        ),
        label=str(year),
        summary=summary,
        trail=_trail(),
        months=tuple(
            month_block(year, m, counts)
            for m in sorted({d.month for d in counts if d.year == year})
        ),
        earlier=earlier,
        later=later,
    )


def _step(places: Sequence[tuple[str, str]], place: int, by: int) -> Link | None:
    beside = place + by
    return Link(*places[beside]) if 0 <= beside < len(places) else None


def _addresses(earlier: Link | None, later: Link | None) -> tuple[str, str]:
    return earlier.address if earlier else "", later.address if later else ""


@dataclass(frozen=True, slots=True)
class _Month:
    """A month, its days (newest first), and the months before and after it."""

    year: int
    month: int
    days: Sequence[date]
    earlier: Link | None
    later: Link | None


def _month(
    site: Site, months: Sequence[tuple[int, int]], place: int, counts: dict[date, int]
) -> Page:
    year, month = months[place]
    days = sorted((d for d in counts if (d.year, d.month) == (year, month)), reverse=True)
    named = [(month_name(*m), urls.month(*m)) for m in months]
    whole = _Month(year, month, days, _step(named, place, -1), _step(named, place, 1))
    still = _is_still(site, days)
    shows = b"" if still else _month_shows(site, whole, counts)
    view = partial(_month_view, site, whole, counts)
    return Page(urls.month(year, month), "month.html", view, shows, still=still)


def _is_still(site: Site, days: Sequence[date | None]) -> bool:
    """Whether what is from these days is shown as in the last build."""
    fresh = site.fresh
    return fresh is not None and fresh.days is not None and fresh.days.isdisjoint(days)


def _in_month(site: Site, whole: _Month) -> tuple[str, Sequence[Story]]:
    """How much a month has, and its best stories."""

    def found() -> tuple[str, Sequence[Story]]:
        mine = [a for d in whole.days for a in site.by_day[d]]
        return _counted(mine), _best(site, mine, _CARDS, 1)

    return formatting.once(site, ("month", whole.year, whole.month), found)


def _month_shows(site: Site, whole: _Month, counts: dict[date, int]) -> bytes:
    summary, best = _in_month(site, whole)
    days, beside = [(d, counts[d]) for d in whole.days], (whole.earlier, whole.later)
    return mark_of("month", summary, days, *beside, site.shown.cards(best))


def _month_view(site: Site, whole: _Month, counts: dict[date, int]) -> MonthView:
    year, month = whole.year, whole.month
    label = month_name(year, month)
    summary, best = _in_month(site, whole)
    return MonthView(
        head=head(
            site,
            urls.month(year, month),
            label,
            f"{summary} in {label}.",
            section="archive",
            neighbours=_addresses(whole.earlier, whole.later),
        ),
        label=label,
        summary=summary,
        trail=_trail(Link(str(year), urls.year(year))),
        month=month_block(year, month, counts),
        cards=tuple(card(site, s) for s in best),
        earlier=whole.earlier,
        later=whole.later,
    )


def _best(
    site: Site, articles: Sequence[Article], most: int, least_outlets: int
) -> Sequence[Story]:
    """The stories that these records belong to, by how many outlets report them, then rank."""
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    chosen = [s for s in stories.values() if len(s.outlets) >= least_outlets]
    return heapq.nsmallest(most, chosen, key=lambda s: _weight(site, s))


def _weight(site: Site, story: Story) -> tuple[bool, float, int]:
    return not story.promoted, -story.heat, site.rank_of[story.id]


def _before_after(days: Sequence[date], place: int) -> tuple[date | None, date | None]:
    before = days[place - 1] if place else None
    return before, days[place + 1] if place + 1 < len(days) else None


@dataclass(frozen=True, slots=True)
class _Day:
    """A day (None: the undated), and the days before and after it."""

    day: date | None
    earlier: Link | None
    later: Link | None


def _day(site: Site, day: date | None, beside: tuple[date | None, date | None]) -> Page:
    earlier, later = (Link(day_name(d), urls.day(d)) if d else None for d in beside)
    whole, still = _Day(day, earlier, later), _is_still(site, (day,))
    shows = b"" if still else _day_shows(site, whole)
    return Page(urls.day(day), "day.html", partial(_day_view, site, whole), shows, still=still)


def _day_shows(site: Site, whole: _Day) -> bytes:
    listed, best = site.shown.rows(site.by_day[whole.day]), _best_of_day(site, whole.day)
    return mark_of("day", whole.earlier, whole.later, listed, site.shown.cards(best))


def _best_of_day(site: Site, day: date | None) -> Sequence[Story]:
    return formatting.once(site, ("day", day), lambda: _best(site, site.by_day[day], _DAY_CARDS, 2))


def _day_view(site: Site, whole: _Day) -> DayView:
    day, articles = whole.day, site.by_day[whole.day]
    address, label = urls.day(day), weekday_name(day) if day else "Undated"
    summary = _counted(articles)
    return DayView(
        head=head(
            site,
            address,
            label,
            f"{summary}.",
            section="archive",
            json_ld=collection(site, label, address, (a.piece for a in articles)),
            neighbours=_addresses(whole.earlier, whole.later),
        ),
        label=label,
        summary=summary,
        trail=_day_trail(day),
        cards=tuple(card(site, s) for s in _best_of_day(site, day)),
        rows=tuple(article_row(site, a) for a in articles),
        earlier=whole.earlier,
        later=whole.later,
    )


def _day_trail(day: date | None) -> tuple[Link, ...]:
    if day is None:
        return _trail()
    month = Link(month_name(day.year, day.month), urls.month(day.year, day.month))
    return _trail(Link(str(day.year), urls.year(day.year)), month)
