"""Outlets: the list of all that have a record, and what each has."""

from __future__ import annotations

from collections.abc import Iterator

from newsstand import addresses, labels
from newsstand.charts import chart
from newsstand.heads import collection, head
from newsstand.lists import neighbours, slices
from newsstand.model import Page
from newsstand.page_views import OutletLine, OutletsView, OutletView
from newsstand.rows import article_days, pager
from newsstand.site import Site
from newsstand.text import plural
from newsstand.views import Mark


def outlets_page(site: Site) -> Page:
    """All outlets that have a record, the busiest first."""
    found = sorted(site.by_outlet, key=lambda d: (-len(site.by_outlet[d]), d))
    reports = sum(len(articles) for articles in site.by_outlet.values())
    summary = f"{plural(len(found), 'outlet')}, {plural(reports, 'report')}"
    view = OutletsView(
        head=head(site, addresses.OUTLETS, "Outlets", f"{summary}.", section="outlets"),
        summary=summary,
        outlets=tuple(_line(site, domain) for domain in found),
        empty="" if found else "No record names an outlet yet.",
    )
    return Page(addresses.OUTLETS, "outlets.html", view)


def _line(site: Site, domain: str) -> OutletLine:
    articles = site.by_outlet[domain]
    return OutletLine(
        mark=_mark(site, domain),
        address=addresses.outlet(domain),
        count=plural(len(articles), "report"),
        newest=labels.when(site, articles[0].published),
    )


def _mark(site: Site, domain: str) -> Mark:
    found = labels.mark(site, domain)
    if found is None:
        raise ValueError("an outlet without a domain has no page")
    return found


def outlet_pages(site: Site, domain: str) -> Iterator[Page]:
    """What an outlet has, newest first."""
    articles = site.by_outlet[domain]
    provider = site.providers.get(domain)
    name = labels.outlet_name(site, domain)
    first = addresses.outlet(domain)
    for number, total, part in slices(articles, site.config.page_size):
        address = addresses.numbered(first, number)
        title = name if number == 1 else f"{name}, page {number}"
        description = provider.description if provider else ""
        view = OutletView(
            head=head(
                site,
                address,
                title,
                description or f"What {name} reports.",
                section="outlets",
                json_ld=collection(site, title, address, (a.piece for a in part)),
                neighbours=neighbours(first, number, total),
            ),
            mark=_mark(site, domain),
            description=description if number == 1 else "",
            href=f"https://{domain}/" if "." in domain else "",
            summary=_summary(site, domain),
            chart=chart(articles) if number == 1 else None,
            days=article_days(site, part),
            pager=pager(first, number, total),
        )
        yield Page(address, "outlet.html", view)


def _summary(site: Site, domain: str) -> str:
    articles = site.by_outlet[domain]
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    shared = sum(len(s.outlets) > 1 for s in stories.values())
    first = sum(s.coverage[0].outlet == domain for s in stories.values() if len(s.outlets) > 1)
    said = plural(len(articles), "report")
    if not shared:
        return said
    return f"{said}; {plural(shared, 'story', 'stories')} shared with others, first on {first:,}"
