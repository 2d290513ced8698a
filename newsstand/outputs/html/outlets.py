"""Outlets: the list of all that have a record, and what each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from newsstand.model import Article, Page
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.charts import chart, chart_of
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.days import article_days, neighbours, pager
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.redirects import list_redirects
from newsstand.outputs.html.views_of_pages import OutletLine, OutletsView, OutletView
from newsstand.outputs.html.views_of_parts import Badge, Day, Row
from newsstand.site import Line, Site, day_of
from newsstand.text.lists import parts
from newsstand.text.strings import plural


class OutletsInputs(Struct, frozen=True):
    """Each outlet's domain, how many records it has, its newest one, a word on its feed; days.

    `days` has how many records of theirs each day has, `nameless` says how many others there are.
    """

    outlets: tuple[tuple[str, int, Article, str], ...]
    days: tuple[tuple[date, int], ...]
    nameless: int


def outlets_page(site: Site) -> Page:
    """All outlets that have a record, the busiest first."""
    outlets = sorted(site.by_outlet.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    lines = ((d, len(all_), all_[0], site.feed_notes.get(d, "")) for d, all_ in outlets)
    nameless = [a for a in site.articles if not a.outlet]
    days = Counter(dict(site.counts))
    days.subtract(day for a in nameless if (day := day_of(a, site.config.timezone)))
    counts = tuple([(day, count) for day, count in days.items() if count])
    inputs = OutletsInputs(tuple(lines), counts, len(nameless))
    return Page(urls.OUTLETS, "outlets.html", _outlets_view, inputs)


def _outlets_view(context: ViewContext, inputs: OutletsInputs) -> OutletsView:
    outlets = inputs.outlets
    reports = sum(count for _, count, *_ in outlets)
    summary = f"{plural(len(outlets), 'outlet')}, {plural(reports, 'report')}"
    if inputs.nameless:
        summary += f"; {inputs.nameless:,} more {'names' if inputs.nameless == 1 else 'name'} none"
    return OutletsView(
        head=head(context, urls.OUTLETS, "Outlets", f"{summary}.", section="outlets"),
        summary=summary,
        chart=chart_of(dict(inputs.days)),
        outlets=tuple(_line(context, *outlet) for outlet in outlets),
        empty="" if outlets else "No record names an outlet yet.",
    )


def _line(context: ViewContext, domain: str, count: int, newest: Article, note: str) -> OutletLine:
    return OutletLine(
        badge=_badge(context, domain),
        address=urls.outlet(domain),
        count=plural(count, "report"),
        newest=formatting.time_of(context, newest.piece),
        note=note,
    )


def _badge(context: ViewContext, domain: str) -> Badge:
    badge = formatting.badge(context, domain, linked=True)
    if badge is None:
        raise ValueError("an outlet without a domain has no page")
    return badge


class OutletInputs(Struct, frozen=True):
    """One page of what an outlet has: `number` 0 has the newest, 1 the oldest of `full` ones.

    Only the first says what changes from day to day: a summary, and `every` record in a chart.
    """

    domain: str
    number: int
    full: int
    lines: tuple[Line, ...]
    summary: str = ""
    every: tuple[Article, ...] = ()


def outlet_pages(site: Site, domain: str) -> Iterator[Page]:
    """What an outlet has, newest first."""
    every, first, size = site.by_outlet[domain], urls.outlet(domain), site.config.page_size
    pages = list(parts(every, size))
    full = len(pages) - 1
    for number, part in pages:
        lines = tuple([site.lines[article.path] for article in part])
        inputs = OutletInputs(domain, number, full, lines)
        if number == 0:
            inputs = OutletInputs(domain, 0, full, lines, _summary(site, domain), every)
        yield Page(urls.part(first, number), "outlet.html", _view, inputs)
    yield from list_redirects(first, len(every), size, full)


def _view(context: ViewContext, inputs: OutletInputs) -> OutletView:
    domain, number = inputs.domain, inputs.number
    provider = context.outlet(domain)
    name = formatting.outlet_name(context, domain)
    first = urls.outlet(domain)
    address = urls.part(first, number)
    title = f"{name}, page {number}" if number else name
    description = provider.description if provider else ""
    listed = (line.article.piece for line in inputs.lines)
    return OutletView(
        head=head(
            context,
            address,
            title,
            description or f"What {name} reports.",
            section="outlets",
            json_ld=collection(context, title, address, listed),
            neighbours=neighbours(first, number, inputs.full),
        ),
        badge=_badge(context, domain),
        description="" if number else description,
        href=f"https://{domain}/" if "." in domain else "",
        summary=inputs.summary,
        chart=None if number else chart(inputs.every, context.config.timezone),
        days=tuple([_unsigned(day, domain) for day in article_days(context, inputs.lines)]),
        pager=pager(first, number, inputs.full, _days(context, inputs.lines)),
    )


def _unsigned(day: Day, domain: str) -> Day:
    """A day of one outlet: its lines do not say its name over and over."""
    return replace(day, rows=tuple([_unsigned_row(row, domain) for row in day.rows]))


def _unsigned_row(row: Row, domain: str) -> Row:
    own = row.host == domain or row.host.endswith(f".{domain}")
    folded = tuple([_unsigned_row(further, domain) for further in row.folded])
    return replace(row, outlet=None, host="" if own else row.host, folded=folded)


def _days(context: ViewContext, lines: Iterable[Line]) -> list[date | None]:
    return [day_of(line.article, context.config.timezone) for line in lines]


def _summary(site: Site, domain: str) -> str:
    articles = site.by_outlet[domain]
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    shared = sum(len(s.outlets) > 1 for s in stories.values())
    first = sum(s.first == domain for s in stories.values() if len(s.outlets) > 1)
    text = plural(len(articles), "report")
    if not shared:
        return text
    text += f"; {plural(shared, 'story', 'stories')} shared with others"
    if first:
        text += f", first with {f'{first:,} of them' if shared > 1 else 'it'}"
    return f"{text}. A line counts the outlets that had its story that day."
