"""Links of pages and records that lead nowhere in the site, and where they are written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from newsstand.content.files import read_text
from newsstand.markup.markdown import addresses_in
from newsstand.model import Article, ArticleBody
from newsstand.outputs import urls
from newsstand.problems import Problem, Severity, quoted
from newsstand.site import Site
from newsstand.text.links import web_link
from newsstand.text.places import place_in_text

_CODE = "link-leads-nowhere"
_MAY_LINK = re.compile(r"[\[<]")


@lru_cache(maxsize=1)
def places_of(site: Site) -> frozenset[str]:
    """Addresses that the editor's own links may lead to: all pages but further ones of lists.

    Also the static files.
    """
    return frozenset(
        (
            urls.FRONT,
            urls.TOPICS,
            urls.OUTLETS,
            urls.ARCHIVE,
            urls.FEED,
            *[urls.article(a.slug) for a in site.articles],
            *(urls.topic(t) for t in site.topics),
            *(urls.outlet(outlet) for outlet in site.by_outlet),
            *(urls.plain(p.slug) for p in site.pages),
            *_archive_places(site.by_day),
            *(urls.path_address(path) for path in site.static),
        )
    )


def _archive_places(days: Iterable[date | None]) -> Iterator[str]:
    for day in days:
        if day:
            yield urls.year(day.year)
            yield urls.month(day.year, day.month)
        yield urls.day(day)


def inside(site: Site, address: str, target: str) -> str:
    """A link to a place of the site, as the page at `address` has to write it; "" if none."""
    place, _, fragment = target.partition("#")
    found = place_in_site(address, place)
    if found is None or found not in places_of(site):
        return ""
    return f"{urls.root_from(address)}{found}{'#' + fragment if fragment else ''}"


def place_in_site(address: str, target: str) -> str | None:
    """``/topics/`` or ``../topics/`` on the page at `address` -> ``topics/``; None for no place."""
    if not target or ":" in target or "\\" in target or target.startswith("//"):
        return None
    full = target if target.startswith("/") else posixpath.join(f"/{address}", target)
    plain = posixpath.normpath(full).lstrip("/")
    if plain in ("", "."):
        return urls.FRONT
    return f"{plain}/" if target.endswith("/") else plain


def dead_page_links(site: Site, folder: Path) -> tuple[Problem, ...]:
    """Links of plain pages that lead nowhere in the site; the pages show their text only."""
    return tuple(
        _problem(
            folder,
            page.path,
            target,
            "leads to no page of the site",
            "mend it; places of the site are written like /topics/ or /about/",
        )
        for page in site.pages
        if _MAY_LINK.search(page.body)
        for tag, target in addresses_in(page.body)
        if tag == "a" and _is_dead(site, urls.plain(page.slug), target)
    )


def dead_record_links(site: Site, folder: Path) -> tuple[Problem, ...]:
    """Links in bodies and notes of records that are not shown, or lead to no page of ours."""
    return tuple(
        problem for a in site.articles for problem in _of_record(site, a, site.body(a), folder)
    )


def _of_record(site: Site, article: Article, body: ArticleBody, folder: Path) -> Iterator[Problem]:
    text = f"{body.note}\n\n{body.body}"
    if not _MAY_LINK.search(text):
        return
    hint = "write a whole address that begins with https://"
    for tag, target in addresses_in(text):
        if tag == "a" and not web_link(target):
            yield _problem(folder, article.path, target, "is not shown as a link", hint)
        elif tag == "a" and _is_dead(site, urls.article(article.slug), target):
            said = "leads to no page of the site"
            yield _problem(folder, article.path, target, said, "mend it, or add the page")


def _is_dead(site: Site, address: str, target: str) -> bool:
    """Whether a link to a place of ours leads to none; one to another host never is."""
    own = site.config.url
    if own and web_link(target).startswith(own):
        target = f"/{web_link(target).removeprefix(own)}"
        if target in ("/", "/#"):
            return False
    elif web_link(target):
        return False
    return not inside(site, address, target)


def _problem(folder: Path, path: str, target: str, said: str, hint: str) -> Problem:
    line, column = place_in_text(read_text(folder, path)[0], target)
    message = f"the link {quoted(target)} {said}"
    return Problem(path, line, column, Severity.WARNING, _CODE, message, hint)
