"""Links of pages and records that lead nowhere in the site, and where they are written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from newsstand.content.disk_reading import read_text
from newsstand.content.file_kinds import RECORD_ENDINGS
from newsstand.markup.markdown import addresses_in, examine, leads_out
from newsstand.outputs import urls
from newsstand.outputs.aliases import address_of
from newsstand.outputs.story_addresses import story_addresses
from newsstand.problems import Problem, Severity, quoted
from newsstand.site import Site
from newsstand.text.links import web_link
from newsstand.text.places import place_in_text
from newsstand.text.strings import composed

_CODE = "link-leads-nowhere"
_NOWHERE, _MEND = "leads to no page of the site", "mend it, or add the page"
_NO_SCHEME = "is not shown: links lead to http, https, mailto: and tel:, each in its form"
_WRITE_WEB = "write a whole address that begins with https://, or delete the link"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONG = 5000  # characters of a text that may be too much for Markdown
_MAY_LINK = re.compile(r"[\[<]")


@lru_cache(maxsize=1)
def places_of(site: Site) -> frozenset[str]:
    """Addresses that the editor's own links may lead to: all pages but further ones of lists.

    Also the static files, and addresses that lead on: older ones of records, those of stories.
    """
    return frozenset(
        (
            urls.FRONT,
            urls.TOPICS,
            urls.OUTLETS,
            urls.ARCHIVE,
            urls.FEED,
            urls.STORIES,
            urls.NEWS,
            *[address for address, _ in story_addresses(site)],
            *[address_of(alias, site.config.url) for a in site.articles for alias in a.aliases],
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


def inside(site: Site, address: str, target: str, path: str = "") -> str:
    """A link to a place of the site, as the page at `address` has to write it; "" if none.

    `path` is the file that has the link: what leads to another file of the content folder leads to
    that one's page.
    """
    place, _, fragment = target.partition("#")
    target_address = _page_of_file(site, path, place) if path else None
    is_text = target_address is not None
    if target_address is None:
        target_address = place_in_site(address, place)
        if target_address is None or target_address not in places_of(site):
            return ""
        is_text = target_address in {urls.plain(page.slug) for page in site.pages}
    # Headings of an editor's text have ids of their own, apart from those of the page.
    part = f"#s-{fragment}" if is_text and fragment else f"#{fragment}" if fragment else ""
    return f"{urls.root_from(address)}{target_address}{part}"


def _page_of_file(site: Site, path: str, target: str) -> str | None:
    """The address of the page of a file that is named as an editor or GitHub does."""
    plain = composed(unquote(target.partition("?")[0]))
    if not plain.lower().endswith(RECORD_ENDINGS) or ":" in plain or plain.startswith("//"):
        return None
    near = posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))
    from_top = posixpath.normpath(plain.lstrip("/"))
    for wanted in (near, from_top, from_top.removeprefix("content/")):
        address = _files_of(site).get(wanted)
        if address is not None:
            return address
    return None


@lru_cache(maxsize=1)
def _files_of(site: Site) -> dict[str, str]:
    """The address of the page of each file."""
    pages = {composed(page.path): urls.plain(page.slug) for page in site.pages}
    return pages | {composed(a.path): urls.article(a.slug) for a in site.articles}


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
        if tag == "a" and _is_dead(site, urls.plain(page.slug), target, page.path)
    )


def dead_record_links(site: Site, folder: Path) -> tuple[Problem, ...]:
    """Links in bodies and notes of records that lead to no page of ours: only their text is shown.

    What leads to no other host is known of every record; whole addresses of this site are not.
    """
    return tuple(
        _problem(folder, article.path, target, _NOWHERE, _MEND)
        for article in site.articles
        for target in article.links
        if not inside(site, urls.article(article.slug), target, article.path)
    )


def lost_in_bodies(site: Site, folder: Path) -> Iterator[Problem]:
    """What bodies of records and pages lose: addresses of ours that are none, tags, blocks."""
    for article in site.articles:
        body = site.body(article)
        text = f"{body.note}\n\n{body.body}"
        if _MAY_LINK.search(text) or len(text) > _LONG:
            yield from _lost(site, article.path, text, folder, urls.article(article.slug))
    for page in site.pages:
        yield from _lost(site, page.path, page.body, folder, urls.plain(page.slug))


def _lost(site: Site, path: str, text: str, folder: Path, address: str) -> Iterator[Problem]:
    examined = examine(text)
    for tag, target in examined.addresses:
        own = tag == "a" and web_link(target) and _is_dead(site, address, target)
        own = own or (tag == "a" and _has_other_scheme(target))
        part = target[1:] if tag == "a" and target.startswith("#") else ""
        if own or (part and part not in examined.ids and not part.startswith("fn")):
            yield _problem(folder, path, target, _NOWHERE, _MEND)
    for name in examined.dropped:
        message, hint = f"<{name}> is not shown", "write it in Markdown, or leave it out"
        yield _at(folder, path, f"<{name}", "tag-dropped", message, hint)
    for begins in examined.degraded:
        message = "the block has so many signs of Markdown that it is shown as plain text"
        yield _at(folder, path, begins[:20], "body-too-long", message, "part it into paragraphs")


def _at(folder: Path, path: str, words: str, code: str, message: str, hint: str) -> Problem:
    line, column = place_in_text(read_text(folder, path)[0], words)
    return Problem(path, line, column, Severity.NOTE, code, message, hint)


def _is_dead(site: Site, address: str, target: str, path: str = "") -> bool:
    """Whether a link to a place of ours leads to none; one to another host never is."""
    if target.startswith(("mailto:", "tel:", "#")):
        return False  # they need no page
    own = site.config.url
    if own and web_link(target).startswith(own):
        target = f"/{web_link(target).removeprefix(own)}"
        if target in ("/", "/#"):
            return False
    elif web_link(target):
        return False
    return not inside(site, address, target, path)


def _has_other_scheme(target: str) -> bool:
    """Whether a link names a scheme that no page leads to."""
    return _SCHEME.match(target) is not None and not leads_out(target)


def _problem(folder: Path, path: str, target: str, reason: str, hint: str) -> Problem:
    line, column = place_in_text(read_text(folder, path)[0], target)
    if _has_other_scheme(target):
        reason, hint = _NO_SCHEME, _WRITE_WEB
    message = f"the link {quoted(target)} {reason}"
    return Problem(path, line, column, Severity.WARNING, _CODE, message, hint)
