"""Outlets: the list of all that have a record, and what each has."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from newsstand.model import Article, Page
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import article_days, pager
from newsstand.outputs.html.charts import chart
from newsstand.outputs.html.context import ViewContext
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import OutletLine, OutletsView, OutletView
from newsstand.outputs.html.views import Badge
from newsstand.site import Line, Site
from newsstand.text.lists import slices
from newsstand.text.strings import plural


class OutletsInputs(Struct, frozen=True):
    """Each outlet's domain, how many records it has, its newest one, a word on its feed."""

    outlets: tuple[tuple[str, int, Article, str], ...]


def outlets_page(site: Site) -> Page:
    """All outlets that have a record, the busiest first."""
    found = sorted(site.by_outlet.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    lines = ((d, len(all_), all_[0], site.feed_notes.get(d, "")) for d, all_ in found)
    inputs = OutletsInputs(tuple(lines))
    return Page(urls.OUTLETS, "outlets.html", _outlets_view, inputs)


def _outlets_view(context: ViewContext, inputs: OutletsInputs) -> OutletsView:
    outlets = inputs.outlets
    reports = sum(count for _, count, *_ in outlets)
    summary = f"{plural(len(outlets), 'outlet')}, {plural(reports, 'report')}"
    return OutletsView(
        head=head(context, urls.OUTLETS, "Outlets", f"{summary}.", section="outlets"),
        summary=summary,
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
    found = formatting.badge(context, domain)
    if found is None:
        raise ValueError("an outlet without a domain has no page")
    return found


class OutletInputs(Struct, frozen=True):
    """One page of what an outlet has. The first has `every` record for its chart."""

    domain: str
    number: int
    total: int
    lines: tuple[Line, ...]
    summary: str
    every: tuple[Article, ...] = ()


def outlet_pages(site: Site, domain: str) -> Iterator[Page]:
    """What an outlet has, newest first."""
    every, summary = site.by_outlet[domain], _summary(site, domain)
    for number, total, part in slices(every, site.config.page_size):
        lines = tuple([site.lines[article.path] for article in part])
        charted = every if number == 1 else ()
        inputs = OutletInputs(domain, number, total, lines, summary, charted)
        yield Page(urls.numbered(urls.outlet(domain), number), "outlet.html", _view, inputs)


def _view(context: ViewContext, inputs: OutletInputs) -> OutletView:
    domain, number = inputs.domain, inputs.number
    provider = context.outlet(domain)
    name = formatting.outlet_name(context, domain)
    first = urls.outlet(domain)
    address = urls.numbered(first, number)
    title = name if number == 1 else f"{name}, page {number}"
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
            neighbours=urls.neighbours(first, number, inputs.total),
        ),
        badge=_badge(context, domain),
        description=description if number == 1 else "",
        href=f"https://{domain}/" if "." in domain else "",
        summary=inputs.summary,
        chart=chart(inputs.every, context.config.timezone) if number == 1 else None,
        days=article_days(context, inputs.lines),
        pager=pager(first, number, inputs.total),
    )


def _summary(site: Site, domain: str) -> str:
    articles = site.by_outlet[domain]
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    shared = sum(len(s.outlets) > 1 for s in stories.values())
    first = sum(s.first == domain for s in stories.values() if len(s.outlets) > 1)
    said = plural(len(articles), "report")
    if not shared:
        return said
    return f"{said}; {plural(shared, 'story', 'stories')} shared with others, first on {first:,}"
