"""The archive: years, months, days, and what has no date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from newsstand import addresses
from newsstand.charts import month_block
from newsstand.heads import collection, head
from newsstand.instants import day_name, month_name, weekday_name
from newsstand.model import Article, Page, Story
from newsstand.page_views import ArchiveView, DayView, MonthView, YearBlock, YearView
from newsstand.rows import article_row, card, counted
from newsstand.site import Site
from newsstand.views import Card, Link

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
    undated = site.by_day.get(None, ())
    summary = _counted(site.articles)
    view = ArchiveView(
        head=head(site, addresses.ARCHIVE, "Archive", f"{summary}, by day.", section="archive"),
        summary=summary,
        years=tuple(_year_block(year, counts) for year in reversed(years)),
        undated=Link("Undated", addresses.UNDATED, count=_counted(undated)) if undated else None,
        empty="" if site.articles else "No report has been published yet.",
    )
    return Page(addresses.ARCHIVE, "archive.html", view)


def _counted(articles: Sequence[Article]) -> str:
    return counted(len(articles), len({a.outlet for a in articles if a.outlet}))


def _year_block(year: int, counts: dict[date, int]) -> YearBlock:
    months = sorted({d.month for d in counts if d.year == year})
    total = sum(n for d, n in counts.items() if d.year == year)
    return YearBlock(
        label=str(year),
        address=addresses.year(year),
        count=counted(total, 0),
        months=tuple(
            Link(
                month_name(year, m),
                addresses.month(year, m),
                count=f"{sum(n for d, n in counts.items() if (d.year, d.month) == (year, m)):,}",
            )
            for m in months
        ),
    )


def _trail(*links: Link) -> tuple[Link, ...]:
    return (Link("Archive", addresses.ARCHIVE), *links)


def _year(site: Site, years: Sequence[int], place: int, counts: dict[date, int]) -> Page:
    year = years[place]
    address = addresses.year(year)
    mine = [a for a in site.articles if a.published and a.published.year == year]
    earlier = _step([(str(y), addresses.year(y)) for y in years], place, -1)
    later = _step([(str(y), addresses.year(y)) for y in years], place, 1)
    view = YearView(
        head=head(
            site,
            address,
            str(year),
            f"{_counted(mine)} in {year}.",
            section="archive",
            neighbours=_addresses(earlier, later),
        ),
        label=str(year),
        summary=_counted(mine),
        trail=_trail(),
        months=tuple(
            month_block(year, m, counts)
            for m in sorted({d.month for d in counts if d.year == year})
        ),
        earlier=earlier,
        later=later,
    )
    return Page(address, "year.html", view)


def _step(places: Sequence[tuple[str, str]], place: int, by: int) -> Link | None:
    beside = place + by
    return Link(*places[beside]) if 0 <= beside < len(places) else None


def _addresses(earlier: Link | None, later: Link | None) -> tuple[str, str]:
    return earlier.address if earlier else "", later.address if later else ""


def _month(
    site: Site, months: Sequence[tuple[int, int]], place: int, counts: dict[date, int]
) -> Page:
    year, month = months[place]
    address, label = addresses.month(year, month), month_name(year, month)
    days = sorted((d for d in counts if (d.year, d.month) == (year, month)), reverse=True)
    mine = [a for d in days for a in site.by_day[d]]
    named = [(month_name(*m), addresses.month(*m)) for m in months]
    earlier, later = _step(named, place, -1), _step(named, place, 1)
    view = MonthView(
        head=head(
            site,
            address,
            label,
            f"{_counted(mine)} in {label}.",
            section="archive",
            neighbours=_addresses(earlier, later),
        ),
        label=label,
        summary=_counted(mine),
        trail=_trail(Link(str(year), addresses.year(year))),
        month=month_block(year, month, counts),
        cards=_cards(site, mine, _CARDS, 1),
        earlier=earlier,
        later=later,
    )
    return Page(address, "month.html", view)


def _cards(
    site: Site, articles: Sequence[Article], most: int, least_outlets: int
) -> tuple[Card, ...]:
    """The stories that these records belong to, by how many outlets report them, then rank."""
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    chosen = [s for s in stories.values() if len(s.outlets) >= least_outlets]
    chosen.sort(key=lambda s: _weight(site, s))
    return tuple(card(site, s) for s in chosen[:most])


def _weight(site: Site, story: Story) -> tuple[bool, float, int]:
    return not story.promoted, -story.heat, site.rank_of[story.id]


def _before_after(days: Sequence[date], place: int) -> tuple[date | None, date | None]:
    before = days[place - 1] if place else None
    return before, days[place + 1] if place + 1 < len(days) else None


def _day(site: Site, day: date | None, beside: tuple[date | None, date | None]) -> Page:
    articles = site.by_day[day]
    address = addresses.day(day)
    label = weekday_name(day) if day else "Undated"
    earlier, later = (Link(day_name(d), addresses.day(d)) if d else None for d in beside)
    pieces = (a.piece for a in articles)
    view = DayView(
        head=head(
            site,
            address,
            label,
            f"{_counted(articles)}.",
            section="archive",
            json_ld=collection(site, label, address, pieces),
            neighbours=_addresses(earlier, later),
        ),
        label=label,
        summary=_counted(articles),
        trail=_day_trail(day),
        cards=_cards(site, articles, _DAY_CARDS, 2),
        rows=tuple(article_row(site, a) for a in articles),
        earlier=earlier,
        later=later,
    )
    return Page(address, "day.html", view)


def _day_trail(day: date | None) -> tuple[Link, ...]:
    if day is None:
        return _trail()
    month = Link(month_name(day.year, day.month), addresses.month(day.year, day.month))
    return _trail(Link(str(day.year), addresses.year(day.year)), month)
