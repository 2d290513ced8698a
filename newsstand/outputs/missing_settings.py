"""What a site cannot have for want of something: said in every build, in one line each."""

from __future__ import annotations

from collections.abc import Iterator

from newsstand.problems import Problem, Severity
from newsstand.site import Site


def what_is_missing(site: Site, settings: str) -> Iterator[Problem]:
    """Notes on a site without an address, and on one without a single date."""
    if not site.config.url:
        message = "without url: there is no sitemap, and the feed has relative addresses"
        hint = f"write url: https://… into {settings}, or build with --base-url"
        yield Problem(settings, 1, 1, Severity.NOTE, "url-missing", message, hint)
    if site.articles and not site.newest:
        message = "no record has a date: the feed is empty"
        hint = "add publishedDateTime: to records, or begin their names with a day"
        first = min(article.path for article in site.articles)
        yield Problem(first, 1, 1, Severity.NOTE, "feed-empty", message, hint)
