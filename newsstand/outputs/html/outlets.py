"""Outlets: the list of all that have a record, and what each has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from newsstand.model import Article, Page
from newsstand.outputs import urls
from newsstand.outputs.html import formatting
from newsstand.outputs.html.cards import article_days, pager
from newsstand.outputs.html.charts import chart
from newsstand.outputs.html.head import collection, head
from newsstand.outputs.html.page_views import OutletLine, OutletsView, OutletView
from newsstand.outputs.html.pagination import neighbours, slices
from newsstand.outputs.html.views import Mark
from newsstand.site import Site
from newsstand.text.fingerprint import mark_of
from newsstand.text.strings import plural


def outlets_page(site: Site) -> Page:
    """All outlets that have a record, the busiest first."""
    return Page(urls.OUTLETS, "outlets.html", partial(_outlets_view, site))


def _outlets_view(site: Site) -> OutletsView:
    found = sorted(site.by_outlet, key=lambda d: (-len(site.by_outlet[d]), d))
    reports = sum(len(articles) for articles in site.by_outlet.values())
    summary = f"{plural(len(found), 'outlet')}, {plural(reports, 'report')}"
    return OutletsView(
        head=head(site, urls.OUTLETS, "Outlets", f"{summary}.", section="outlets"),
        summary=summary,
        outlets=tuple(_line(site, domain) for domain in found),
        empty="" if found else "No record names an outlet yet.",
    )


def _line(site: Site, domain: str) -> OutletLine:
    articles = site.by_outlet[domain]
    return OutletLine(
        mark=_mark(site, domain),
        address=urls.outlet(domain),
        count=plural(len(articles), "report"),
        newest=formatting.when(site, articles[0].published),
    )


def _mark(site: Site, domain: str) -> Mark:
    found = formatting.mark(site, domain)
    if found is None:
        raise ValueError("an outlet without a domain has no page")
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """One page of what an outlet has."""

    domain: str
    number: int
    total: int
    articles: Sequence[Article]


def outlet_pages(site: Site, domain: str) -> Iterator[Page]:
    """What an outlet has, newest first."""
    still = site.fresh is not None and domain not in site.fresh.outlets
    for number, total, listed in slices(site.by_outlet[domain], site.config.page_size):
        part = _Part(domain, number, total, listed)
        address = urls.numbered(urls.outlet(domain), number)
        shows = b"" if still else _shows(site, part)
        yield Page(address, "outlet.html", partial(_view, site, part), shows, still=still)


def _shows(site: Site, part: _Part) -> bytes:
    articles = site.by_outlet[part.domain] if part.number == 1 else part.articles
    said = _summary(site, part.domain)
    return mark_of("outlet", part.number, part.total, said, site.shown.rows(articles))


def _view(site: Site, part: _Part) -> OutletView:
    domain, number = part.domain, part.number
    provider = site.providers.get(domain)
    name = formatting.outlet_name(site, domain)
    first = urls.outlet(domain)
    address = urls.numbered(first, number)
    title = name if number == 1 else f"{name}, page {number}"
    description = provider.description if provider else ""
    return OutletView(
        head=head(
            site,
            address,
            title,
            description or f"What {name} reports.",
            section="outlets",
            json_ld=collection(site, title, address, (a.piece for a in part.articles)),
            neighbours=neighbours(first, number, part.total),
        ),
        mark=_mark(site, domain),
        description=description if number == 1 else "",
        href=f"https://{domain}/" if "." in domain else "",
        summary=_summary(site, domain),
        chart=chart(site.by_outlet[domain]) if number == 1 else None,
        days=article_days(site, part.articles),
        pager=pager(first, number, part.total),
    )


def _summary(site: Site, domain: str) -> str:
    return formatting.once(site, ("outlet", domain), lambda: _counted(site, domain))


def _counted(site: Site, domain: str) -> str:
    articles = site.by_outlet[domain]
    stories = {site.story_of[a.path].id: site.story_of[a.path] for a in articles}
    shared = sum(len(s.outlets) > 1 for s in stories.values())
    first = sum(s.first == domain for s in stories.values() if len(s.outlets) > 1)
    said = plural(len(articles), "report")
    if not shared:
        return said
    return f"{said}; {plural(shared, 'story', 'stories')} shared with others, first on {first:,}"
